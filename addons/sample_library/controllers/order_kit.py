from odoo.exceptions import UserError
from odoo.http import request, route

from .form import whole
from .order import ORDER_URL, SampleOrderPortal


class SampleOrderKit(SampleOrderPortal):
    """Kits on the order page."""

    @route(f"{ORDER_URL}/kit", type="http", auth="user", website=True, methods=["POST"])
    def sample_order_kit(self, **post):
        """Put a whole kit on the order, in one tap; a second one changes nothing."""

        def put(draft):
            wanted = whole(post.get("kit_id"))
            kit = self._order_kits().filtered(lambda kit: kit.id == wanted)
            if not kit:
                raise UserError(request.env._("This kit is not there any more."))
            kit.sudo(False)._portal_put_on(draft, post.get("key"))
            return {
                "text": request.env._("The kit %(kit)s is on the order.", kit=kit.name)
            }

        self._change_draft(post, put)
        return request.redirect(ORDER_URL)
