from werkzeug.exceptions import NotFound

from odoo.http import request, route

from .portal_list import clean_text
from .portal_list_xlsx import send_worksheet
from .posted_lists import KINDS, PostedLists

_URL = "/my/track"
_KIND = "<any({}):kind>".format(",".join(f'"{kind}"' for kind in KINDS))
# of each kind on the page of a search
_FEW = 5
_MOST_COUNTED = 10_000
_MOST_JSON = 5000


class PostedPages(PostedLists):
    """Pages of what distributors posted."""

    _OPTIONS = {
        "type": "http",
        "auth": "user",
        "website": True,
        "sitemap": False,
        "methods": ["GET"],
        "readonly": True,
    }

    @route(_URL, **_OPTIONS)
    def track_posted_home(self, search="", **kwargs):
        """Everything posted: one search over all kinds, and how many there are."""
        kinds = self._posted_kinds()
        if not kinds:
            raise NotFound
        names = self._posted_names()
        text = clean_text(search)
        groups = []
        for kind in kinds:
            listing = self._posted_list(kind, {})
            params = {"search": text} if text else {}
            if text and "all" in listing.filters:
                params["filterby"] = "all"
            asked = listing.asked(params)
            domain = listing.filters[asked.filterby].domain & listing.found(asked)
            count = listing.records.search_count(domain, limit=_MOST_COUNTED + 1)
            groups.append(
                {
                    "kind": kind,
                    "name": names[kind],
                    "url": listing._address(asked),
                    "count": min(count, _MOST_COUNTED),
                    "more": count > _MOST_COUNTED,
                    "filter": listing.filters[asked.filterby].label,
                    "shut": self._posted_shut(kind),
                    "heads": self._posted_heads(listing.records),
                    "records": (
                        listing.records.search(
                            domain, order=listing.order(asked), limit=_FEW
                        )
                        if text and count
                        else listing.records
                    ),
                }
            )
        return request.render(
            "order_track.portal_posted_home",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "track_posted",
                "search": text,
                "groups": groups,
                "found": sum(group["count"] for group in groups),
                "is_desk": bool(request.env["track.post"]._desk()),
            },
        )

    @route([f"{_URL}/{_KIND}", f"{_URL}/{_KIND}/page/<int:page>"], **_OPTIONS)
    def track_posted_list(self, kind, **kwargs):
        """All records of a kind."""
        if kind not in self._posted_kinds():
            raise NotFound
        listing = self._posted_list(kind, kwargs)
        asked = listing.asked(kwargs)
        records, values = listing.read(asked)
        return request.render(
            "order_track.portal_posted_list",
            {
                **self._prepare_portal_layout_values(),
                **values,
                "page_name": "track_posted",
                "kind": kind,
                "kind_name": self._posted_names()[kind],
                "empty": self._posted_empty()[kind],
                "shut": self._posted_shut(kind),
                "heads": self._posted_heads(listing.records),
                "records": records,
                "track_heads": listing.heads(records.sudo(), asked),
                "places": {
                    name: place
                    for name, place in self._posted_places().items()
                    if f"{name}_id" in listing.records._fields
                },
                "chosen": listing.keep,
                "place_hidden": {
                    key: value
                    for key, value in listing._arguments(asked).items()
                    if key not in listing.keep
                },
                "is_desk": bool(request.env["track.post"]._desk()),
            },
        )

    @route(f"{_URL}/{_KIND}/xlsx", **_OPTIONS)
    def track_posted_xlsx(self, kind, **kwargs):
        """The list as a worksheet: all pages, with what was searched and chosen."""
        if kind not in self._posted_kinds():
            raise NotFound
        return send_worksheet(
            self._posted_list(kind, kwargs), kwargs, self._posted_names()[kind]
        )

    @route(f'{_URL}/<any("orders","reserves"):kind>/json', **_OPTIONS)
    def track_posted_json(self, kind, **kwargs):
        """The list for another system: what was asked for in the portal, above all."""
        if kind not in self._posted_kinds():
            raise NotFound
        listing = self._posted_list(kind, kwargs)
        records = listing.every(listing.asked(kwargs), _MOST_JSON)
        state = listing.records._portal_state
        names = [*records._portal_shown, state, *records._portal_more, "posted_at"]
        rows = records.read(names, load=None)
        if kind == "orders":
            lines = request.env["track.order.line"].search(
                [("order_id", "in", records.ids)]
            )
            of_orders = {}
            for line in lines.read(
                ["order_id", "item_code", "color", "dye_lot", "quantity", "unit"],
                load=None,
            ):
                of_orders.setdefault(line.pop("order_id"), []).append(line)
            for row in rows:
                row["lines"] = of_orders.get(row["id"], [])
        answer = request.make_json_response({"records": rows})
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @route(f"{_URL}/orders/<int:order_id>", **_OPTIONS)
    def track_posted_order(self, order_id, **kwargs):
        """An order: its story, and its freight."""
        order = self._posted_record("orders", order_id)
        return request.render(
            "order_track.portal_posted_order",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "track_posted",
                "kind": "orders",
                "kind_name": self._posted_names()["orders"],
                "record_name": order.name,
                "track_order": order.sudo(),
                "story": order._stories()[order.id],
                "freight": order._freight()[order.id].sudo(),
            },
        )
