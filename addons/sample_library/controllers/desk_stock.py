import secrets

from odoo.exceptions import UserError
from odoo.http import request, route

from ..models.sample_request_line import MAX_QUANTITY
from ..tags import storable
from .desk import SampleDesk
from .desk_page import is_number

_KEY_LENGTH = 64


class SampleDeskStock(SampleDesk):
    """Samples came in: who asked first gets them first."""

    def _stock_values(self, item_id="", count="", error="", done=0):
        """What the page shows.

        :param str item_id: as it came from outside
        :param str count: as it came from outside
        :param str error: why nothing was done
        :param int done: number of requests that were answered
        :rtype: dict
        """
        requests = request.env["sample.request"]
        waiting = requests._waiting_lines([("item_id", "!=", False)])
        items = waiting.item_id.sorted("name")
        item = items.filtered(lambda one: str(one.id) == item_id)
        shares, twins = {}, waiting.browse()
        if item and count:
            pieces = int(count) if is_number(count) else 0
            if 1 <= pieces <= MAX_QUANTITY:
                shares, twins = requests._propose_fill(item.id, pieces)
            else:
                error = request.env._(
                    "Give the number of pieces that came in: 1 to %(most)s.",
                    most=MAX_QUANTITY,
                )
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="sample_desk",
            items=items,
            item=item,
            count=count,
            shares=shares,
            twins=twins,
            waiting=waiting.filtered(lambda line: line.item_id == item),
            error=error,
            done=done,
            key=secrets.token_urlsafe(16),
        )
        return values

    @route(
        "/my/samples/desk/stock",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def sample_desk_stock(self, item_id="", count="", done="", **kwargs):
        """Propose who gets what of an item that came in."""
        if not self._is_desk():
            return request.redirect("/my")
        return request.render(
            "sample_library.desk_stock",
            self._stock_values(
                item_id,
                storable(count, 10),
                done=int(done) if is_number(done) else 0,
            ),
        )

    @route(
        "/my/samples/desk/stock/ship",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def sample_desk_stock_ship(self, item_id="", count="", key="", **form):
        """Ship what was proposed."""
        if not self._is_desk():
            return request.redirect("/my")
        expected = {
            int(name[5:]): int(value)
            for name, value in form.items()
            if name.startswith("line_") and is_number(name[5:]) and is_number(value)
        }
        try:
            shipped = request.env["sample.request"]._ship_fill(
                int(item_id) if is_number(item_id) else 0,
                int(count) if is_number(count) else 0,
                expected,
                key=storable(key, _KEY_LENGTH),
            )
        except UserError as error:
            return request.render(
                "sample_library.desk_stock",
                self._stock_values(item_id, storable(count, 10), error=str(error)),
            )
        return request.redirect(f"/my/samples/desk/stock?done={len(shipped) or 1}")
