from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import escape_psql

from ..story.tell import RollUp

#: Fulfilment of orders whose goods are not all on their way or there.
_TO_COME = ("waiting", "partly_shipped", "partly_delivered")
_TO_PAY = ("unpaid", "partly_paid")
_UNTOLD = ("nothing", "none")


class SaleOrder(models.Model):
    """What the lists of the portal filter by, search for and show of orders."""

    _inherit = "sale.order"

    @api.model
    def _portal_filters(self, orders, partner):
        """Filters of the list of orders.

        :param Domain orders: what Odoo lists of the reader
        :param partner: ``res.partner``, the reader
        :return: ``{key: (label, domain)}``, all orders first
        :rtype: dict
        """
        today = fields.Date.context_today(self)
        own = Domain("partner_id", "child_of", [partner.commercial_partner_id.id])
        to_come = Domain("track_fulfilment", "in", _TO_COME)
        to_pay = Domain("track_payment", "in", _TO_PAY)
        late = Domain("track_promised_on", "<", today)
        back = Domain("track_return", "not in", (False, "none"))
        return {
            "all": (self.env._("All"), orders),
            "open": (self.env._("Open"), orders & (to_come | to_pay)),
            "to_ship": (
                self.env._("To be Shipped"),
                orders & Domain("track_fulfilment", "=", "waiting"),
            ),
            "part": (
                self.env._("Shipped in Part"),
                orders
                & Domain(
                    "track_fulfilment", "in", ("partly_shipped", "partly_delivered")
                ),
            ),
            "shipped": (
                self.env._("Shipped"),
                orders & Domain("track_fulfilment", "in", ("shipped", "delivered")),
            ),
            "late": (self.env._("Late"), orders & late),
            "unpaid": (self.env._("Unpaid"), orders & to_pay),
            "returned": (self.env._("Returned"), orders & back),
            "cancelled": (
                self.env._("Cancelled"),
                own & Domain("state", "=", "cancel"),
            ),
            **self._portal_day_filters(orders, "date_order"),
        }

    @api.model
    def _portal_day_filters(self, domain, fname):
        """Filters by how long ago something was.

        :param Domain domain: what they are part of
        :param str fname: the field with the time
        :rtype: dict
        """
        now = fields.Datetime.now()
        return {
            f"d{days}": (
                self.env._("Last %(days)s Days", days=days),
                domain & Domain(fname, ">=", now - timedelta(days=days)),
            )
            for days in (30, 90, 365)
        }

    # === SEARCH === #

    @api.model
    def _portal_find_number(self, text):
        return Domain("name", "ilike", escape_psql(text))

    @api.model
    def _portal_find_reference(self, text):
        return Domain("client_order_ref", "ilike", escape_psql(text))

    @api.model
    def _portal_products(self, text, scope):
        """Products of orders that have the text in their number or name.

        The products that the reader ever ordered are looked through, not all there are:
        neither other people's orders nor the catalog make it slower.

        :param str text: part of a number or of a name, or a barcode
        :param Domain scope: orders of the reader
        :return: ids
        :rtype: list[int]
        """
        ordered = self.env["sale.order.line"]._read_group(
            [("order_id", "in", self._search(scope)), ("product_id", "!=", False)],
            ["product_id"],
        )
        part = escape_psql(text)
        products = self.env["product.product"].sudo().with_context(active_test=False)
        return products.search(
            Domain("id", "in", [product.id for (product,) in ordered])
            & (
                Domain("default_code", "ilike", part)
                | Domain("name", "ilike", part)
                | Domain("barcode", "=", text)
            )
        ).ids

    @api.model
    def _portal_find_product(self, text, scope):
        ids = self._portal_products(text, scope)
        return Domain("order_line", "any", [("product_id", "in", ids)])

    @api.model
    def _portal_find_tracking(self, text):
        parcels = self.env["stock.parcel"]._portal_numbered(text)
        return Domain("id", "in", parcels.sudo().order_id.ids)

    @api.model
    def _portal_find_ship_to(self, text, scope):
        addresses = self._read_group(scope, ["partner_shipping_id"])
        found = self._portal_addresses([one.id for (one,) in addresses], text)
        return Domain("partner_shipping_id", "in", found)

    @api.model
    def _portal_addresses(self, ids, text):
        """Which of some addresses have the text in name, city or zip code.

        :param list ids: of ``res.partner``: those of the reader's own records
        :param str text: what is searched for; of a zip code, its beginning
        :return: ids
        :rtype: list[int]
        """
        part = escape_psql(text)
        addresses = self.env["res.partner"].sudo().with_context(active_test=False)
        return addresses.search(
            Domain("id", "in", ids)
            & (
                Domain("complete_name", "ilike", part)
                | Domain("city", "ilike", part)
                | Domain("zip", "=ilike", f"{part}%")
            )
        ).ids

    @api.model
    def _portal_find(self, text, scope):
        """Orders that have the text anywhere.

        :param str text: what is searched for
        :param Domain scope: orders of the reader
        :rtype: Domain
        """
        return (
            self._portal_find_number(text)
            | self._portal_find_reference(text)
            | self._portal_find_tracking(text)
            | self._portal_find_ship_to(text, scope)
            | self._portal_find_product(text, scope)
        )

    # === WHAT IS SHOWN === #

    def _portal_badges(self):
        """Status of these orders, as short as it stands in a list.

        :return: ``{order id: [(text, color of Bootstrap)]}``
        :rtype: dict[int, list[tuple[str, str]]]
        """
        today = fields.Date.context_today(self)
        texts = self._story_texts()
        late = {"fulfilment": self.env._("Late"), "payment": self.env._("Overdue")}
        badges = {}
        for order in self:
            told = []
            for kind, value, until in (
                ("fulfilment", order.track_fulfilment, order.track_promised_on),
                ("payment", order.track_payment, order.track_due_on),
                ("return", order.track_return, None),
            ):
                if value and value not in _UNTOLD:
                    told.append((texts[kind, value], RollUp(kind, value).tone))
                if until and until < today:
                    told.append((late[kind], "danger"))
            if order.state == "cancel" and order.track_fulfilment != "cancelled":
                told.insert(0, (texts["cancelled", "done"], "danger"))
            badges[order.id] = told
        return badges

    def _portal_parcels(self):
        """Parcels of these orders that the reader may see.

        :return: ``{order id: stock.parcel as superuser}``
        :rtype: dict
        """
        parcels = self.env["stock.parcel"].search(
            [("order_id", "in", self.ids)], order="id"
        )
        return {
            order.id: some for order, some in parcels.sudo().grouped("order_id").items()
        }
