"""What carriers and advices say of parcels."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .stock_parcel import clean_number
from .stock_parcel_event import RANK

_MOST_EVENTS = 1000
_MOST_AHEAD = timedelta(days=2)
_OLDEST = datetime(2000, 1, 1)
_LONGEST_TEXT = 200
# whatever may be wrong with what comes from outside
_UNREADABLE = (AttributeError, LookupError, OverflowError, TypeError, ValueError)


def _short(text):
    """Text as it came from outside, on one line and not longer than it is shown."""
    return " ".join(str(text or "").split())[:_LONGEST_TEXT]


class ParcelEvent(NamedTuple):
    """What somebody says happened to a parcel.

    ``number`` as printed on the parcel; ``kind`` one of the kinds of
    ``stock.parcel.event``; ``at`` with a time zone, or in UTC; ``ref`` what the carrier
    calls the event, so that it is taken once; ``expected_on`` when it is to arrive.
    """

    number: str
    kind: str
    at: datetime
    place: str = ""
    note: str = ""
    ref: str = ""
    expected_on: date | None = None


class StockParcel(models.Model):
    _inherit = "stock.parcel"

    @api.model
    def record_events(self, events):
        """Take what a carrier says, for programs that are told by carriers.

        :param list events: dictionaries with the fields of :class:`ParcelEvent`; ``at``
            and ``expected_on`` as ISO 8601
        :return: for each event ``taken``, ``known`` (it was taken before), or
            ``unknown`` (no parcel has this number)
        :rtype: list[str]
        :raise AccessError: for all but stock users
        :raise UserError: if an event cannot be read; none is taken then
        """
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(
                self.env._("Only users of the inventory record what carriers say.")
            )
        if not isinstance(events, list) or len(events) > _MOST_EVENTS:
            raise UserError(
                self.env._("Give a list of at most %(most)s events.", most=_MOST_EVENTS)
            )
        read = [self._read_event(index, event) for index, event in enumerate(events)]
        numbers = [event.number for event in read]
        return self.search([("name", "in", numbers)])._hear(read, "carrier")

    @api.model
    def _read_event(self, index, event):
        """One event as it came from outside.

        :rtype: ParcelEvent
        :raise UserError: with what is wrong and where
        """
        try:
            if set(event) - set(ParcelEvent._fields):
                raise ValueError(
                    ", ".join(sorted(set(event) - set(ParcelEvent._fields)))
                )
            at = datetime.fromisoformat(event["at"])
            at = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
            if not _OLDEST <= at <= fields.Datetime.now() + _MOST_AHEAD:
                raise ValueError(event["at"])
            if event["kind"] not in RANK:
                raise ValueError(event["kind"])
            expected = event.get("expected_on")
            return ParcelEvent(
                number=clean_number(event["number"]),
                kind=event["kind"],
                at=at.replace(microsecond=0),
                place=_short(event.get("place")),
                note=_short(event.get("note")),
                ref=_short(event.get("ref")),
                expected_on=date.fromisoformat(expected) if expected else None,
            )
        except (
            AttributeError,
            KeyError,
            OverflowError,
            TypeError,
            ValueError,
        ) as error:
            raise UserError(
                self.env._(
                    "Event %(number)s cannot be read: %(problem)s. Give number, kind "
                    "(%(kinds)s) and at (a time like 2026-11-24T10:30:00Z).",
                    number=index + 1,
                    problem=str(error)[:100],
                    kinds=", ".join(RANK),
                )
            ) from error

    def _hear(self, events, source):
        """Write down what was said of these parcels, once.

        :param events: list of :class:`ParcelEvent`
        :param str source: who said so
        :return: for each event ``taken``, ``known`` or ``unknown``
        :rtype: list[str]
        """
        by_number = self.grouped("name")
        self._touch()
        said = {
            (event.parcel_id, event.kind, event.at, event.external_ref or "")
            for event in self.event_ids
        }
        answers, vals_list = [], []
        for event in events:
            parcels = by_number.get(event.number)
            if not parcels:
                answers.append("unknown")
                continue
            news = False
            for parcel in parcels:
                key = (parcel, event.kind, event.at, event.ref)
                if key in said:
                    continue
                said.add(key)
                news = True
                vals_list.append(
                    {
                        "parcel_id": parcel.id,
                        "kind": event.kind,
                        "at": event.at,
                        "place": event.place,
                        "note": event.note,
                        "external_ref": event.ref,
                        "source": source,
                    }
                )
                if event.expected_on and parcel.expected_on != event.expected_on:
                    parcel.expected_on = event.expected_on
            answers.append("taken" if news else "known")
        self.env["stock.parcel.event"].create(vals_list)
        return answers

    def _touch(self):
        """Make others who hear of these parcels at this moment begin again.

        Odoo runs under repeatable read, where two do not see each other's events. The
        second one to write a row gets a serialization failure, and is run again on a
        snapshot that knows the first one's.
        """
        self.env.flush_all()
        if self:
            self.env.cr.execute(
                SQL(
                    "UPDATE stock_parcel SET write_date = now() AT TIME ZONE 'UTC'"
                    " WHERE id IN %s",
                    tuple(self.ids),
                )
            )
            self.invalidate_recordset(["write_date"])
