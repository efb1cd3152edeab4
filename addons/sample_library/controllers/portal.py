from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers import portal
from odoo.addons.portal.controllers.portal import pager as portal_pager


class CustomerPortal(portal.CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to count the samples the user has borrowed."""
        values = super()._prepare_home_portal_values(counters)
        if "sample_count" in counters:
            loans = request.env["sample.loan"]
            domain = self._sample_domain() & Domain("is_open", "=", True)
            values["sample_count"] = (
                loans.search_count(domain) if loans.has_access("read") else 0
            )
        return values

    def _sample_domain(self):
        """What the user himself has borrowed, also if he may see more."""
        return Domain("person_id", "=", request.env.user.partner_id.id)

    def _sample_filters(self):
        return {
            "open": {
                "label": request.env._("With Me"),
                "domain": Domain("is_open", "=", True),
            },
            "overdue": {
                "label": request.env._("Overdue"),
                "domain": Domain("state", "=", "overdue"),
            },
            "all": {"label": request.env._("All"), "domain": Domain.TRUE},
        }

    def _sample_sortings(self):
        return {
            "due": {"label": request.env._("Due Date"), "order": "due_date, id"},
            "newest": {
                "label": request.env._("Newest"),
                "order": "lent_at desc, id desc",
            },
        }

    @route(
        ["/my/samples", "/my/samples/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_samples(self, page=1, sortby=None, filterby=None, **kwargs):
        """The samples the user has borrowed, with filters and pages."""
        loans = request.env["sample.loan"]
        sortings, filters = self._sample_sortings(), self._sample_filters()
        sortby = sortby if sortby in sortings else "due"
        filterby = filterby if filterby in filters else "open"
        domain = self._sample_domain() & filters[filterby]["domain"]
        can_read = loans.has_access("read")
        pager = portal_pager(
            url="/my/samples",
            url_args={"sortby": sortby, "filterby": filterby},
            total=loans.search_count(domain) if can_read else 0,
            page=page,
            step=self._items_per_page,
        )
        if can_read:
            loans = loans.search(
                domain,
                order=sortings[sortby]["order"],
                limit=self._items_per_page,
                offset=pager["offset"],
            )
        values = self._prepare_portal_layout_values()
        values.update(
            {
                # names of items and libraries, which portal users may not list
                "loans": loans.sudo(),
                "page_name": "sample",
                "pager": pager,
                "default_url": "/my/samples",
                "sortby": sortby,
                "searchbar_sortings": sortings,
                "filterby": filterby,
                "searchbar_filters": filters,
            }
        )
        return request.render("sample_library.portal_my_samples", values)
