from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.trade_network.context import as_system

SOURCES = [
    ("staff", "Back Office"),
    ("counter", "Counter"),
    ("portal", "Portal"),
    ("phone", "Phone"),
    ("fax", "Fax"),
    ("post", "Post"),
    ("mail", "Email"),
    ("restock", "Replenishment"),
]

# only sending, answering and cancelling change these
_DERIVED = {"name", "state", "user_id", "ordered_at", "request_ids", "firm_id"}
# what a request was made of stays as it was
_FROZEN_EXCEPT = {"note", "message_main_attachment_id"}


class SampleOrder(models.Model):
    """What one person asks for, of any distributors.

    Sending it makes a request per distributor; then the order is what these are.
    """

    _name = "sample.order"
    _inherit = ["sample.scope", "mail.thread", "mail.activity.mixin"]
    _description = "Sample Order"
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "project", "person_id", "recipient_name"]

    name = fields.Char(
        default="/", required=True, readonly=True, copy=False, index=True
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("sent", "Sent"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    source = fields.Selection(
        SOURCES, string="Came By", default="staff", required=True, copy=False
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Entered By",
        default=lambda self: self.env.user,
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
    )
    ordered_at = fields.Datetime(string="Sent On", readonly=True, copy=False)
    library_id = fields.Many2one(
        "sample.library",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The library that orders. Its showroom gets the messages.",
    )
    showroom_id = fields.Many2one(
        "res.partner",
        compute="_compute_showroom_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Who orders. It sees the request, and gets what the distributor answers.",
    )
    rep_id = fields.Many2one(
        "res.partner",
        string="Sales Rep",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    project = fields.Char(help="What the samples are for.")
    needed_on = fields.Date(help="When they are needed.", copy=False)
    note = fields.Text(help="The distributors read this.")
    line_ids = fields.One2many(
        "sample.request.line", "order_id", string="Lines", copy=True
    )
    request_ids = fields.One2many(
        "sample.request", "order_id", string="Requests", readonly=True
    )
    request_count = fields.Integer(compute="_compute_request_count")
    twin_count = fields.Integer(
        string="Duplicates",
        compute="_compute_twin_count",
        help="Lines that were asked for a short time ago.",
    )

    # a portal user has one order that he is working on, however often he taps
    _one_basket = models.UniqueIndex(
        "(user_id) WHERE state = 'draft' AND source = 'portal'",
        "You are working on an order already.",
    )
    _newest = models.Index("(ordered_at DESC, id DESC)")

    @api.depends("library_id")
    def _compute_showroom_id(self):
        for order in self:
            order.showroom_id = order.library_id.sudo().partner_id or order.showroom_id

    @api.depends("request_ids")
    def _compute_request_count(self):
        for order in self:
            order.request_count = len(order.request_ids)

    @api.depends("line_ids.is_twin")
    def _compute_twin_count(self):
        for order in self:
            order.twin_count = len(order.line_ids.filtered("is_twin"))

    @api.depends("name", "project", "recipient_name", "state")
    def _compute_display_name(self):
        for order in self:
            number = order.name if order.name != "/" else self.env._("New")
            order.display_name = ", ".join(
                filter(None, (number, order.recipient_name, order.project))
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su:
                # nor by defaults in the context
                vals.update(name="/", state="draft", user_id=self.env.uid)
                vals.update(ordered_at=False, source=vals.get("source") or "staff")
        orders = super().create(vals_list)
        orders._check_library()
        return orders

    def write(self, vals):
        if not self.env.su:
            if not _DERIVED.isdisjoint(vals):
                raise UserError(
                    self.env._(
                        "Number and status of an order follow from sending it and from "
                        "what the distributors answer."
                    )
                )
            if not _FROZEN_EXCEPT.issuperset(vals):
                self._refuse_sent()
        result = super().write(vals)
        if "library_id" in vals:
            self._check_library()
        return result

    def _check_library(self):
        """Nobody orders in the name of a library where he does not work.

        :raise AccessError: if he may not see it
        """
        if not self.env.su and self.library_id:
            self.library_id.check_access("read")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self._refuse_sent()

    def _refuse_sent(self):
        """What distributors have got is not changed any more.

        :raise UserError: if one of the orders was sent
        """
        for order in self:
            if order.state != "draft":
                raise UserError(
                    self.env._(
                        "%(order)s has been sent, so it stays as it is. Cancel what is "
                        "still open, and make a new order.",
                        order=order.name,
                    )
                )

    def action_send(self):
        """Split each order into a request per distributor, and mail these.

        :raise UserError: if an order was sent before, or lacks something
        """
        self.check_access("write")
        as_system(self)._send()

    def action_cancel(self):
        """Give up drafts, and what distributors have not answered yet."""
        self.check_access("write")
        orders_sudo = as_system(self)
        orders_sudo.request_ids._cancel()
        orders_sudo.filtered(lambda order: order.state == "draft").state = "cancelled"

    def action_view_requests(self):
        """Open the requests of the order."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "sample_library.sample_request_action"
        )
        action["domain"] = [("order_id", "in", self.ids)]
        action["context"] = {}
        return action

    def _settle(self):
        """An order is done when none of its requests is open any more."""
        for order in self:
            states = set(order.request_ids.mapped("state"))
            if not states:
                continue
            if states <= {"cancelled"}:
                order.state = "cancelled"
            elif states <= {"done", "cancelled"}:
                order.state = "done"
            else:
                order.state = "sent"
