from odoo.fields import Domain
from odoo.http import request, route

from .portal_list import PortalList
from .portal_list_parts import Column, Filter, Group, Search, Sorting
from .portal_list_xlsx import local_time, send_worksheet
from .portal_orders import CustomerPortal

_URL = "/my/deliveries"


class DeliveryPortal(CustomerPortal):
    """All deliveries and parcels of a customer."""

    def _prepare_home_portal_values(self, counters):
        """Override of `portal`: whether there are deliveries, for the card."""
        values = super()._prepare_home_portal_values(counters)
        if "track_delivery_count" in counters:
            values["track_delivery_count"] = (
                request.env["stock.picking"]
                .sudo()
                .search_count(self._track_delivery_domain(), limit=1)
            )
        return values

    def _track_delivery_orders(self):
        """Orders of the reader's firm, as his record rules let him read them."""
        partner = request.env.user.partner_id.commercial_partner_id
        return Domain("partner_id", "child_of", [partner.id]) & Domain(
            "state", "in", ("sale", "cancel")
        )

    def _track_delivery_domain(self):
        """Deliveries of orders that the reader may read.

        :rtype: Domain
        """
        orders = request.env["sale.order"]
        if not orders.has_access("read"):
            return Domain.FALSE
        return request.env["stock.picking"]._portal_domain(
            orders._search(self._track_delivery_orders())
        )

    def _track_delivery_list(self):
        """The list of deliveries of the reader.

        :rtype: PortalList
        """
        domain = self._track_delivery_domain()
        # the domain says which: as on the page of an order, whoever may read the order
        # sees its deliveries
        pickings = request.env["stock.picking"].sudo()
        latest = "date_done desc, id desc"
        return PortalList(
            records=pickings,
            url=_URL,
            searches=self._track_delivery_searches(domain),
            filters={
                key: Filter(*choice)
                for key, choice in pickings._portal_filters(domain).items()
            },
            sortings={
                # what is not shipped yet has no such date, and comes first
                "date": Sorting(request.env._("Newest"), latest),
                "planned": Sorting(request.env._("Planned Date"), "scheduled_date, id"),
                "number": Sorting(request.env._("Number"), "name desc, id desc"),
                "order": Sorting(request.env._("Order"), f"sale_id desc, {latest}"),
                "status": Sorting(request.env._("Status"), f"state, {latest}"),
                "ship_to": Sorting(request.env._("Ship To"), f"partner_id, {latest}"),
            },
            groups={
                "none": Group(request.env._("None")),
                "order": Group(
                    request.env._("Order"), "sale_id desc", lambda one: one.sale_id.name
                ),
                "status": Group(
                    request.env._("Status"),
                    "state",
                    lambda one: one._portal_status()[0],
                ),
                "ship_to": Group(
                    request.env._("Ship To"),
                    "partner_id",
                    lambda one: one.partner_id.display_name,
                ),
            },
            columns=self._track_delivery_columns(),
            know=self._track_delivery_known,
            step=self._items_per_page,
        )

    def _track_delivery_searches(self, domain):
        orders = request.env["sale.order"]
        scope = self._track_delivery_orders()

        def of_orders(found):
            return Domain("sale_id", "in", orders._search(scope & found))

        def tracking(text):
            parcels = request.env["stock.parcel"]._portal_numbered(text)
            return Domain("id", "in", parcels.sudo().picking_id.ids)

        def number(text):
            return of_orders(
                orders._portal_find_number(text) | orders._portal_find_reference(text)
            )

        def product(text):
            ids = orders._portal_products(text, scope)
            return Domain("move_ids", "any", [("product_id", "in", ids)])

        def ship_to(text):
            addresses = (
                request.env["stock.picking"].sudo()._read_group(domain, ["partner_id"])
            )
            ids = [address.id for (address,) in addresses if address]
            return Domain("partner_id", "in", orders._portal_addresses(ids, text))

        finds = {
            "tracking": (request.env._("Tracking Number"), tracking),
            "number": (request.env._("Order or Your Reference"), number),
            "product": (request.env._("Product or SKU"), product),
            "ship_to": (request.env._("Ship To"), ship_to),
        }

        def anything(text):
            return Domain.OR(find(text) for __, find in finds.values())

        return {
            **{key: Search(*one) for key, one in finds.items()},
            "all": Search(request.env._("Everything"), anything),
        }

    def _track_delivery_known(self, pickings):
        parcels = request.env["stock.parcel"].search(
            [("picking_id", "in", pickings.ids)], order="id"
        )
        return {
            "parcels": {
                picking.id: some
                for picking, some in parcels.sudo().grouped("picking_id").items()
            }
        }

    def _track_delivery_columns(self):
        states = dict(
            request.env["stock.parcel"]
            ._fields["state"]
            ._description_selection(request.env)
        )

        def of_parcels(value):
            return lambda picking, known: ", ".join(
                filter(None, map(value, known["parcels"].get(picking.id, ())))
            )

        return [
            Column(request.env._("Number"), lambda picking, known: picking.name),
            Column(request.env._("Order"), lambda picking, known: picking.sale_id.name),
            Column(
                request.env._("Your Reference"),
                lambda picking, known: picking.sale_id.client_order_ref,
                width=24,
            ),
            Column(
                request.env._("Status"),
                lambda picking, known: picking._portal_status()[0],
            ),
            Column(
                request.env._("Planned Date"),
                lambda picking, known: local_time(picking, picking.scheduled_date),
                "datetime",
            ),
            Column(
                request.env._("Shipped On"),
                lambda picking, known: local_time(picking, picking.date_done),
                "datetime",
            ),
            *self._track_address_columns("partner_id"),
            Column(
                request.env._("Tracking Numbers"),
                of_parcels(lambda parcel: parcel.name),
                width=40,
            ),
            Column(
                request.env._("Status of Parcels"),
                of_parcels(lambda parcel: states[parcel.state]),
                width=28,
            ),
        ]

    @route(
        [_URL, f"{_URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET"],
        readonly=True,
    )
    def portal_my_deliveries(self, **kwargs):
        """All deliveries, with their parcels."""
        listing = self._track_delivery_list()
        asked = listing.asked(kwargs)
        deliveries, values = listing.read(asked)
        return request.render(
            "order_track.portal_my_deliveries",
            {
                **self._prepare_portal_layout_values(),
                **values,
                "page_name": "track_deliveries",
                "deliveries": deliveries,
                "track_known": listing.know(deliveries),
                "track_heads": listing.heads(deliveries, asked),
            },
        )

    @route(
        f"{_URL}/xlsx",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET"],
        readonly=True,
    )
    def portal_deliveries_xlsx(self, **kwargs):
        """The list as a worksheet: all pages, with what was searched and chosen."""
        return send_worksheet(
            self._track_delivery_list(), kwargs, request.env._("Deliveries")
        )
