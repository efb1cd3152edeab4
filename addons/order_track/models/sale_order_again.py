import hashlib
import uuid

from odoo import Command, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.trade_network.context import as_system


class SaleOrder(models.Model):
    """Order the same again: a new quotation at the prices of today."""

    _inherit = "sale.order"

    again_of_id = fields.Many2one(
        "sale.order",
        string="Same Again Of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The order whose products the customer asked for again in the portal.",
    )
    again_key = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Of the click that made it, so that two clicks make one quotation.",
    )
    again_note = fields.Text(
        string="Left Out",
        readonly=True,
        copy=False,
        help="What the customer was told of products that are not sold any more.",
    )

    _again_once = models.UniqueIndex("(again_key) WHERE again_key IS NOT NULL")

    def _may_order_again(self, user):
        """Whether the button "Order again" is shown to somebody.

        The shop has a button of its own, which fills the cart; where that is shown,
        this one is not.

        :param user: ``res.users``, the reader
        :rtype: bool
        """
        self.ensure_one()
        shop = getattr(self.with_user(user).sudo(), "_is_reorder_allowed", None)
        return (
            not user._is_public()
            and self.state in ("sale", "cancel")
            and any(line._is_orderable_again() for line in self.order_line)
            and not (shop and shop())
        )

    def _again_token(self):
        """A new token for the form of the button."""
        return uuid.uuid4().hex

    def _order_again(self, token):
        """A quotation of the same products, for the reader of this order.

        Whoever calls it has checked that the reader may read the order.

        :param str token: of the form; the same token makes one quotation, however often
            it is sent
        :return: the quotation, with superuser rights
        :raise UserError: when nothing of the order is sold any more
        """
        self.ensure_one()
        source = as_system(self).with_company(self.company_id)
        key = hashlib.sha256(
            f"{self.id}:{self.env.uid}:{token}".encode("utf-8", "replace")
        ).hexdigest()
        # two clicks at once: the second gets a serialization failure here, and is run
        # again when it can see what the first one made
        self.env.cr.execute(
            SQL(
                "UPDATE sale_order SET write_date = write_date WHERE id = %s", source.id
            )
        )
        if known := source.search([("again_key", "=", key)], limit=1):
            return known
        lines = source.order_line.filtered(lambda line: line._is_ordered_again())
        sold = lines.filtered(lambda line: line._is_orderable_again())
        if not sold:
            raise UserError(self.env._("Nothing of this order is sold any more."))
        quotation = source.create(
            {
                **source._prepare_again_values(),
                "again_key": key,
                "again_note": source._again_note(lines - sold),
                "order_line": [
                    Command.create(line._prepare_again_values()) for line in sold
                ],
            }
        )
        quotation.state = "sent"
        quotation._tell_again()
        return quotation

    def _prepare_again_values(self):
        """What the new quotation has of the old order; prices are of today."""
        return {
            "again_of_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "partner_invoice_id": self.partner_invoice_id.id,
            "partner_shipping_id": self.partner_shipping_id.id,
            "user_id": self.user_id.id,
            "team_id": self.team_id.id,
            "origin": self.name,
        }

    def _again_note(self, lines):
        """What is said of products that are not in the new quotation.

        :param lines: ``sale.order.line`` that are left out
        """
        gone = [
            self.env._("%(product)s is discontinued.", product=product.display_name)
            for product in lines.product_id.filtered(lambda one: not one.active)
        ]
        shut = [
            self.env._(
                "%(product)s is not sold any more.", product=product.display_name
            )
            for product in lines.product_id.filtered("active")
        ]
        return "\n".join(gone + shut) or False

    def _tell_again(self):
        """Tell the salesperson of a quotation that the customer made."""
        self.ensure_one()
        note = self.env._(
            "%(customer)s asked for %(order)s again.",
            customer=self.env.user.partner_id.name,
            order=self.again_of_id.name,
        )
        if self.user_id:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=note,
                note="\n".join(filter(None, [note, self.again_note])),
                user_id=self.user_id.id,
            )
        else:
            self._message_log(body="\n".join(filter(None, [note, self.again_note])))


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _is_ordered_again(self):
        """Whether the customer chose what is in the line: no freight, no gift."""
        self.ensure_one()
        return (
            bool(self.product_id)
            and not self.display_type
            and not self.is_downpayment
            and not self.is_delivery
            and not self.combo_item_id
            and self.product_type != "combo"
            and self.product_uom_id.compare(self.product_uom_qty, 0) > 0
            and self.price_unit >= 0
            and self.discount < 100
        )

    def _is_orderable_again(self):
        """Whether the line's product is still sold."""
        product = self.product_id
        return (
            self._is_ordered_again()
            and product.active
            and product.sale_ok
            and product.product_tmpl_id.active
        )

    def _prepare_again_values(self):
        """What a line of the new quotation has of the old one."""
        self.ensure_one()
        value = "custom_product_template_attribute_value_id"
        return {
            "product_id": self.product_id.id,
            "product_uom_qty": self.product_uom_qty,
            "product_uom_id": self.product_uom_id.id,
            "product_no_variant_attribute_value_ids": [
                Command.set(self.product_no_variant_attribute_value_ids.ids)
            ],
            "product_custom_attribute_value_ids": [
                Command.create({value: one[value].id, "custom_value": one.custom_value})
                for one in self.product_custom_attribute_value_ids
            ],
        }
