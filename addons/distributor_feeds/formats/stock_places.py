"""Whose quantity is it? Quantities of one item, and the places they lie at."""

from .canonical import one_value


class StockPlaces:
    """Collects quantities and places of one item in the order of its segments.

    Senders write a place either before its quantities or after them. Which of the two
    is seen from the first place: no quantity before it means the former.

    :param stock: codes of quantities to be had now; the first one found is taken
    :param bool one_by_one: a place after quantities is that of the last one only
    """

    def __init__(self, stock, one_by_one=False):
        self._codes, self._one_by_one = stock, one_by_one
        self._entries = []  # [place, code, quantity, is a part, date]
        self._before = False
        self._place = ""
        self._fresh = False
        self._open = 0
        self._last_incoming = None

    def __bool__(self):
        return bool(self._entries)

    def quantity(self, code, text):
        """A quantity to be had now."""
        self._add(code, text)
        self._last_incoming = None

    def incoming(self, rank, text, date=""):
        """A quantity on its way.

        :param int rank: the smaller one is preferred; schedules tell more than totals
        """
        self._add(rank, text, date)
        self._last_incoming = self._entries[-1]

    def _add(self, code, text, date=""):
        self._entries.append([self._place, code, text, False, date])
        self._fresh = False

    def at(self, place):
        """The place of what follows, or of what came before."""
        if not self._entries:
            self._before = True
        if not self._before:
            start = len(self._entries) - 1 if self._one_by_one else self._open
            for entry in self._entries[max(start, self._open) :]:
                entry[0] = place
            self._open = len(self._entries)
        elif not self._fresh:
            # A second name of the same place follows it at once: the first is kept.
            self._place, self._fresh = place, True

    def at_each(self, code, pairs):
        """Quantities that name their places themselves."""
        for place, text in pairs:
            self._entries.append([place, code, text, False, ""])
        self._open = len(self._entries)
        self._last_incoming = None

    def date(self, text):
        """When the last incoming quantity comes.

        :return: whether there was one without a date
        """
        entry = self._last_incoming
        if entry is None or entry[4]:
            return False
        entry[4] = text
        return True

    def part(self):
        """The last quantity is a part of another one, as in one pallet of many."""
        if self._entries:
            self._entries[-1][3] = True

    def forget(self):
        """The last quantity is not for sale."""
        if self._entries:
            self._entries[-1][1] = None

    def rows(self):
        """One ``dict`` per place; none at all where nothing was collected."""
        places = {}
        for entry in self._entries:
            places.setdefault(entry[0], []).append(entry)
        rows = [self._row(place, entries) for place, entries in places.items()]
        if any(row["quantity"] for row in rows if row["warehouse"]):
            for row in rows:
                if not row["warehouse"]:
                    row["quantity"] = ""  # the sum over all places
        return [row for row in rows if row["quantity"] or row["quantity_incoming"]]

    def _row(self, place, entries):
        quantity = ""
        for code in self._codes:
            found = [one for one in entries if one[1] == code]
            whole = [one[2] for one in found if not one[3]]
            quantity = one_value(whole or [one[2] for one in found])
            if quantity:
                break
        coming = [one for one in entries if isinstance(one[1], int)]
        first = min(coming, key=lambda one: (one[1], one[4] or "9"), default=None)
        same = [one[2] for one in coming if first and one[1::3] == first[1::3]]
        return {
            "warehouse": place,
            "quantity": quantity,
            "quantity_incoming": one_value(same),
            "incoming_date": first[4] if first else "",
        }
