from werkzeug.exceptions import NotFound

from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .portal_list import Column, Filter, Group, PortalList, Search, Sorting
from .portal_list_xlsx import local_time

_URL = "/my/track"
_INVENTORY = ("stock", "mill-orders")
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


class PostedLists(CustomerPortal):
    """What distributors posted, for those whose business it is.

    Which records there are is said by record rules alone: nothing is left out here.
    """

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
        return {
            "orders": request.env._("Orders"),
            "reserves": request.env._("Reserves"),
            "stock": request.env._("Stock"),
            "mill-orders": request.env._("Mill Orders"),
            "freight": request.env._("Freight"),
            "products": request.env._("Products"),
            "customers": request.env._("Customers"),
        }

    def _posted_empty(self):
        """What is said where there is nothing yet, and what may be done."""
        if request.env["track.post"]._desk():
            posted = request.env._("Nothing is posted yet. Post a file to begin.")
            made = request.env._(
                "No showroom holds anything. What they hold in the portal stands here, "
                "and what you post."
            )
        else:
            posted = request.env._(
                "Your distributors have not posted anything for you yet. If you miss "
                "something, ask them whether your account number is right."
            )
            made = request.env._(
                "Nothing is held. Look for an item in Stock, and hold it."
            )
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
        posted = request.env["track.posted"]
        partners_sudo = request.env["res.partner"].sudo()
        distributor = request.env["track.post"]._desk()
        places = {}
        if distributor:
            relations = request.env["trade.relation"].sudo()
            places["showroom"] = (
                request.env._("Showroom"),
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
                request.env._("Distributor"),
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
        return {
            "all": request.env._("Everything"),
            "client": request.env._("Client"),
            "number": request.env._("Number"),
            "po": request.env._("PO or Reference"),
            "item": request.env._("Item or Pattern"),
            "account": request.env._("Account Number"),
            "tracking": request.env._("Tracking Number"),
            "lot": request.env._("Dye Lot or Piece"),
            "city": request.env._("City"),
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
        state = [records._portal_state] if records._portal_state else []
        labels = {
            "distributor_id": request.env._("Distributor"),
            "showroom_id": request.env._("Showroom"),
            "as_of": request.env._("As Of"),
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
