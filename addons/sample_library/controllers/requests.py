from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from .form import tell, told
from .order import ORDER_URL, REQUESTS_URL

_STEP = 20
_LAST_ID = 2**31 - 1


class SampleRequestPortal(CustomerPortal):
    """What became of the samples that were asked for by, or for, the user."""

    def _request_filters(self):
        return {
            "open": request.env._("Open"),
            "backorder": request.env._("Backordered"),
            "done": request.env._("Done"),
            "all": request.env._("All"),
        }

    def _request_sortings(self):
        return {
            "newest": (request.env._("Newest first"), "requested_at desc, id desc"),
            "needed": (request.env._("Needed first"), "needed_on, id desc"),
            "name": (request.env._("Designer"), "recipient_name, id desc"),
        }

    @route(
        [REQUESTS_URL, f"{REQUESTS_URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def sample_requests(
        self, page=1, search="", filterby="open", sortby="newest", groupby="", **_kw
    ):
        """The list, with search, filters and pages."""
        requests = request.env["sample.request"]
        if not request.env["sample.order"]._portal_roles():
            raise request.not_found()
        filters, sortings = self._request_filters(), self._request_sortings()
        filterby = filterby if filterby in filters else "open"
        sortby = sortby if sortby in sortings else "newest"
        groupby = "distributor" if groupby == "distributor" else ""
        domain = (
            requests._portal_domain()
            & requests._portal_state_domains()[filterby]
            & requests._portal_search_domain(search)
        )
        order = sortings[sortby][1]
        pager = portal_pager(
            url=REQUESTS_URL,
            url_args={
                "search": search,
                "filterby": filterby,
                "sortby": sortby,
                "groupby": groupby,
            },
            total=requests.search_count(domain),
            page=page,
            step=_STEP,
        )
        found = requests.search(
            domain,
            order=f"distributor_name, {order}" if groupby else order,
            limit=_STEP,
            offset=pager["offset"],
        )
        return request.render(
            "sample_library.portal_requests",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sample_request",
                "told": told(),
                # names of samples and people, which portal users may not read
                "requests": found.sudo(),
                "pager": pager,
                "search": search[:200],
                "filterby": filterby,
                "filters": filters,
                "sortby": sortby,
                "sortings": {key: label for key, (label, _order) in sortings.items()},
                "groupby": groupby,
            },
        )

    def _find_request(self, request_id):
        """A request of the user.

        :return: ``sample.request`` with the rights of the superuser
        :raise AccessError: if it is not his
        :raise MissingError: if it is none
        """
        if not request.env["sample.order"]._portal_roles():
            raise request.not_found()
        # of a number that no id reaches, the database says nothing but an error
        if request_id > _LAST_ID:
            raise MissingError(request.env._("This request is not there."))
        request_sudo = self._document_check_access("sample.request", request_id)
        if not request_sudo.filtered_domain(
            request.env["sample.request"]._portal_domain()
        ):
            raise AccessError(request.env._("This request is not yours."))
        return request_sudo

    @route(
        f"{REQUESTS_URL}/<int:request_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def sample_request(self, request_id, **_kw):
        """One request: its samples, and what was answered."""
        try:
            request_sudo = self._find_request(request_id)
        except (AccessError, MissingError):
            return request.redirect("/my")
        own = request.env["sample.request"].browse(request_id)
        return request.render(
            "sample_library.portal_request",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sample_request",
                "told": told(),
                "sample_request": request_sudo,
                "may_cancel": request_sudo.open_count and own._portal_is_asker(),
            },
        )

    @route(
        f"{REQUESTS_URL}/<int:request_id>/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def sample_request_cancel(self, request_id, **_kw):
        """Give up what is open."""
        try:
            self._find_request(request_id)
        except (AccessError, MissingError):
            return request.redirect("/my")
        own = request.env["sample.request"].browse(request_id)
        try:
            if own._portal_cancel():
                tell(request.env._("What was open is cancelled."))
            else:
                tell(request.env._("Nothing is open any more."), "warning")
        except UserError as error:
            tell(str(error), "danger")
        return request.redirect(f"{REQUESTS_URL}/{request_id}")

    @route(
        f"{REQUESTS_URL}/<int:request_id>/again",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def sample_request_again(self, request_id, **_kw):
        """Put the same samples on the order the user is working on."""
        try:
            request_sudo = self._find_request(request_id)
        except (AccessError, MissingError):
            return request.redirect("/my")
        try:
            with request.env.cr.savepoint():
                draft = request.env["sample.order"]._portal_take(0)
                left_out = draft._portal_repeat(request_sudo)
        except UserError as error:
            tell(str(error), "danger")
            return request.redirect(f"{REQUESTS_URL}/{request_id}")
        if left_out:
            tell(
                request.env._(
                    "These cannot be asked for any more: %(names)s. The others are on "
                    "the order.",
                    names=", ".join(left_out),
                ),
                "warning",
            )
        else:
            tell(request.env._("The samples are on the order."))
        return request.redirect(ORDER_URL)
