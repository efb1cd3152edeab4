from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..quick import QuantityError, Wanted
from .quick_order import QuickOrder, _whole

_URL = "/my/reorder-lists"


class ReorderLists(CustomerPortal):
    """Lists of a customer; record rules say which he sees and which he may change."""

    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to count the lists."""
        values = super()._prepare_home_portal_values(counters)
        if "reorder_list_count" in counters:
            Lists = request.env["sale.reorder.list"]
            values["reorder_list_count"] = (
                Lists.search_count([]) if Lists.has_access("read") else 0
            )
        return values

    def _reorder_list(self, list_id, operation="read"):
        """A list with the rights of the visitor.

        :raise AccessError: or ``MissingError``, where he has no such right to it
        """
        found = request.env["sale.reorder.list"].browse(list_id).exists()
        if not found:
            raise MissingError(request.env._("This list does not exist any more."))
        found.check_access(operation)
        return found

    def _reorder_lists_of_visitor(self):
        """Lists the visitor may see: for internal users that is more than their own."""
        partner = request.env.user.partner_id
        return request.env["sale.reorder.list"].search(
            [
                ("commercial_partner_id", "=", partner.commercial_partner_id.id),
                "|",
                ("partner_id", "=", partner.id),
                ("is_shared", "=", True),
            ]
        )

    @route(_URL, type="http", auth="user", website=True, sitemap=False)
    def reorder_lists(self, **_kw):
        """One's own lists and those that colleagues share."""
        return request.render(
            "order_entry.reorder_lists",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "reorder_lists",
                "lists": self._reorder_lists_of_visitor(),
                "has_cart": bool(request.cart and request.cart.order_line),
            },
        )

    @route(
        f"{_URL}/save", type="http", auth="user", methods=["POST"], website=True,
        sitemap=False,
    )  # fmt: skip
    def reorder_list_save(self, name="", order_id=None, **_kw):
        """Save the cart, or an order, as a new list."""
        Lists = request.env["sale.reorder.list"]
        if order_id:
            try:
                order_sudo = self._document_check_access("sale.order", _whole(order_id))
            except (AccessError, MissingError):
                return request.redirect("/my")
        else:
            order_sudo = request.cart
        wanted = Lists._wanted_of_order(order_sudo) if order_sudo else []
        if not wanted:
            return request.redirect(_URL)
        new = Lists.create(
            {
                "name": name.strip()[:100]
                or request.env._("List of %(order)s", order=order_sudo.name),
                "partner_id": request.env.user.partner_id.id,
            }
        )
        new._fill(wanted)
        return request.redirect(f"{_URL}/{new.id}")

    @route(
        f"{_URL}/<int:list_id>", type="http", auth="user", methods=["GET", "POST"],
        website=True, sitemap=False,
    )  # fmt: skip
    def reorder_list(self, list_id, **post):
        """The list as an order form, its quantities filled in."""
        try:
            found = self._reorder_list(list_id)
        except (AccessError, MissingError):
            return request.redirect(_URL)
        values, answers = {}, None
        for line in found.line_ids:
            key = str(line.product_id.id)
            values.setdefault(f"qty_{key}", f"{line.quantity:g}")
            values.setdefault(f"uom_{key}", line.uom_id.id)
        if request.httprequest.method == "POST":
            sent = {k: v for k, v in post.items() if k[:4] in ("qty_", "uom_")}
            answers = QuickOrder()._quick_order_add_fields(sent)
            values = sent
        website = request.website
        products = found.line_ids.product_id._quick_order_allowed(website)
        rows = request.env["sale.quick.page"]._rows(products, website, values, answers)
        return request.render(
            "order_entry.reorder_list",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "reorder_lists",
                "reorder_list": found,
                "is_own": found._is_own(),
                "gone": len(found.line_ids.product_id) - len(products),
                "quick_order_rows": rows,
                **QuickOrder()._quick_order_summary(rows, answers),
            },
        )

    @route(
        f"{_URL}/<int:list_id>/change", type="http", auth="user", methods=["POST"],
        website=True, sitemap=False,
    )  # fmt: skip
    def reorder_list_change(self, list_id, name="", is_shared="", delete="", **_kw):
        """Rename, share or delete a list."""
        try:
            found = self._reorder_list(list_id, "write")
            if delete:
                found.unlink()
                return request.redirect(_URL)
            found.write({"name": name.strip()[:100] or found.name,
                         "is_shared": bool(is_shared)})  # fmt: skip
        except (AccessError, MissingError):
            return request.redirect(_URL)
        return request.redirect(f"{_URL}/{list_id}")

    @route(
        f"{_URL}/<int:list_id>/line", type="http", auth="user", methods=["POST"],
        website=True, sitemap=False,
    )  # fmt: skip
    def reorder_list_line(self, list_id, code="", quantity="1", remove="", **_kw):
        """Add a product by its code, or take one out."""
        try:
            found = self._reorder_list(list_id, "write")
        except (AccessError, MissingError):
            return request.redirect(_URL)
        url = f"{_URL}/{list_id}"
        if remove:
            found.line_ids.filtered(
                lambda line: line.product_id.id == _whole(remove)
            ).unlink()
            return request.redirect(url)
        codes = request.env["sale.quick.codes"]._find([code], request.website)
        hits = codes.get(code.strip().lower(), [])
        if len(hits) != 1:
            return request.redirect(f"{url}?problem=code#reorder_change")
        ((product, uom_id),) = hits
        uom = request.env["uom.uom"].browse(uom_id) or product.uom_id
        try:
            number = request.env["sale.quick.boxes"]._read_quantity(
                quantity, uom._quick_order_digits()
            )
        except QuantityError:
            number = None
        if not number:
            return request.redirect(f"{url}?problem=quantity#reorder_change")
        found._fill([Wanted("new", product.id, number, uom.id)])
        return request.redirect(url)
