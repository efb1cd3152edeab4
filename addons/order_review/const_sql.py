"""Pieces of SQL that several models share."""

from odoo.tools import SQL

#: Whether a line ``l`` is the price of the delivery.  The mark of the line alone can be
#: set by anybody who may write it, so it must also be the product of a method.
IS_DELIVERY = SQL(
    """(COALESCE(l.is_delivery, FALSE) AND EXISTS (
           SELECT FROM delivery_carrier d WHERE d.product_id = l.product_id))"""
)
