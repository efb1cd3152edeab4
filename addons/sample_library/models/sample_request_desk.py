from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.trade_network.context import as_system

from ..tags import storable
from .sample_request_answer import Answer

_NOTE_LENGTH = 500
#: of the random key of a form
KEY_LENGTH = 64


class SampleRequest(models.Model):
    """What the distributor's sample department does with its requests."""

    _inherit = "sample.request"

    is_ours = fields.Boolean(
        compute="_compute_is_ours", help="The user's company is the distributor."
    )
    is_reprint = fields.Boolean(
        string="Printed Again",
        readonly=True,
        copy=False,
        help="The picking ticket was printed more than once.",
    )

    @api.readonly
    def desk_lines(self):
        """What the desk shows of these requests: lines, and duplicates of each.

        :return: per line ``id``, ``request_id``, ``name``, ``quantity``, ``open``,
            ``state``, ``until`` and ``twins`` (texts, newest first)
        :rtype: list[dict]
        :raise AccessError: for all but the sample department
        """
        self._check_desk()
        lines_sudo = self.sudo().line_ids
        twins = lines_sudo._twins()
        return [
            {
                "id": line.id,
                "request_id": line.request_id.id,
                "name": line.name,
                "quantity": line.quantity,
                "open": line.open_qty,
                "state": line.state,
                "until": line.backordered_until,
                "twins": [
                    twin._as_twin_text() for twin in twins.get(line, line.browse())
                ],
            }
            for line in lines_sudo
        ]

    def desk_answer(self, answers, tracking="", key=""):
        """Answer lines of one request, as its sample department.

        :param list[dict] answers: keys as the fields of :class:`Answer`
        :param str tracking: number of the parcel
        :param str key: random; what comes with it again is not done again
        :return: whether it was done now
        :rtype: bool
        :raise AccessError: for all but the sample department
        :raise UserError: says which line, and what to do
        """
        self.ensure_one()
        self._check_desk()
        if not isinstance(answers, (list, tuple)):
            raise UserError(self.env._("This is no answer to a line of the request."))
        return as_system(self)._answer(
            [self._answer_of(one) for one in answers],
            tracking=str(tracking or ""),
            answered_by=self.env.user.name,
            key=storable(str(key or ""), KEY_LENGTH),
        )

    def desk_ship_all(self):
        """Ship all that is open, but for duplicates: somebody has to decide on these.

        :raise AccessError: for all but the sample department
        :raise UserError: if there is nothing to ship
        """
        self._check_desk()
        for request in as_system(self):
            request._answer(request._all_open(), answered_by=self.env.user.name)

    def _all_open(self):
        """Answers that ship what is open and no duplicate.

        :rtype: list[Answer]
        """
        lines = self.line_ids.filtered("open_qty")
        twins = lines._twins()
        return [
            Answer(line_id=line.id, kind="ship", quantity=line.open_qty)
            for line in lines
            if line not in twins
        ]

    def action_print_tickets(self):
        """Print picking tickets.

        :return: the report, for the web client
        :rtype: dict
        :raise AccessError: for all but the sample department
        """
        self._check_desk()
        as_system(self)._note_print(self.env.user.name)
        report = self.env.ref("sample_library.action_report_picking").sudo()
        return report.report_action(self, config=False)

    def _ship_label(self):
        """Firm and address, without what is said twice and without empty lines.

        :rtype: str
        """
        self.ensure_one()
        lines = [line for line in self.ship_address.splitlines() if line.strip()]
        firm = self.recipient_firm
        if firm and firm not in lines:
            lines.insert(0, firm)
        return "\n".join(lines)

    def _note_print(self, printed_by):
        """Keep who printed a ticket first, and that one is printed again.

        :param str printed_by: a user, or the address of a signed link
        """
        self._hold()
        fresh = self.filtered(lambda request: not request.printed_at)
        fresh.write({"printed_at": fields.Datetime.now(), "printed_by": printed_by})
        (self - fresh).write({"is_reprint": True})

    @api.model
    def _desk_domain(self):
        """The requests that the user's sample department answers.

        :rtype: Domain
        """
        user = self.env.user
        if user.has_group("sample_library.group_sample_desk"):
            return Domain("desk_company_id", "in", self.env.companies.ids)
        if user.has_group("trade_network.group_trade_distributor"):
            return Domain(
                "distributor_id.commercial_partner_id",
                "=",
                user.commercial_partner_id.id,
            )
        return Domain.FALSE

    @api.depends_context("uid")
    @api.depends("desk_company_id")
    def _compute_is_ours(self):
        user = self.env.user
        has_group = user.has_group("sample_library.group_sample_desk")
        companies = user.company_ids
        for request in self:
            request.is_ours = has_group and request.desk_company_id in companies

    def _check_desk(self):
        """The distributor's people: employees of his company, or his portal users.

        :raise AccessError: for everybody else
        """
        self.check_access("read")
        user = self.env.user
        if self.env.su:
            return
        if user.has_group("sample_library.group_sample_desk"):
            own = self.sudo().filtered(
                lambda request: request.desk_company_id in user.company_ids
            )
        elif user.has_group("trade_network.group_trade_distributor"):
            own = self.sudo().filtered(
                lambda request: (
                    request.distributor_id.commercial_partner_id
                    == user.commercial_partner_id
                )
            )
        else:
            own = self.browse()
        if own != self:
            raise AccessError(
                self.env._(
                    "Only the distributor's sample department answers a request."
                )
            )

    @api.model
    def _answer_of(self, values):
        """One answer, as it came from outside.

        :raise UserError: if it is none
        """
        wrong = UserError(self.env._("This is no answer to a line of the request."))
        if not isinstance(values, dict):
            raise wrong
        until = values.get("until") or None
        try:
            return Answer(
                line_id=int(values.get("line_id") or 0),
                kind=str(values.get("kind") or ""),
                quantity=int(values.get("quantity") or 0),
                until=fields.Date.to_date(until),
                reason=str(values.get("reason") or ""),
                note=storable(str(values.get("note") or ""), _NOTE_LENGTH),
                override_reason=storable(
                    str(values.get("override_reason") or ""), _NOTE_LENGTH
                ),
            )
        except (TypeError, ValueError) as error:
            raise wrong from error
