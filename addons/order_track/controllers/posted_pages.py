from werkzeug.exceptions import NotFound

from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from .portal_list import Column, Filter, Group, PortalList, Search, Sorting, clean_text
from .portal_list_xlsx import local_time, send_worksheet

_URL = "/my/track"
#: Kinds by what their addresses say.
KINDS = {
    "orders": "track.order",
    "reserves": "track.reserve",
    "stock": "track.stock",
    "mill-orders": "track.mill.order",
    "freight": "track.freight",
    "products": "track.product",
    "customers": "track.customer",
}
_KIND = "<any({}):kind>".format(",".join(f'"{kind}"' for kind in KINDS))
_INVENTORY = ("stock", "mill-orders")
# of each kind on the page of a search
_FEW = 5
_MOST_COUNTED = 10_000
_MOST_JSON = 5000


class PostedPages(CustomerPortal):
    """What distributors posted, for those whose business it is.

    Which records there are is said by record rules alone: nothing is left out here.
    """

    _OPTIONS = {
        "type": "http",
        "auth": "user",
        "website": True,
        "sitemap": False,
        "methods": ["GET"],
        "readonly": True,
    }

    def _prepare_home_portal_values(self, counters):
        """Override of `portal`: whether there is posted data, for the card."""
        values = super()._prepare_home_portal_values(counters)
        if "track_posted_count" in counters:
            values["track_posted_count"] = len(self._posted_kinds())
        return values

    def _posted_kinds(self):
        """Kinds that the reader may look at.

        :rtype: list[str]
        """
        partner = request.env.user.partner_id
        if not partner:
            return []
        return [kind for kind, name in KINDS.items()
                if request.env[name].has_access("read")]  # fmt: skip

    def _posted_names(self):
        _ = request.env._
        return {
            "orders": _("Orders"),
            "reserves": _("Reserves"),
            "stock": _("Stock"),
            "mill-orders": _("Mill Orders"),
            "freight": _("Freight"),
            "products": _("Products"),
            "customers": _("Customers"),
        }

    def _posted_empty(self):
        """What is said where there is nothing yet, and what may be done."""
        _ = request.env._
        if request.env["track.post"]._desk():
            posted = _("Nothing is posted yet. Post a file to begin.")
            made = _(
                "No showroom holds anything. What they hold in the portal stands here, "
                "and what you post."
            )
        else:
            posted = _(
                "Your distributors have not posted anything for you yet. If you miss "
                "something, ask them whether your account number is right."
            )
            made = _("Nothing is held. Look for an item in Stock, and hold it.")
        return {kind: made if kind == "reserves" else posted for kind in KINDS}

    def _posted_record(self, kind, record_id):
        """One record, with the rights of the user.

        :raise NotFound: it is another's, or none
        """
        records = request.env[KINDS[kind]]
        if not records.has_access("read"):
            raise NotFound
        record = records.with_context(active_test=False).search(
            [("id", "=", record_id if 0 < record_id < 2**31 else 0)]
        )
        if not record:
            raise NotFound
        return record

    def _posted_places(self):
        """Distributors and showrooms to choose from.

        :return: ``{name of the argument: (label, partners)}``, without what gives no
            choice; as superuser
        :rtype: dict
        """
        _ = request.env._
        posted = request.env["track.posted"]
        partners_sudo = request.env["res.partner"].sudo()
        distributor = request.env["track.post"]._desk()
        places = {}
        if distributor:
            relations = request.env["trade.relation"].sudo()
            places["showroom"] = (
                _("Showroom"),
                relations.search(
                    relations._visible_companies_domain()
                    & Domain(
                        "distributor_id.commercial_partner_id", "=", distributor.id
                    )
                    & Domain("role_id.code", "=", "showroom")
                ).partner_id.commercial_partner_id.sorted("name"),
            )
        else:
            places["distributor"] = (
                _("Distributor"),
                partners_sudo.browse(self._posted_dealing(posted)).sorted("name"),
            )
        return {name: place for name, place in places.items() if len(place[1]) > 1}

    def _posted_dealing(self, posted):
        """Ids of distributors that the user deals with, in any role."""
        return list(
            dict.fromkeys(
                one
                for role in ("showroom", "sales_rep", "designer")
                for one in posted._dealing_distributors(role)
            )
        )

    def _posted_shut(self, kind):
        """Names of distributors whose stock the reader may not see."""
        if kind not in _INVENTORY:
            return []
        posted = request.env["track.posted"]
        seen = posted._inventory_distributors()
        if seen is None:
            return []
        desk = request.env["track.post"]._desk()
        all_ids = desk.ids if desk else self._posted_dealing(posted)
        shut = set(all_ids) - set(seen.ids)
        return (
            request.env["res.partner"].sudo().browse(shut).sorted("name").mapped("name")
        )

    def _posted_list(self, kind, params):
        """The list of a kind.

        :param str kind: of ``KINDS``
        :param dict params: arguments of the address
        :rtype: PortalList
        """
        records = request.env[KINDS[kind]]
        labels = self._posted_search_labels()
        within, keep = Domain.TRUE, {}
        for name, (_label, partners) in self._posted_places().items():
            chosen = str(params.get(name) or "")[:10]
            field = f"{name}_id"
            if (
                chosen.isdecimal()
                and int(chosen) in partners.ids
                and (field in records._fields)
            ):
                within &= Domain(field, "=", int(chosen))
                keep[name] = chosen
        return PortalList(
            records=records,
            url=f"{_URL}/{kind}",
            searches={
                key: Search(
                    labels[key],
                    lambda text, key=key: records._portal_find(key, text),
                )
                for key in ("all", *records._portal_paths)
            },
            filters={
                key: Filter(*one) for key, one in records._portal_filters().items()
            },
            sortings={
                key: Sorting(*one) for key, one in records._portal_sortings().items()
            },
            groups={
                key: Group(
                    label,
                    field,
                    field and (lambda one, field=field: one._portal_text(field) or "–"),
                )
                for key, (label, field) in records._portal_groups().items()
            },
            columns=self._posted_columns(records),
            within=within,
            keep=keep,
            step=self._items_per_page,
        )

    def _posted_search_labels(self):
        _ = request.env._
        return {
            "all": _("Everything"),
            "client": _("Client"),
            "number": _("Number"),
            "po": _("PO or Reference"),
            "item": _("Item or Pattern"),
            "account": _("Account Number"),
            "tracking": _("Tracking Number"),
            "lot": _("Dye Lot or Piece"),
            "city": _("City"),
        }

    def _posted_names_of(self, records):
        """Fields that say whose a record is, and how old."""
        return [
            name
            for name in ("distributor_id", "showroom_id", "as_of")
            if name in records._fields
        ]

    def _posted_columns(self, records):
        """Columns of the worksheet."""
        _ = request.env._
        state = [records._portal_state] if records._portal_state else []
        labels = {
            "distributor_id": _("Distributor"),
            "showroom_id": _("Showroom"),
            "as_of": _("As Of"),
        }
        kinds = {
            "float": "number",
            "integer": "number",
            "date": "date",
            "datetime": "datetime",
        }
        columns = []
        for name in (
            *records._portal_shown,
            *state,
            *records._portal_more,
            *self._posted_names_of(records),
        ):
            field = records._fields[name]
            kind = kinds.get(field.type, "text")

            def value(record, known, name=name, kind=kind):
                if kind == "datetime":
                    return local_time(record, record[name])
                return record._portal_text(name) if kind == "text" else record[name]

            label = labels.get(name) or field._description_string(request.env)
            columns.append(Column(label, value, kind))
        return columns

    def _posted_heads(self, records):
        """``{field: label}`` of what a list shows."""
        return {
            name: records._fields[name]._description_string(request.env)
            for name in records._portal_shown
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
