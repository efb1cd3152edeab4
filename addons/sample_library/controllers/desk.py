from werkzeug.exceptions import NotFound

from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.trade_network.context import as_system

from ..tags import storable
from .desk_page import MESSAGES, is_number, page_values, ticket

_MOST_TICKETS = 500
_SEARCH_LENGTH = 100


class SampleDesk(CustomerPortal):
    """The sample department of a distributor, logged in to the portal."""

    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to count what is open at the sample desk."""
        values = super()._prepare_home_portal_values(counters)
        if "sample_desk_count" in counters:
            values["sample_desk_count"] = (
                request.env["sample.request"].search_count(
                    self._desk_domain() & self._desk_filters()["open"]["domain"]
                )
                if self._is_desk()
                else 0
            )
        return values

    def _is_desk(self):
        return request.env.user.has_group("trade_network.group_trade_distributor")

    def _desk_domain(self):
        return request.env["sample.request"]._desk_domain()

    def _desk_requests(self, ids):
        """Requests of the user's sample department.

        :param list[int] ids: as they came from outside
        :return: those that are, with the rights of the superuser
        :raise NotFound: if the user has none
        """
        if not self._is_desk():
            raise NotFound
        ids = [one for one in ids if 0 < one < 2**31]
        return as_system(
            request.env["sample.request"].search(
                Domain("id", "in", ids) & self._desk_domain()
            )
        )

    def _desk_request(self, request_id):
        found = self._desk_requests([request_id])
        if not found:
            raise NotFound
        return found

    def _desk_filters(self):
        def one(label, *conditions):
            return {"label": label, "domain": Domain(conditions)}

        return {
            "open": one(
                request.env._("Open"), ("state", "in", ("new", "working", "backorder"))
            ),
            "new": one(request.env._("New"), ("state", "=", "new")),
            "backorder": one(request.env._("Backordered"), ("state", "=", "backorder")),
            "done": one(request.env._("Done"), ("state", "in", ("done", "cancelled"))),
            "twins": one(request.env._("Duplicates"), ("twin_count", ">", 0)),
            "unprinted": one(
                request.env._("Not Printed"),
                ("printed_at", "=", False),
                ("open_count", ">", 0),
            ),
            "all": one(request.env._("All")),
        }

    def _desk_sortings(self):
        return {
            "newest": {
                "label": request.env._("Newest"),
                "order": "requested_at desc, id desc",
            },
            "oldest": {"label": request.env._("Oldest"), "order": "requested_at, id"},
            "needed": {
                "label": request.env._("Needed On"),
                "order": "needed_on, requested_at, id",
            },
            "name": {"label": request.env._("Number"), "order": "name, id"},
        }

    def _desk_inputs(self):
        """Where a text is looked for."""
        fields = {
            "name": (request.env._("Search in Numbers"), "name"),
            "designer": (request.env._("Search in Designers"), "recipient_name"),
            "project": (request.env._("Search in Projects"), "project"),
            "sample": (request.env._("Search in Samples"), "line_ids.name"),
            "showroom": (request.env._("Search in Showrooms"), "showroom_id.name"),
        }
        inputs = {"all": {"input": "all", "label": request.env._("Search Everywhere")}}
        for name, (label, field) in fields.items():
            inputs[name] = {"input": name, "label": label, "field": field}
        return inputs

    def _desk_search_domain(self, search, search_in):
        if not search:
            return Domain.TRUE
        return Domain.OR(
            Domain(one["field"], "ilike", search)
            for name, one in self._desk_inputs().items()
            if "field" in one and search_in in ("all", name)
        )

    @route(
        ["/my/samples/desk", "/my/samples/desk/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def sample_desk(
        self,
        page=1,
        sortby=None,
        filterby=None,
        search="",
        search_in="all",
        missing="",
        **kwargs,
    ):
        """What the user's company is asked for, with filters, a search and pages."""
        if not self._is_desk():
            return request.redirect("/my")
        sortings, filters = self._desk_sortings(), self._desk_filters()
        inputs = self._desk_inputs()
        sortby = sortby if sortby in sortings else "newest"
        filterby = filterby if filterby in filters else "open"
        search_in = search_in if search_in in inputs else "all"
        search = storable(search, _SEARCH_LENGTH)
        # showrooms and lines are looked into with more rights than the user has
        ours = request.env["sample.request"]._search(self._desk_domain())
        requests_sudo = request.env["sample.request"].sudo()
        domain = (
            Domain("id", "in", ours)
            & filters[filterby]["domain"]
            & self._desk_search_domain(search, search_in)
        )
        pager = portal_pager(
            url="/my/samples/desk",
            url_args={
                "sortby": sortby,
                "filterby": filterby,
                "search": search,
                "search_in": search_in,
            },
            total=requests_sudo.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        requests_sudo = requests_sudo.search(
            domain,
            order=sortings[sortby]["order"],
            limit=self._items_per_page,
            offset=pager["offset"],
        )
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "sample_requests": requests_sudo,
                "page_name": "sample_desk",
                "pager": pager,
                "default_url": "/my/samples/desk",
                "sortby": sortby,
                "searchbar_sortings": sortings,
                "filterby": filterby,
                "searchbar_filters": filters,
                "search": search,
                "search_in": search_in,
                "searchbar_inputs": inputs,
                "missing": bool(missing),
            }
        )
        return request.render("sample_library.desk_inbox", values)

    @route(
        "/my/samples/desk/tickets",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def sample_desk_tickets(self, **kwargs):
        """One picking list for several requests, and a ticket for each."""
        form = request.httprequest.form
        name = "page_ids" if form.get("whole_page") else "ids"
        ids = [int(one) for one in form.getlist(name) if is_number(one)]
        found = self._desk_requests(ids[:_MOST_TICKETS]).filtered("open_count")
        if not found:
            return request.redirect("/my/samples/desk?missing=1")
        return ticket(found, request.env.user.name)

    @route("/my/samples/desk/<int:request_id>", type="http", auth="user", website=True)
    def sample_desk_request(self, request_id, said="", **kwargs):
        """One request, with the form to answer it."""
        return self._desk_render(
            self._desk_request(request_id), outcome=said if said in MESSAGES else ""
        )

    def _desk_render(self, request_sudo, **kwargs):
        base_url = f"/my/samples/desk/{request_sudo.id}"
        values = self._prepare_portal_layout_values()
        values.update(page_values(request_sudo, base_url, **kwargs))
        company = request.env.user.commercial_partner_id
        values.update(
            page_name="sample_desk",
            own_items=request_sudo._own_items(company).sorted("name"),
        )
        return request.render("sample_library.desk_request_page", values)

    @route(
        "/my/samples/desk/<int:request_id>/answer",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def sample_desk_answer(self, request_id, **form):
        """Answer a request; what is wrong is shown beside what was typed."""
        request_sudo = self._desk_request(request_id)
        outcome, errors = request_sudo._submit(form, answered_by=request.env.user.name)
        if outcome in MESSAGES:
            return request.redirect(f"/my/samples/desk/{request_id}?said={outcome}")
        return self._desk_render(
            request_sudo, form=form, outcome=outcome, errors=errors
        )

    @route(
        "/my/samples/desk/<int:request_id>/ticket",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def sample_desk_ticket(self, request_id, **kwargs):
        """The picking ticket of one request."""
        return ticket(self._desk_request(request_id), request.env.user.name)

    @route(
        "/my/samples/desk/<int:request_id>/bins",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def sample_desk_bins(self, request_id, **form):
        """Keep in which bins the user's company has the samples."""
        self._desk_request(request_id)._set_bins(
            form, request.env.user.commercial_partner_id
        )
        return request.redirect(f"/my/samples/desk/{request_id}?said=bins")
