"""What stock is asked for: one line, one quantity, several recipients."""

from dataclasses import dataclass

from odoo import models


@dataclass
class DivisionJob:
    """A share of one line that recipients at the same kind of place get.

    Prepared once for all of them: what differs is who gets it, and his tag.
    """

    line: object
    recipients: object
    quantity: float
    uom: object
    location: object
    values: dict
    rule: object

    def procurement(self, recipient):
        """What core is asked for, for one recipient.

        :param recipient: one of ``recipients``
        """
        line = self.line
        return line.env["stock.rule"].Procurement(
            line.product_id,
            self.quantity,
            self.uom,
            self.location,
            line.product_id.display_name,
            line.order_id.name,
            line.order_id.company_id,
            self.values_of(recipient),
        )

    def values_of(self, recipient):
        return {
            **self.values,
            "reference_ids": recipient.stock_reference_id,
            "partner_id": recipient.address_id.id,
        }

    def is_simple(self):
        """Whether the goods come straight out of stock, so that copies will do.

        Whatever buys, makes, drop-ships or goes by several steps is left to core.
        """
        rule = self.rule
        return bool(
            self.quantity > 0
            and rule.action in ("pull", "pull_push")
            and rule.procure_method == "make_to_stock"
            and rule.location_src_id
            and rule.picking_type_id.code == "outgoing"
            and rule.location_dest_id == self.location
            and not self.line._is_division_kit()
        )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _division_jobs(self, quantity, recipients):
        """What stock is asked for, by place of delivery.

        :param float quantity: missing share of each recipient, in the unit of the line
        :param recipients: ``sale.order.recipient`` recordset
        :rtype: list[DivisionJob]
        """
        self.ensure_one()
        values = self._prepare_procurement_values()
        amount, uom = self.product_uom_id._adjust_uom_quantities(
            quantity, self.product_id.uom_id
        )
        by_location = recipients.with_company(self.company_id).grouped(
            lambda row: row.address_id.property_stock_customer
        )
        rules = self.env["stock.rule"]
        jobs = []
        for location, rows in by_location.items():
            wanted = {"company_id": location.company_id, **values}
            rule = rules._get_rule(self.product_id, location, wanted)
            jobs.append(DivisionJob(self, rows, amount, uom, location, values, rule))
        return jobs

    def _is_division_kit(self):
        """Whether the product is taken apart when it is delivered (with `mrp`)."""
        return "is_kits" in self.product_id._fields and self.product_id.is_kits
