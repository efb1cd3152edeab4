from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    parcel_ids = fields.One2many("stock.parcel", "order_id", string="Parcels")
    parcel_count = fields.Integer(compute="_compute_parcel_count")
    track_link_ids = fields.One2many(
        "track.link",
        "order_id",
        string="Tracking Links",
        groups="sales_team.group_sale_salesman",
    )

    @api.depends("parcel_ids")
    def _compute_parcel_count(self):
        counts = dict(
            self.env["stock.parcel"]._read_group(
                [("order_id", "in", self.ids)], ["order_id"], ["__count"]
            )
        )
        for order in self:
            order.parcel_count = counts.get(order._origin, 0)

    def action_open_parcels(self):
        """The parcels of an order."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_track.stock_parcel_action"
        )
        return {**action, "domain": [("order_id", "in", self.ids)]}

    def action_track_page(self):
        """Open the page that the customer gets by mail."""
        self.check_access("read")
        self.ensure_one()
        link = self.env["track.link"]._of(self, self.partner_id.email or "-")
        return {"type": "ir.actions.act_url", "url": link._url(), "target": "new"}

    def action_revoke_track_links(self):
        """Make all links to the tracking page of these orders useless."""
        self.check_access("write")
        self.sudo().track_link_ids._revoke()

    def _track_values(self):
        """What the signed page shows of an order.

        :return: values of the template, with the rights of these records
        :rtype: dict
        """
        self.ensure_one()
        # the reader has no login that would say where he is
        order = self.with_context(
            tz=self.partner_id.tz or self.company_id.partner_id.tz or "UTC"
        )
        return {
            "order": order,
            "story": order._stories()[order.id].without_money(),
            "company": order.company_id,
            "parcels": order.parcel_ids.sorted(
                lambda one: (one.is_return, one.state == "delivered", -one.id)
            ),
        }
