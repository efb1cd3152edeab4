"""What a sample department answers, by whichever door."""

from dataclasses import dataclass
from datetime import date, timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tags import storable
from .sample_request_entry import KINDS, REASONS

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

    def _hold(self):
        """Let two people at one request act one after the other.

        The second one waits here; if the first one has written anything, the database
        then refuses him, and Odoo begins his call anew with what holds by then.
        """
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "SELECT id FROM sample_request WHERE id = ANY(%s) ORDER BY id"
                " FOR NO KEY UPDATE",
                self.ids,
            )
        )
        self.invalidate_recordset()
        self.line_ids.invalidate_recordset()

    def _answer(self, answers, *, tracking="", answered_by, link=None, key=""):
        """Write answers down, sum up, and let those who asked know.

        :param list[Answer] answers: of each kind at most one per line; what is shipped
            and refused comes first, a backorder is for the rest
        :param str tracking: number of the parcel
        :param str answered_by: who says so
        :param link: ``sample.request.link`` it came by
        :param str key: random, of the form; what comes with it again is not done again
        :return: whether it was done now
        :rtype: bool
        :raise UserError: says which line, and what to do; nothing is written then
        """
        self.ensure_one()
        self._hold()
        if self._has_key(key):
            return False
        if not answers:
            raise UserError(
                self.env._("Nothing is answered yet. Choose an answer for a line.")
            )
        if problems := self._problems(answers):
            raise UserError("\n".join(text for _answer, _field, text in problems))
        by_id = {line.id: line for line in self.line_ids}
        left = {line: line.open_qty for line in self.line_ids}
        for answer in answers:
            if answer.kind != "backorder":
                left[by_id[answer.line_id]] -= answer.quantity
        shipped = [by_id[one.line_id].id for one in answers if one.kind == "ship"]
        twins = self.line_ids.browse(shipped)._twins()
        self.round += 1
        self.env["sample.request.entry"].create(
            [
                {
                    **self._entry_values(answer, by_id[answer.line_id], twins, left),
                    "tracking": storable(tracking or "", _TRACKING_LENGTH)
                    if answer.kind == "ship"
                    else False,
                    "answered_by": answered_by,
                    "link_id": link.id if link else False,
                    "form_key": key or False,
                }
                for answer in answers
            ]
        )
        self.line_ids.browse({answer.line_id for answer in answers})._tally()
        self.order_id._settle()
        self.env["sample.request.notice"]._tell_askers(self)
        return True

    def _has_key(self, key):
        """Whether a form was done before.

        :param str key: of the form; empty for what came without
        """
        return bool(key) and key in self.entry_ids.mapped("form_key")

    def _problems(self, answers):
        """What keeps answers from being written down.

        :param list[Answer] answers: as for :meth:`_answer`
        :return: of each wrong answer the answer, the field of it that is wrong, and
            what to do
        :rtype: list[tuple[Answer, str, str]]
        """
        by_id = {line.id: line for line in self.line_ids}
        left = {line: line.open_qty for line in self.line_ids}
        shipped = {one.line_id for one in answers if one.kind == "ship"}
        twins = self.line_ids.filtered(lambda line: line.id in shipped)._twins()
        problems, said = [], set()
        # a backorder is for what the other answers leave
        for answer in sorted(answers, key=lambda one: one.kind == "backorder"):
            line = by_id.get(answer.line_id)
            if line is None:
                problem = (
                    "kind",
                    self.env._("A line is not on this request. Load the page again."),
                )
            elif (line, answer.kind) in said:
                problem = (
                    "kind",
                    self.env._("%(item)s is answered twice.", item=line.name),
                )
            else:
                said.add((line, answer.kind))
                problem = self._problem(answer, line, left, line in twins)
            if problem:
                problems.append((answer, *problem))
        return problems

    def _problem(self, answer, line, left, is_twin):
        """Why one answer cannot be given.

        :param dict left: pieces that are open per line; lowered
        :param bool is_twin: whether the line is a duplicate
        :return: the field, and what to do; nothing if the answer is right
        """
        if answer.kind not in dict(KINDS):
            return "kind", self.env._("Choose an answer for %(item)s.", item=line.name)
        if line.state == "cancelled":
            return "kind", self.env._("%(item)s has been cancelled.", item=line.name)
        if not left[line]:
            return "kind", self.env._(
                "%(item)s has been answered already. Load the page again.",
                item=line.name,
            )
        if answer.kind == "backorder":
            return self._problem_of_day(answer, line)
        if not 1 <= answer.quantity <= left[line]:
            return "quantity", self.env._(
                "%(item)s: give 1 to %(count)s pieces, that is what is open.",
                item=line.name,
                count=left[line],
            )
        left[line] -= answer.quantity
        if answer.kind == "ship":
            if is_twin and not answer.override_reason:
                return "override", self.env._(
                    "%(item)s was asked for a short time ago already. Say why it is "
                    "shipped anyway, or refuse it.",
                    item=line.name,
                )
            return None
        if answer.reason not in dict(REASONS) or answer.reason == "cancelled":
            return "reason", self.env._(
                "Say why %(item)s is not shipped.", item=line.name
            )
        if answer.reason == "other" and not answer.note:
            return "note", self.env._(
                "%(item)s: put the other reason into words.", item=line.name
            )
        return None

    def _problem_of_day(self, answer, line):
        today = fields.Date.context_today(self)
        if not answer.until:
            return "until", self.env._("Say when %(item)s is expected.", item=line.name)
        if not today <= answer.until <= today + timedelta(days=_MOST_DAYS):
            return "until", self.env._(
                "%(item)s: the day it is expected lies in the past, or too far ahead.",
                item=line.name,
            )
        return None

    def _entry_values(self, answer, line, twins, left):
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
            "override_reason": answer.override_reason
            if ships and line in twins
            else False,
            "round": self.round,
            "answered_at": fields.Datetime.now(),
        }
