"""Lists of the portal: search, filters, sorting, groups, pages.

What is the same for every list is here; whose records, which filters and which columns
is said by the controller of each list.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.urls import url_encode

from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .portal_list_parts import (
    Asked,
    Column,
    Filter,
    Group,
    Search,
    Sorting,
    clean_text,
    page_number,
)

#: Filters tell how many records they have where there are no more than this.
_MOST_COUNTED = 1000


@dataclass
class PortalList:
    """A list of records; the first of each kind of choice is the one that is preset.

    :param records: empty recordset, with the rights the records are searched with
    :param str url: of the first page, without arguments
    :param dict searches: ``{key: Search}``
    :param dict filters: ``{key: Filter}``
    :param dict sortings: ``{key: Sorting}``
    :param dict groups: ``{key: Group}``
    :param list columns: ``Column`` of the worksheet
    :param Callable know: records -> dict, what rows and worksheet show beside fields
    :param Domain within: narrows every filter
    :param dict keep: arguments that belong to ``within``
    """

    records: Any
    url: str
    searches: dict[str, Search]
    filters: dict[str, Filter]
    sortings: dict[str, Sorting]
    groups: dict[str, Group]
    columns: list[Column]
    know: Callable[[Any], dict] = field(default=lambda records: {})
    within: Domain = Domain.TRUE
    keep: dict[str, str] = field(default_factory=dict)
    step: int = 80

    def asked(self, params):
        """Read the arguments of an address; what is unknown or bad falls back.

        :param dict params: as they came
        :rtype: Asked
        """

        def one_of(choices, name):
            return (
                params.get(name) if params.get(name) in choices else next(iter(choices))
            )

        return Asked(
            clean_text(params.get("search")),
            one_of(self.searches, "search_in"),
            one_of(self.filters, "filterby"),
            one_of(self.sortings, "sortby"),
            one_of(self.groups, "groupby"),
            page_number(params.get("page")),
        )

    def found(self, asked):
        """The domain that a search text stands for.

        :rtype: Domain
        """
        if not asked.search:
            return Domain.TRUE
        return self.searches[asked.search_in].find(asked.search)

    def order(self, asked):
        """How the records are sorted: by group first.

        :rtype: str
        """
        orders = (self.groups[asked.groupby].order, self.sortings[asked.sortby].order)
        return ", ".join(filter(None, orders))

    def read(self, asked):
        """The records of one page, and what is shown around them.

        :param Asked asked: what the visitor wants
        :return: the records with the rights they were searched with, and values for the
            template: those of ``portal.portal_searchbar``, the pager and ``track_list``
        :rtype: tuple
        """
        found = self.found(asked)
        domain = self.filters[asked.filterby].domain & self.within & found
        may = self.records.has_access("read")
        total = self.records.search_count(domain) if may else 0
        pager = portal_pager(
            url=self.url,
            url_args=self._arguments(asked),
            total=total,
            page=asked.page,
            step=self.step,
        )
        records = self.records
        if total:
            records = records.search(
                domain,
                order=self.order(asked),
                limit=self.step,
                offset=pager["offset"],
            )
        counts = self._counts(found) if may and total <= _MOST_COUNTED else {}
        return records, {
            **self._bar(asked, counts),
            **self._around(asked, total, pager),
        }

    def _arguments(self, asked, **changes):
        """Arguments of an address that leads to the same, without what is preset."""
        preset = self.asked({})
        chosen = {**asked._asdict(), **changes}
        if not chosen["search"]:
            chosen["search_in"] = preset.search_in
        return {
            **self.keep,
            **{
                key: value
                for key, value in chosen.items()
                if key != "page" and value != getattr(preset, key)
            },
        }

    def _address(self, asked, path="", **changes):
        arguments = self._arguments(asked, **changes)
        return f"{self.url}{path}" + (f"?{url_encode(arguments)}" if arguments else "")

    def _bar(self, asked, counts):
        """Values of ``portal.portal_searchbar``."""

        def label(key, choice):
            return f"{choice.label} ({counts[key]})" if key in counts else choice.label

        return {
            "default_url": self.url,
            "sortby": asked.sortby,
            "searchbar_sortings": {
                key: {"label": choice.label, "order": choice.order}
                for key, choice in self.sortings.items()
            },
            "filterby": asked.filterby,
            "searchbar_filters": {
                key: {"label": label(key, choice), "domain": choice.domain}
                for key, choice in self.filters.items()
            },
            "groupby": asked.groupby,
            "searchbar_groupby": {
                key: {"label": choice.label} for key, choice in self.groups.items()
            },
        }

    def _around(self, asked, total, pager):
        preset = self.asked({})
        return {
            "pager": pager,
            "track_list": {
                "url": self.url,
                "search": asked.search,
                "search_in": asked.search_in,
                "searches": {key: one.label for key, one in self.searches.items()},
                "hidden": self._arguments(asked, search="", search_in=preset.search_in),
                "total": total,
                "first": pager["offset"] + 1 if total else 0,
                "last": min(pager["offset"] + self.step, total),
                "is_narrowed": bool(asked.search) or asked.filterby != preset.filterby,
                "clear_url": self._address(asked, search="", filterby=preset.filterby),
                "xlsx_url": self._address(asked, "/xlsx"),
            },
        }

    def _counts(self, found):
        """How many records each filter has, in one statement.

        Nothing where there are too many to count them at leisure.

        :rtype: dict[str, int]
        """
        records = self.records
        domains = {
            key: (choice.domain & self.within).optimize_full(records)
            for key, choice in self.filters.items()
        }
        every = records._search(
            Domain.OR(domains.values()) & found, limit=_MOST_COUNTED + 1
        )
        if every.is_empty():
            return {}
        query = records.sudo()._search(Domain("id", "in", every))
        numbers = [
            SQL(
                "count(*) FILTER (WHERE %s)",
                domain._to_sql(records.sudo(), query.table, query),
            )
            for domain in domains.values()
        ]
        ((total, *counts),) = records.env.execute_query(
            query.select(SQL("count(*)"), *numbers)
        )
        if total > _MOST_COUNTED:
            return {}
        return dict(zip(domains, counts, strict=True))

    def heads(self, records, asked):
        """Above which records of a page the title of a group stands.

        :rtype: dict[int, str]
        """
        title = self.groups[asked.groupby].title
        heads, last = {}, None
        for record in records if title else ():
            if (text := title(record)) != last:
                heads[record.id] = last = text
        return heads

    def every(self, asked, most):
        """All records of the list, not only those of a page.

        :param int most: how many at most
        :return: recordset in the order of the list
        """
        if not self.records.has_access("read"):
            return self.records
        domain = self.filters[asked.filterby].domain & self.within & self.found(asked)
        return self.records.search(domain, order=self.order(asked), limit=most)
