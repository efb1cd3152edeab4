import json

from odoo.http import route

from odoo.addons.order_review.exceptions import ReviewError
from odoo.addons.website_event_booth.controllers import event_booth
from odoo.addons.website_event_booth_sale.controllers import event_booth as booth_sale


# On top of both: the two of Odoo do not know each other, and which one answers would
# depend on which was imported first.
class WebsiteEventBoothController(
    booth_sale.WebsiteEventBoothController, event_booth.WebsiteEventBoothController
):
    @route()
    def event_booth_registration_confirm(self, event, *args, **kwargs):
        """Override of `website_event_booth_sale` to show a held free booth in the cart.

        The gate has undone the confirmation by then, and nothing but that.
        """
        try:
            return super().event_booth_registration_confirm(event, *args, **kwargs)
        except ReviewError:
            return json.dumps({"redirect": "/shop/cart"})
