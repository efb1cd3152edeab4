"""Rows of cells become values of an offer."""

from .columns import Rows
from .plan import Plan
from .refused import Refused
from .rules import Problem


class Mapping:
    """Rules, bound to the columns of one file.

    ``fields`` are the columns of the result, in the order of
    :data:`~.targets.TARGETS`, with these that come along: ``quantity_more`` after
    ``quantity``; ``currency_id`` (in the place of ``currency``) and ``call_for_price``
    where there is a price. Numbered breaks become ``price_breaks``. A unit is no field:
    it scales quantities and prices.

    ``notes`` counts what was left out without refusing the row (``bad_gtin``).
    ``missing`` lists the columns that the file lacks, if not strict.

    :param rules: of :class:`~.rules.Rule`
    :param columns: names of the columns of the file
    :param currencies: ISO code -> id of the currency
    :param str currency_default: ISO code, for a price without any
    :param units: their code of a unit -> how many units of the product it is
    :param bool strict: whether a column that is not there is an error
    :raises MappingError: codes ``column_missing``, ``no_code``, ``twice``, ``break``,
        ``rule``
    """

    def __init__(
        self, rules, columns, *, currencies, currency_default, units=None, strict=True
    ):
        plan = Plan(rules, columns, currencies, currency_default, units or {}, strict)
        self.notes, self.missing = plan.notes, plan.missing
        self.fields = plan.fields
        self._width = len(columns)
        self._steps, self._columns = plan.steps, plan.columns
        self._call, self._fixes = plan.several.call, plan.several.fixes

    def convert(self, rows):
        """Values ready for PostgreSQL, as text.

        ``12.5``, ``2026-11-23``, ``t``, JSON for breaks, None for null.

        :param rows: iterable of lists of str
        :return: iterator of a tuple in the order of ``fields``, or of a
            :class:`~.rules.Problem`, for each row; it never raises
        """
        steps, width = self._steps, self._width
        for row in rows:
            if len(row) != width:
                yield _wrong_length(row, width)
                continue
            try:
                values = [function(row[at]) for function, at in steps]
                self._fix(row, values)
            except Refused as refused:
                yield self._name_offer(refused.problem, row)
                continue
            yield tuple(values)

    def columns(self, rows):
        """The same as :meth:`convert` for many rows, by columns: several times as fast.

        :param rows: list of lists of str
        :return: columns of the values of all rows that are not refused, in the order of
            ``fields``; and the index of each refused row with its
            :class:`~.rules.Problem`
        :rtype: tuple[list[list[str | None]], dict[int, Problem]]
        """
        width = self._width
        refused = {}
        if set(map(len, rows)) - {width}:
            refused = {
                at: _wrong_length(row, width)
                for at, row in enumerate(rows)
                if len(row) != width
            }
        part = Rows(rows, refused)
        for (function, at), fast in zip(self._steps, self._columns, strict=True):
            part.add(function, at, fast)
        if self._call:
            price, call = (part.columns[at] for at in self._call)
            if None in price:
                part.columns[self._call[1]] = [
                    "t" if number is None else word
                    for number, word in zip(price, call, strict=True)
                ]
        if self._fixes:
            part.fix(self._fixes)
        for at, problem in part.refused.items():
            self._name_offer(problem, rows[at])
        return part.columns, refused | part.refused

    def _fix(self, row, values):
        """Set what depends on more than one cell."""
        if self._call:
            price, call = self._call
            if values[price] is None:
                values[call] = "t"
        for fix in self._fixes:
            fix(row, values)

    def _name_offer(self, problem, row):
        """Say whose row it is, if its code and warehouse can be read."""
        try:
            key = {
                field: function(row[at])
                for field, (function, at) in zip(self.fields, self._steps, strict=True)
                if field in ("code", "warehouse")
            }
        except Refused:
            return problem
        problem.offer_code = key["code"]
        problem.warehouse = key.get("warehouse", "")
        return problem


def _wrong_length(row, width):
    return Problem(
        "columns",
        "",
        " | ".join(row[:20]),
        f"The row has {len(row)} cells, the file {width} columns."
        if row
        else "The row cannot be split into cells: a quote in it does not close.",
    )
