import re
from urllib.parse import quote

from odoo.fields import Domain
from odoo.http import request, route

from .rep import RepPortal, plain_text

_SOME = 10


def route_links(address):
    """Links that show the way to an address.

    :param str address: in lines or with commas
    :return: for any browser, and for the phone's own map; nothing without an address
    :rtype: dict[str, str]
    """
    text = ", ".join(part.strip() for part in address.splitlines() if part.strip())
    if not text:
        return {}
    place = quote(text, safe="")
    return {
        "web": f"https://www.google.com/maps/dir/?api=1&destination={place}",
        "geo": f"geo:0,0?q={place}",
    }


class RepCustomers(RepPortal):
    @route(
        ["/my/rep/customers", "/my/rep/customers/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def rep_customers(self, page=1, search="", **kwargs):
        """The rep's customers, by name."""
        self._rep_check()
        search = search.replace("\0", "").strip()[:100]
        customers, pager = self._rep_list(
            "res.partner",
            self._rep_customers_domain(search),
            "/my/rep/customers",
            page,
            {"search": search},
            order="complete_name, id",
        )
        return self._rep_render(
            "order_track.rep_customers",
            "customers",
            customers=customers.sudo(),
            pager=pager,
            search=search,
            counts={
                which: self._rep_count_orders(customers, which)
                for which in ("open", "late")
            },
        )

    def _rep_customers_domain(self, search):
        """Customers of the rep that a search finds, by themselves or their contacts."""
        domain = request.env["res.partner"]._track_customer_companies()
        if not search:
            return domain
        found = Domain.OR(
            Domain(name, "ilike", plain_text(search))
            for name in ("name", "city", "phone", "ref", "email")
        )
        digits = re.sub(r"\D", "", search)
        if len(digits) >= 5 and not re.search(r"[^\d\s()+/.-]", search):
            # numbers are written in many ways
            found |= Domain("phone", "=ilike", f"%{'%'.join(digits)}%")
        return domain & (found | Domain("child_ids", "any", found))

    def _rep_count_orders(self, customers, which):
        """How many orders customers have.

        :param str which: see ``_track_rep_orders``
        :return: per id of the customer
        :rtype: dict[int, int]
        """
        orders = request.env["sale.order"]
        domain = orders._track_rep_orders(
            which, Domain("partner_id.commercial_partner_id", "in", customers.ids)
        )
        counts = {}
        for partner, count in orders._read_group(domain, ["partner_id"], ["__count"]):
            company = partner.sudo().commercial_partner_id.id
            counts[company] = counts.get(company, 0) + count
        return counts

    @route(
        "/my/rep/customers/<int:partner_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def rep_customer(self, partner_id, **kwargs):
        """One customer: how to reach him, his orders, what to come back to."""
        self._rep_check()
        customer = self._rep_customer(partner_id)
        orders = request.env["sale.order"]
        own = Domain("partner_id.commercial_partner_id", "=", customer.id)
        late = orders.search(
            orders._track_rep_orders("late", own), order="date_order desc", limit=_SOME
        )
        opened = orders.search(
            orders._track_rep_orders("open", own), order="date_order desc", limit=_SOME
        )
        closed = orders.search(
            orders._track_rep_orders("closed", own),
            order="date_order desc",
            limit=_SOME,
        )
        follow_ups = request.env["track.follow.up"].search(
            Domain("partner_id", "child_of", customer.id)
            & Domain("done_at", "=", False),
            limit=50,
        )
        contacts = request.env["res.partner"].search(
            Domain("parent_id", "=", customer.id), limit=50
        )
        customer_sudo = customer.sudo()
        return self._rep_render(
            "order_track.rep_customer",
            "customers",
            customer=customer_sudo,
            contacts=contacts.sudo(),
            links=route_links(customer_sudo._display_address(without_company=True)),
            route_links=route_links,
            late_ids=late.ids,
            order_groups=[
                ("late", request.env._("Late"), late.sudo()),
                ("open", request.env._("Open"), (opened - late).sudo()),
                ("closed", request.env._("Closed"), closed.sudo()),
            ],
            follow_ups=follow_ups.sudo(),
        )
