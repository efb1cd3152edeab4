from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route

from odoo.addons.trade_network.link_page import guarded


class TrackPage(Controller):
    """What became of one order, for whoever has the signed link from a mail."""

    @route(
        "/track/<int:link_id>/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET"],
    )
    def track_page(self, link_id, token, **kwargs):
        """The tracking page: no login, no prices, nothing to change."""
        link_sudo = request.env["track.link"]._find(link_id, token)
        if not link_sudo:
            raise NotFound
        link_sudo._note_use()
        if link_sudo.state != "valid":
            response = request.render(
                "order_track.track_page_gone", {"link_state": link_sudo.state}
            )
            response.status_code = 410
            return guarded(response)
        order_sudo = link_sudo.order_id
        lang = order_sudo.partner_id.lang
        if lang and lang in dict(request.env["res.lang"].get_installed()):
            # the mail was in the customer's language, and so is the page
            request.update_context(lang=lang)
            order_sudo = order_sudo.with_context(lang=lang)
        return guarded(
            request.render("order_track.track_page", order_sudo._track_values())
        )
