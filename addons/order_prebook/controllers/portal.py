from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.sale.controllers import portal

NOTICE = "prebook_notice"


class CustomerPortal(portal.CustomerPortal):
    # === PAGES === #

    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to count the open prebooks of the customer."""
        values = super()._prepare_home_portal_values(counters)
        if "prebook_count" in counters:
            lines = request.env["sale.order.line"]
            values["prebook_count"] = (
                lines.search_count(
                    self._prebook_domain() & Domain("prebook_state", "=", "draft")
                )
                if lines.has_access("read")
                else 0
            )
        return values

    def _get_page_view_values(
        self, document, access_token, values, session_history, no_breadcrumbs, **kwargs
    ):
        """Override of `portal`: the page of an order says what became of a click."""
        if document._name == "sale.order":
            values["prebook_notice"] = request.session.pop(NOTICE, None)
            values["prebook_is_customer"] = document._prebook_is_customer(
                request.env.user
            )
        return super()._get_page_view_values(
            document, access_token, values, session_history, no_breadcrumbs, **kwargs
        )

    def _prebook_domain(self):
        """Prebook lines of the company the user belongs to."""
        commercial = request.env.user.partner_id.commercial_partner_id
        return Domain("is_prebook", "=", True) & Domain(
            "order_id.partner_id", "child_of", commercial.ids
        )

    def _prebook_sortings(self):
        return {
            "date": {
                "label": request.env._("Newest"),
                "order": "prebook_date desc, id desc",
            },
            "expected": {
                "label": request.env._("Expected On"),
                "order": "prebook_available_date, id",
            },
            "product": {
                "label": request.env._("Product"),
                "order": "product_id, id desc",
            },
        }

    def _prebook_filters(self):
        return {
            "open": {
                "label": request.env._("Open"),
                "domain": Domain("prebook_state", "=", "draft"),
            },
            "arrived": {
                "label": request.env._("Arrived"),
                "domain": Domain("prebook_state", "=", "draft")
                & Domain("prebook_qty_arrived", ">", 0),
            },
            "all": {"label": request.env._("All"), "domain": Domain.TRUE},
        }

    def _prebook_search_domain(self, search):
        # by the text of the line: customers may not read products off the shop
        return Domain("order_id.name", "ilike", search) | Domain(
            "name", "ilike", search
        )

    @route(
        ["/my/prebooks", "/my/prebooks/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_prebooks(
        self, page=1, sortby=None, filterby=None, search=None, search_in=None, **kwargs
    ):
        """The prebook lines of the customer, with search, filters and pages."""
        lines = request.env["sale.order.line"]
        sortings, filters = self._prebook_sortings(), self._prebook_filters()
        sortby = sortby if sortby in sortings else "date"
        filterby = filterby if filterby in filters else "open"
        domain = self._prebook_domain() & filters[filterby]["domain"]
        if search:
            domain &= self._prebook_search_domain(search)
        can_read = lines.has_access("read")
        pager = portal_pager(
            url="/my/prebooks",
            url_args={"sortby": sortby, "filterby": filterby, "search": search or ""},
            total=lines.search_count(domain) if can_read else 0,
            page=page,
            step=self._items_per_page,
        )
        if can_read:
            lines = lines.search(
                domain,
                order=sortings[sortby]["order"],
                limit=self._items_per_page,
                offset=pager["offset"],
            )
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "lines": lines.sudo(),
                "page_name": "prebook",
                "pager": pager,
                "default_url": "/my/prebooks",
                "sortby": sortby,
                "searchbar_sortings": sortings,
                "filterby": filterby,
                "searchbar_filters": filters,
                "search": search,
                "search_in": "all",
                "searchbar_inputs": {
                    "all": {
                        "input": "all",
                        "label": request.env._("Search in order and product"),
                    }
                },
                "prebook_notice": request.session.pop(NOTICE, None),
            }
        )
        return request.render("order_prebook.portal_my_prebooks", values)

    # === WHAT THE CUSTOMER MAY DO === #

    @route(
        "/my/orders/<int:order_id>/prebooks/<int:line_id>/check-out",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_prebook_check_out(
        self, order_id, line_id, quantity="", back=None, **kwargs
    ):
        """Check out a quantity of one of the customer's own prebook lines.

        :param str quantity: as it was typed
        :param str back: ``list`` to return to the list instead of the order
        """
        line_sudo = self._prebook_own_line(order_id, line_id)
        return self._prebook_do(
            line_sudo,
            lambda: line_sudo._prebook_customer_check_out(quantity),
            request.env._("Thank you. We will send what you checked out."),
            back,
        )

    @route(
        "/my/orders/<int:order_id>/prebooks/<int:line_id>/cancel",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_prebook_cancel(self, order_id, line_id, back=None, **kwargs):
        """Cancel what is open of one of the customer's own prebook lines."""
        line_sudo = self._prebook_own_line(order_id, line_id)
        return self._prebook_do(
            line_sudo,
            line_sudo._prebook_customer_cancel,
            request.env._("The prebook was cancelled."),
            back,
        )

    def _prebook_own_line(self, order_id, line_id):
        """A prebook line of an order of the user's own company, as superuser.

        :raise AccessError: if the order is not his
        :raise MissingError: if there is no such order or line
        """
        self._document_check_access("sale.order", order_id)
        # that answers as the superuser; here the log is to name the customer
        order_sudo = request.env["sale.order"].browse(order_id).sudo()
        if not order_sudo._prebook_is_customer(request.env.user):
            raise AccessError(request.env._("Only the customer may do this here."))
        line_sudo = order_sudo._prebook_lines().filtered(lambda one: one.id == line_id)
        if not line_sudo:
            raise MissingError(request.env._("This order has no such prebook."))
        return line_sudo

    def _prebook_do(self, line_sudo, action, done, back):
        """Run an action, note what became of it, return to where the user was."""
        notice = {"type": "success", "text": done}
        try:
            with request.env.cr.savepoint():
                action()
        except UserError as error:
            notice = {"type": "danger", "text": str(error)}
        request.session[NOTICE] = notice
        if back == "list":
            return request.redirect("/my/prebooks")
        return request.redirect(f"/my/orders/{line_sudo.order_id.id}#prebooks")
