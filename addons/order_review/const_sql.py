"""Pieces of SQL that several models share."""

from odoo.tools import SQL

#: Whether a line ``l`` is the price of the delivery.  The mark of the line alone can be
#: set by anybody who may write it, so it must also be the product of a method.
IS_DELIVERY = SQL(
    """(COALESCE(l.is_delivery, FALSE) AND EXISTS (
           SELECT FROM delivery_carrier d WHERE d.product_id = l.product_id))"""
)


def id_array(ids):
    """Ids as one literal: PostgreSQL reads a list of a thousand numbers one by one.

    :param ids: iterable of integers
    :return: an array of integers
    :rtype: odoo.tools.SQL
    """
    return SQL("%s::int[]", "{" + ",".join(map(str, ids)) + "}")
