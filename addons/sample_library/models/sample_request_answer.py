"""What a sample department answers, by whichever door."""

from dataclasses import dataclass
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..context import as_system
from ..tags import storable
from .sample_request_entry import KINDS, REASONS

_NOTE_LENGTH = 500
_TRACKING_LENGTH = 100
# further away, it is a slip of the finger
_MOST_DAYS = 3 * 366


@dataclass(frozen=True)
class Answer:
    """What is said of one line.

    :param int line_id: ``sample.request.line``
    :param str kind: ``ship``, ``backorder`` or ``refuse``
    :param int quantity: pieces; ignored for ``backorder``, which is all that is left
    :param until: day on which a backorder is expected
    :param str reason: code of why not
    :param str note: in words
    :param str override_reason: why a duplicate is shipped
    """

    line_id: int
    kind: str
    quantity: int = 0
    until: date | None = None
    reason: str = ""
    note: str = ""
    override_reason: str = ""


class SampleRequest(models.Model):
    _inherit = "sample.request"

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

    def desk_answer(self, answers, tracking=""):
        """Answer lines of one request, as its sample department.

        :param list[dict] answers: keys as the fields of :class:`Answer`
        :param str tracking: number of the parcel
        :raise AccessError: for all but the sample department
        :raise UserError: says which line, and what to do
        """
        self.ensure_one()
        self._check_desk()
        as_system(self)._answer(
            [self._answer_of(one) for one in answers],
            tracking=tracking,
            answered_by=self.env.user.name,
        )

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
                lambda request: request.distributor_id.commercial_partner_id
                == user.commercial_partner_id
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

    def _answer(self, answers, *, tracking="", answered_by, link=None):
        """Write answers down, sum up, and let those who asked know.

        :param list[Answer] answers: at most two per line, one of them a backorder
        :param str tracking: number of the parcel
        :param str answered_by: who says so
        :param link: ``sample.request.link`` it came by
        :raise UserError: says which line, and what to do; nothing is written then
        """
        self.ensure_one()
        # two clerks at one request meet here
        self.lock_for_update()
        self.line_ids.invalidate_recordset()
        if not answers:
            raise UserError(
                self.env._("Nothing is answered yet. Choose an answer for a line.")
            )
        # a backorder is for what the other answers leave
        answers = sorted(answers, key=lambda answer: answer.kind == "backorder")
        by_id = {line.id: line for line in self.line_ids}
        left = {line: line.open_qty for line in self.line_ids}
        shipped = self.browse().line_ids
        for answer in answers:
            line = by_id.get(answer.line_id)
            if line is None:
                raise UserError(
                    self.env._("A line is not on this request. Load the page again.")
                )
            self._check_answer(answer, line, left)
            if answer.kind == "ship":
                shipped |= line
        twins = shipped._twins()
        for answer in answers:
            line = by_id[answer.line_id]
            if answer.kind == "ship" and line in twins and not answer.override_reason:
                raise UserError(
                    self.env._(
                        "%(item)s was asked for a short time ago already. Say why it "
                        "is shipped anyway, or refuse it.",
                        item=line.name,
                    )
                )
        self.round += 1
        self.env["sample.request.entry"].create(
            [
                self._entry_values(
                    answer, by_id[answer.line_id], twins, left, tracking, answered_by, link
                )
                for answer in answers
            ]
        )
        self.line_ids.browse({answer.line_id for answer in answers})._tally()
        self.order_id._settle()
        self.env["sample.request.notice"]._tell_askers(self)

    def _check_answer(self, answer, line, left):
        """:raise UserError: if an answer cannot be given

        :param dict left: pieces that are open per line; lowered
        """
        if answer.kind not in dict(KINDS):
            raise UserError(
                self.env._("Choose an answer for %(item)s.", item=line.name)
            )
        if line.state == "cancelled":
            raise UserError(
                self.env._("%(item)s has been cancelled.", item=line.name)
            )
        if not left[line]:
            raise UserError(
                self.env._(
                    "%(item)s has been answered already. Load the page again.",
                    item=line.name,
                )
            )
        today = fields.Date.context_today(self)
        if answer.kind == "backorder":
            if not answer.until:
                raise UserError(
                    self.env._("Say when %(item)s is expected.", item=line.name)
                )
            if not today <= answer.until <= today + timedelta(days=_MOST_DAYS):
                raise UserError(
                    self.env._(
                        "%(item)s: the day it is expected lies in the past, or too far "
                        "ahead.",
                        item=line.name,
                    )
                )
            return
        if not 1 <= answer.quantity <= left[line]:
            raise UserError(
                self.env._(
                    "%(item)s: give 1 to %(count)s pieces, that is what is open.",
                    item=line.name,
                    count=left[line],
                )
            )
        left[line] -= answer.quantity
        if answer.kind == "refuse":
            if answer.reason not in dict(REASONS) or answer.reason == "cancelled":
                raise UserError(
                    self.env._("Say why %(item)s is not shipped.", item=line.name)
                )
            if answer.reason == "other" and not answer.note:
                raise UserError(
                    self.env._(
                        "%(item)s: put the other reason into words.", item=line.name
                    )
                )

    def _entry_values(self, answer, line, twins, left, tracking, answered_by, link):
        ships = answer.kind == "ship"
        return {
            **line._party_values(),
            "line_id": line.id,
            "request_id": self.id,
            "item_id": line.item_id.id,
            "kind": answer.kind,
            "quantity": left[line] if answer.kind == "backorder" else answer.quantity,
            "until": answer.until if answer.kind == "backorder" else False,
            "reason": answer.reason if answer.kind == "refuse" else False,
            "note": answer.note or False,
            "tracking": storable(tracking or "", _TRACKING_LENGTH) if ships else False,
            "override_reason": answer.override_reason
            if ships and line in twins
            else False,
            "round": self.round,
            "answered_at": fields.Datetime.now(),
            "answered_by": answered_by,
            "link_id": link.id if link else False,
        }
