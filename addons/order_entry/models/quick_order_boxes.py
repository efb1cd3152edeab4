from odoo import models
from odoo.tools import get_lang

from ..quick import LIMIT, Answer, QuantityError, Wanted, parse_quantity


class SaleQuickBoxes(models.AbstractModel):
    """Reads what was entered into boxes, and adds it.

    Only private methods: nothing of this can be called from outside.
    """

    _name = "sale.quick.boxes"
    _description = "Boxes of a Quick Order Form"

    def _add(self, boxes, website, cart):
        """Put the filled boxes into a cart.

        :param list[tuple] boxes: ``(key, product id, quantity as written, uom id)``
        :param website: ``website`` of the visitor
        :param cart: function that gives the cart and makes one where there is none;
            not called while nothing can be added
        :return: ``{key: Answer}`` of the filled boxes
        """
        answers, wanted = self._parse(boxes)
        if wanted:
            for answer in cart()._cart_add_many(wanted):
                answers[answer.key] = answer
        return answers

    def _parse(self, boxes):
        """Quantities of boxes; what cannot be read is answered at once.

        :return: ``({key: Answer}, [Wanted])``; empty boxes are in neither
        """
        products = self.env["product.product"].sudo()
        ids = [box[1] for box in boxes if box[1]]
        known = products.browse(dict.fromkeys(ids)).exists()
        known.mapped("uom_id")
        by_id = known.grouped("id")
        uoms = self.env["uom.uom"].browse({box[3] for box in boxes if box[3]}).exists()
        answers, wanted = {}, []
        for key, product_id, written, uom_id in boxes:
            product = by_id.get(product_id, products)
            uom = uoms.filtered(lambda one, uom_id=uom_id: one.id == uom_id)
            uom = uom or product.uom_id
            digits = uom._quick_order_digits() if uom else 0
            try:
                quantity = self._read_quantity(written, digits)
            except QuantityError as error:
                reason = self._quantity_reason(error.code, written)
                answers[key] = Answer(key, product_id, reason=reason)
                continue
            if quantity is not None:
                answers[key] = Answer(key, product_id)
                wanted.append(Wanted(key, product_id, quantity, uom_id or 0))
        return answers, wanted

    def _read_quantity(self, written, digits):
        """One quantity as people write it in the language of the page."""
        lang = get_lang(self.env)
        return parse_quantity(
            written, lang.decimal_point or ".", lang.thousands_sep or "", digits
        )

    def _quantity_reason(self, code, written):
        """Why a quantity cannot be read, and what to do."""
        shown = str(written)[:20]
        return {
            "number": self.env._(
                "“%(written)s” is not a number. Write one such as 12.", written=shown
            ),
            "positive": self.env._("Enter more than 0, or leave the box empty."),
            "large": self.env._(
                "At most %(limit)s at once. Ask us for more.", limit=f"{LIMIT:,}"
            ),
            "whole": self.env._(
                "“%(written)s” is not a whole number: this is sold by the piece.",
                written=shown,
            ),
        }[code]
