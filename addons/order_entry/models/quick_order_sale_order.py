from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from ..quick import Answer


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _cart_add_many(self, wanted):
        """Put many products into the cart at once.

        What :meth:`_cart_add` does for one product, with one look at rights, stock and
        limits and one write for all.  Good ones are added whatever becomes of the
        others.  The order must be locked in by the caller: it is the visitor's cart.

        :param list[Wanted] wanted: quantities that were parsed and are above 0
        :return: what became of each, in the same order
        :rtype: list[Answer]
        """
        self.ensure_one()
        cart = self.with_company(self.company_id)
        answers = {one.key: Answer(one.key, one.product_id) for one in wanted}
        good = cart._quick_order_sellable(wanted, answers)
        good = self.env["sale.quick.limits"]._refuse(cart, good, answers)
        if good:
            cart._quick_order_put(good, answers)
        return [answers[one.key] for one in wanted]

    def _quick_order_sellable(self, wanted, answers):
        """Take out what the visitor may not order, and say why.

        :param list[Wanted] wanted: what is asked for
        :param dict answers: ``{key: Answer}``; reasons are written into it
        :return: the others, each with its unit
        :rtype: list[Wanted]
        """
        website = self.website_id
        products = self.env["product.product"].browse(
            {one.product_id for one in wanted}
        )
        products = products.with_env(self.env(su=False))
        obstacles = products._quick_order_obstacles(website)
        allowed = products.filtered(lambda product: product.id not in obstacles)
        to_page = allowed._quick_order_needs_page()
        by_id = allowed.grouped("id")
        good = []
        for one in wanted:
            product = by_id.get(one.product_id)
            uom = product and (
                self.env["uom.uom"].browse(one.uom_id) if one.uom_id else product.uom_id
            )
            if not product:
                reason = products._quick_order_refusal(obstacles[one.product_id])
            elif product in to_page:
                reason = self.env._("Choose the options on the page of the product.")
            elif uom not in product.product_tmpl_id._get_available_uoms():
                reason = self.env._("This product is not sold in this unit.")
            else:
                good.append(one._replace(uom_id=uom.id))
                continue
            answers[one.key].reason = reason
        return good

    def _quick_order_put(self, wanted, answers):
        """Write the cart, all at once; one by one if core refuses something in it."""
        line_ids = set(self.order_line.ids)
        try:
            with self.env.cr.savepoint():
                self._quick_order_write(wanted, answers)
        except (UserError, ValidationError):
            # which of them it was is only known by trying each
            for one in wanted:
                answers[one.key] = Answer(one.key, one.product_id)
                try:
                    with self.env.cr.savepoint():
                        self._quick_order_write([one], answers)
                except (UserError, ValidationError) as error:
                    answers[one.key] = Answer(
                        one.key, one.product_id, reason=error.args[0]
                    )
        self._quick_order_finish(wanted, answers, line_ids)

    def _quick_order_finish(self, wanted, answers, line_ids):
        """What follows a change of the cart, once: corrections, delivery, loyalty.

        :param set line_ids: lines that were in the cart before
        """
        known = self.sudo().review_correction_ids
        self._verify_cart_after_update()
        made = self.sudo().review_correction_ids - known
        self._quick_order_tell_corrections(wanted, answers, made)
        self._review_drop_emptied()
        self._quick_order_tell_notices(wanted, answers)
        left = set(self.order_line.ids)
        for answer in answers.values():
            if answer.line_id and answer.line_id not in left:
                answer.line_id = 0
        if request and self.order_line.ids != list(line_ids):
            request.session["website_sale_cart_quantity"] = self.cart_quantity

    def _quick_order_tell_corrections(self, wanted, answers, made):
        """Tell at each box what was changed by a rule."""
        by_line = {}
        for correction in made:
            by_line.setdefault(correction.line_id.id, made.browse())
            by_line[correction.line_id.id] |= correction
        for one in wanted:
            answer = answers[one.key]
            if answer.line_id and answer.line_id in by_line:
                answer.tell(self._review_correction_text(by_line[answer.line_id]))

    def _quick_order_tell_notices(self, wanted, answers):
        """Tell at each box what the rules say of its line: it needs an approval …"""
        added = {answers[one.key].line_id for one in wanted} - {0}
        if not added:
            return
        for line_id, notices in self._review_notices_by_line().items():
            if line_id not in added:
                continue
            texts = [n["text"] for n in notices if n["severity"] != "inform"]
            for one in wanted:
                if answers[one.key].line_id == line_id:
                    for text in texts:
                        answers[one.key].tell(text)
