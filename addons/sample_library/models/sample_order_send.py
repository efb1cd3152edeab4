from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize


class SampleOrder(models.Model):
    """From an order to a request per distributor."""

    _inherit = "sample.order"

    def _send(self):
        """Make a request per distributor, and let it be mailed.

        :raise UserError: says what is missing, and where
        """
        # whoever taps twice waits here, and then finds the order sent
        self._meet()
        self.invalidate_recordset(["state"])
        for order in self:
            order._refuse_sent()
            order._refuse_incomplete()
        now = fields.Datetime.now()
        for order in self:
            order.write(
                {
                    "name": self.env["ir.sequence"]
                    .with_company(order.company_id)
                    .next_by_code("sample.order"),
                    "state": "sent",
                    "ordered_at": now,
                }
            )
        twins = self.line_ids._twins()
        requests = self.env["sample.request"]
        for order in self:
            requests |= order._split(twins)
        requests._notify_distributors()
        return requests

    def _refuse_incomplete(self):
        """:raise UserError: if the order cannot be sent as it is"""
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "There is nothing on the order yet. Put samples on it first."
                )
            )
        if not self.recipient_name:
            raise UserError(
                self.env._(
                    "Say who gets the samples: choose a designer, or give a name."
                )
            )
        if not (self.ship_address or "").strip():
            raise UserError(
                self.env._(
                    "There is no address to send the samples to. Give one under "
                    "Address."
                )
            )
        for line in self.line_ids:
            if not line.distributor_id and not email_normalize(
                line.distributor_email or ""
            ):
                raise UserError(
                    self.env._(
                        "Say whom to ask for %(item)s: choose the distributor, or give "
                        "the name and the email address of one who is not in the "
                        "system.",
                        item=line.name,
                    )
                )

    def _split(self, twins):
        """Make the requests of one order.

        :param dict twins: what :meth:`sample.request.line._twins` found
        :return: ``sample.request``, those of distributors in the order of their names
        """
        parts = self.line_ids.grouped(lambda line: line._asked_of())
        companies = self._desk_companies()
        parties = {
            "company_id": self.company_id.id,
            "library_id": self.library_id.id,
            "showroom_id": self.showroom_id.id,
            "rep_id": self.rep_id.id,
            "person_id": self.person_id.id,
            "firm_id": self.firm_id.id,
            "user_id": self.user_id.id,
        }
        requests = self.env["sample.request"].create(
            [
                {
                    **parties,
                    "order_id": self.id,
                    "name": f"{self.name}/{number}",
                    "distributor_id": lines.distributor_id.id,
                    "distributor_name": lines[0].distributor_id.name
                    or lines[0].distributor_name
                    or lines[0].distributor_email,
                    "distributor_email": False
                    if lines.distributor_id
                    else email_normalize(lines[0].distributor_email),
                    "desk_company_id": companies.get(
                        lines.distributor_id.commercial_partner_id, False
                    ),
                    "requested_at": self.ordered_at,
                    "recipient_name": self.recipient_name,
                    "recipient_firm": self.recipient_firm,
                    "recipient_email": email_normalize(self.recipient_email or ""),
                    "ship_address": self.ship_address,
                    "project": self.project,
                    "needed_on": self.needed_on,
                    "note": self.note,
                }
                for number, lines in enumerate(parts.values(), 1)
            ]
        )
        for request, lines in zip(requests, parts.values(), strict=True):
            lines._join(request, twins)
        return requests

    def _desk_companies(self):
        """Companies of this system that are distributors themselves.

        :return: company id per partner
        :rtype: dict
        """
        companies = self.env["res.company"].search(
            [
                (
                    "partner_id",
                    "in",
                    self.line_ids.distributor_id.commercial_partner_id.ids,
                )
            ]
        )
        return {company.partner_id: company.id for company in companies}
