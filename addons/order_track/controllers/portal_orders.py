from odoo.fields import Datetime, Domain
from odoo.http import request, route
from odoo.tools import format_date

from odoo.addons.sale.controllers import portal

from .portal_list import PortalList
from .portal_list_parts import Column, Filter, Group, Search, Sorting
from .portal_list_xlsx import local_time, send_worksheet


class CustomerPortal(portal.CustomerPortal):
    """Orders and quotations of customers: lists to search, filter and download."""

    def _get_sale_searchbar_sortings(self):
        """Override of `sale` to sort by more than the date."""
        return {
            **super()._get_sale_searchbar_sortings(),
            # with the id, so that no order stands on two pages
            "date": {
                "label": request.env._("Order Date"),
                "order": "date_order desc, id desc",
            },
            "name": {"label": request.env._("Number"), "order": "name desc, id desc"},
            "status": {
                "label": request.env._("Status"),
                "order": "track_fulfilment, date_order desc, id desc",
            },
            "ship_to": {
                "label": request.env._("Ship To"),
                "order": "partner_shipping_id, date_order desc, id desc",
            },
            "total": {
                "label": request.env._("Total"),
                "order": "amount_total desc, id desc",
            },
        }

    def _prepare_sale_portal_rendering_values(
        self,
        page=1,
        date_begin=None,
        date_end=None,
        sortby=None,
        quotation_page=False,
        **kwargs,
    ):
        """Override of `sale`: the same values, of a list that can be searched."""
        listing = self._track_order_list(quotation_page, date_begin, date_end)
        asked = listing.asked({**kwargs, "page": page, "sortby": sortby})
        orders, values = listing.read(asked)
        none = orders.browse()
        known = listing.know(orders)
        orders_sudo = orders.sudo()
        return {
            **self._prepare_portal_layout_values(),
            **values,
            "date": date_begin,
            "quotations": orders_sudo if quotation_page else none,
            "orders": none if quotation_page else orders_sudo,
            "page_name": "quote" if quotation_page else "order",
            "track_known": known,
            "track_heads": listing.heads(orders_sudo, asked),
        }

    def _track_order_list(self, quotation_page, date_begin=None, date_end=None):
        """The list of orders or of quotations of the reader.

        :param bool quotation_page: whether quotations are listed
        :param date_begin: as it was in the address, with ``date_end``
        :rtype: PortalList
        """
        partner = request.env.user.partner_id
        if quotation_page:
            domain = Domain(self._prepare_quotations_domain(partner))
        else:
            domain = Domain(self._prepare_orders_domain(partner))
        sortings = self._get_sale_searchbar_sortings()
        groups = self._track_order_groups()
        if quotation_page:
            sortings.pop("status")
            groups.pop("status")
        within, keep = self._track_made_between(date_begin, date_end)
        return PortalList(
            records=request.env["sale.order"],
            url="/my/quotes" if quotation_page else "/my/orders",
            searches=self._track_order_searches(domain, quotation_page),
            filters=self._track_order_filters(domain, partner, quotation_page),
            sortings={
                key: Sorting(one["label"], one["order"])
                for key, one in sortings.items()
            },
            groups=groups,
            columns=self._track_order_columns(quotation_page),
            know=self._track_order_known,
            within=within,
            keep=keep,
            step=self._items_per_page,
        )

    def _track_made_between(self, date_begin, date_end):
        """What core's addresses may have: orders made between two times."""
        try:
            times = Datetime.to_datetime(date_begin), Datetime.to_datetime(date_end)
        except (TypeError, ValueError):
            times = None, None
        if not all(times):
            return Domain.TRUE, {}
        begin, end = times
        return (
            Domain("create_date", ">", begin) & Domain("create_date", "<=", end),
            {"date_begin": date_begin, "date_end": date_end},
        )

    def _track_order_searches(self, domain, quotation_page):
        orders = request.env["sale.order"]
        # what the reader may see at all, so that cancelled orders are found too
        partner = request.env.user.partner_id.commercial_partner_id
        scope = domain | Domain("partner_id", "child_of", [partner.id])
        searches = {
            "all": Search(
                request.env._("Everything"),
                lambda text: orders._portal_find(text, scope),
            ),
            "number": Search(request.env._("Number"), orders._portal_find_number),
            "reference": Search(
                request.env._("Your Reference"), orders._portal_find_reference
            ),
            "product": Search(
                request.env._("Product or SKU"),
                lambda text: orders._portal_find_product(text, scope),
            ),
            "tracking": Search(
                request.env._("Tracking Number"), orders._portal_find_tracking
            ),
            "ship_to": Search(
                request.env._("Ship To"),
                lambda text: orders._portal_find_ship_to(text, scope),
            ),
        }
        if quotation_page:
            searches.pop("tracking")
        return searches

    def _track_order_filters(self, domain, partner, quotation_page):
        orders = request.env["sale.order"]
        if quotation_page:
            choices = {
                "all": (request.env._("All"), domain),
                **orders._portal_day_filters(domain, "date_order"),
            }
        else:
            choices = orders._portal_filters(domain, partner)
        return {key: Filter(*choice) for key, choice in choices.items()}

    def _track_order_groups(self):
        texts = request.env["sale.order"]._story_texts()
        return {
            "none": Group(request.env._("None")),
            "status": Group(
                request.env._("Status"),
                "track_fulfilment",
                lambda order: texts["fulfilment", order.track_fulfilment or "nothing"],
            ),
            "month": Group(
                request.env._("Month"),
                "date_order desc",
                lambda order: format_date(
                    order.env,
                    local_time(order, order.date_order),
                    date_format="MMMM y",
                ),
            ),
            "ship_to": Group(
                request.env._("Ship To"),
                "partner_shipping_id",
                lambda order: order.partner_shipping_id.display_name,
            ),
        }

    def _track_order_known(self, orders):
        return {
            "badges": orders.sudo()._portal_badges(),
            "parcels": orders._portal_parcels(),
        }

    def _track_order_columns(self, quotation_page):
        """Columns of the worksheet.

        :rtype: list[Column]
        """

        def texts(order, known):
            return ", ".join(text for text, __ in known["badges"][order.id])

        def numbers(order, known):
            parcels = known["parcels"].get(order.id, ())
            return ", ".join(parcel.name for parcel in parcels)

        return [
            Column(request.env._("Number"), lambda order, known: order.name),
            Column(
                request.env._("Your Reference"),
                lambda order, known: order.client_order_ref,
                width=24,
            ),
            Column(
                request.env._("Order Date"),
                lambda order, known: local_time(order, order.date_order),
                "datetime",
            ),
            *self._track_address_columns("partner_shipping_id"),
            *(
                [
                    Column(
                        request.env._("Valid Until"),
                        lambda order, known: order.validity_date,
                        "date",
                    )
                ]
                if quotation_page
                else [
                    Column(request.env._("Status"), texts, width=28),
                    Column(
                        request.env._("Promised For"),
                        lambda order, known: order.track_promised_on,
                        "date",
                    ),
                    Column(request.env._("Tracking Numbers"), numbers, width=40),
                ]
            ),
            Column(
                request.env._("Total"),
                lambda order, known: order.amount_total,
                "number",
            ),
            Column(
                request.env._("Currency"),
                lambda order, known: order.currency_id.name,
                width=10,
            ),
        ]

    def _track_address_columns(self, fname):
        """Columns of an address: name, city, zip code."""
        return [
            Column(
                request.env._("Ship To"),
                lambda record, known: record[fname].display_name,
                width=32,
            ),
            Column(request.env._("City"), lambda record, known: record[fname].city),
            Column(
                request.env._("Zip Code"),
                lambda record, known: record[fname].zip,
                width=12,
            ),
        ]

    @route()
    def portal_my_quotes(self, quotation_page=None, **kwargs):
        """Override of `sale`: ``quotation_page`` is not for addresses."""
        return super().portal_my_quotes(**kwargs)

    @route()
    def portal_my_orders(self, quotation_page=None, **kwargs):
        """Override of `sale`: ``quotation_page`` is not for addresses."""
        return super().portal_my_orders(**kwargs)

    @route(
        ["/my/orders/xlsx", "/my/quotes/xlsx"],
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET"],
        readonly=True,
    )
    def portal_orders_xlsx(self, date_begin=None, date_end=None, **kwargs):
        """The list as a worksheet: all pages, with what was searched and chosen."""
        quotation_page = request.httprequest.path.endswith("/my/quotes/xlsx")
        listing = self._track_order_list(quotation_page, date_begin, date_end)
        name = (
            request.env._("Quotations") if quotation_page else request.env._("Orders")
        )
        return send_worksheet(listing, kwargs, name)
