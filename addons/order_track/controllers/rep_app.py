"""The rep's pages as an app of the phone, and what it forgets."""

from odoo.http import Controller, request, route
from odoo.tools import file_open

from odoo.addons.web.controllers.session import Session

_SCOPE = "/my/rep"
_ICON = "/order_track/static/src/rep/icon-%s.png"


class RepApp(Controller):
    @route(
        "/my/rep/manifest.webmanifest",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def rep_manifest(self):
        """What the app is called, its icon, and which pages belong to it."""
        manifest = {
            "id": _SCOPE,
            "name": request.env._("My Customers"),
            "short_name": request.env._("Customers"),
            "scope": _SCOPE,
            "start_url": _SCOPE,
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#1f4e5f",
            "icons": [
                {
                    "src": _ICON % size,
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": "any maskable",
                }
                for size in (192, 512)
            ],
        }
        return request.make_json_response(
            manifest, {"Content-Type": "application/manifest+json"}
        )

    @route(
        "/my/rep/service-worker.js",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def rep_service_worker(self):
        """What keeps the last pages for when there is no network."""
        with file_open("order_track/static/src/rep/rep_service_worker.js") as script:
            content = script.read()
        return request.make_response(
            content,
            [
                ("Content-Type", "text/javascript"),
                ("Service-Worker-Allowed", _SCOPE),
                ("Cache-Control", "no-cache"),
            ],
        )

    @route(
        "/my/rep/offline",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
        readonly=True,
    )
    def rep_offline(self):
        """What is shown for pages that were not opened before: nothing of anybody."""
        return request.render("order_track.rep_offline", {})


class RepSession(Session):
    @route()
    def logout(self, redirect="/odoo"):
        """Override of `web`: the browser forgets what it kept for a rep."""
        user_sudo = request.env["res.users"].sudo().browse(request.session.uid or [])
        # who comes twice is nobody any more
        is_rep = user_sudo and user_sudo.has_group(
            "trade_network.group_trade_sales_rep"
        )
        response = super().logout(redirect)
        if is_rep:
            response.headers["Clear-Site-Data"] = '"storage"'
        return response
