import json

from odoo import fields
from odoo.http import Controller, request, route

from ..models.distributor_stock_answer import StockQuestion

MOST_BYTES = 200_000


class StockService(Controller):
    @route(
        "/distributor_feeds/v1/stock",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        sitemap=False,
    )
    def stock(self, **_form):
        """Stock, date and price of up to 500 codes, for another shop.

        Needs ``Authorization: Bearer <key>`` and a body like ``{"codes": ["A1"]}``.
        """
        kind, _space, key = request.httprequest.headers.get(
            "Authorization", ""
        ).partition(" ")
        asking = request.env["distributor.stock.key"]
        if kind.lower() == "bearer":
            asking = asking._of(key.strip())
        if not asking:
            return _say(
                {"error": "Send a key that is valid: Authorization: Bearer …"}, 401
            )
        length = request.httprequest.content_length
        if length is None or length > MOST_BYTES:
            return _say(
                {"error": f"Send at most {MOST_BYTES} bytes, and say how many."}, 413
            )
        try:
            codes = asking._checked_codes(json.loads(request.httprequest.get_data()))
        except StockQuestion as problem:
            return _say({"error": str(problem)}, 400)
        except (ValueError, RecursionError):
            return _say({"error": "The body is no JSON."}, 400)
        at = fields.Datetime.now().isoformat() + "Z"
        return _say({"at": at, "items": asking._answer(codes)})


def _say(body, status=200):
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return request.make_json_response(body, headers=headers, status=status)
