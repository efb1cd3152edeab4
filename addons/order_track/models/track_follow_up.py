from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class TrackFollowUp(models.Model):
    """What a sales rep wants to come back to, until a day: a call, a visit."""

    _name = "track.follow.up"
    _description = "Follow-Up of a Sales Rep"
    _order = "due_on, id"

    rep_id = fields.Many2one(
        "res.partner",
        string="Sales Rep",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_rep(),
        help="A person: one of the customer's reps, or of an agency that is one.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_of_order",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="cascade",
    )
    order_id = fields.Many2one("sale.order", index="btree_not_null", ondelete="cascade")
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_of_order",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
    )
    due_on = fields.Date(string="Due", required=True)
    note = fields.Text(required=True)
    done_at = fields.Datetime(string="Done", copy=False)
    is_due = fields.Boolean(
        compute="_compute_is_due", help="The day has come, and it is not done."
    )

    _open = models.Index("(rep_id, due_on) WHERE done_at IS NULL")

    @api.model
    def _default_rep(self):
        return (
            self.env.user.partner_id
            if self.env["res.partner"]._track_is_rep()
            else self.env["res.partner"]
        )

    @api.depends("order_id")
    def _compute_of_order(self):
        for follow_up in self:
            order = follow_up.order_id
            # the order may be nobody's he knows; the rules say so afterwards
            follow_up.partner_id = (
                order.sudo().partner_id.commercial_partner_id or follow_up.partner_id
            )
            follow_up.company_id = (
                order.sudo().company_id or follow_up.company_id or self.env.company
            )

    @api.depends("note", "partner_id")
    def _compute_display_name(self):
        for follow_up in self:
            first = (follow_up.note or "").strip().splitlines()[:1]
            follow_up.display_name = first[0][:60] if first else ""

    @api.depends("due_on", "done_at")
    @api.depends_context("uid")
    def _compute_is_due(self):
        today = self.env["sale.order"]._track_rep_today()[0]
        for follow_up in self:
            follow_up.is_due = bool(
                not follow_up.done_at and follow_up.due_on and follow_up.due_on <= today
            )

    @api.model
    def _due(self, today):
        """What is due on a day, or was before, and is not done.

        :param datetime.date today: the day
        :rtype: Domain
        """
        return Domain("done_at", "=", False) & Domain("due_on", "<=", today)

    def write(self, vals):
        """Override: what is written must still be the writer's afterwards.

        Odoo asks its rules before, not after.
        """
        result = super().write(vals)
        self.check_access("write")
        return result

    @api.constrains("rep_id", "partner_id", "order_id")
    def _check_rep(self):
        for follow_up in self.sudo():
            rep = follow_up.rep_id
            reps = follow_up.partner_id.commercial_partner_id.track_rep_ids
            if not reps & (rep | rep.commercial_partner_id):
                raise ValidationError(
                    self.env._(
                        "%(rep)s is no sales rep of %(customer)s. Choose one of the "
                        "customer's sales reps.",
                        rep=rep.name,
                        customer=follow_up.partner_id.display_name,
                    )
                )

    @api.constrains("order_id", "partner_id", "company_id")
    def _check_order(self):
        for follow_up in self.sudo():
            order = follow_up.order_id
            if order and (
                order.partner_id.commercial_partner_id
                != follow_up.partner_id.commercial_partner_id
                or order.company_id != follow_up.company_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(order)s is an order of somebody else. Choose one of "
                        "%(customer)s.",
                        order=order.name,
                        customer=follow_up.partner_id.display_name,
                    )
                )

    def action_done(self):
        """Mark as done."""
        self.filtered(lambda one: not one.done_at).write(
            {"done_at": fields.Datetime.now()}
        )

    def action_undo(self):
        """Mark as not done after all."""
        self.write({"done_at": False})
