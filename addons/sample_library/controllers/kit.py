from odoo.exceptions import AccessError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from .form import form_key

_URL = "/my/samples/kits"


class SampleKits(CustomerPortal):
    """Kits of portal users; each change is a POST, and leads back to the list."""

    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to count the kits."""
        values = super()._prepare_home_portal_values(counters)
        if "sample_kit_count" in counters:
            values["sample_kit_count"] = len(request.env["sample.kit"]._of_portal())
        return values

    def _sample_kit_values(self):
        """What the block of kits shows; it is part of other pages as well.

        :rtype: dict
        """
        kits = request.env["sample.kit"]._of_portal()
        draft_sudo = request.env["sample.order"]._portal_draft()
        return {
            # names of items, which portal users may not list
            "kits": kits.sudo(),
            "kit_draft": draft_sudo,
            "kit_library": request.env["sample.kit"]._library_of_user(),
            "kit_told": request.params.get("kit_told"),
            "kit_key": form_key(),
        }

    @route(_URL, type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def portal_sample_kits(self, **_kw):
        """The user's kits, and those of his showroom."""
        return self._render_sample_kits()

    def _render_sample_kits(self, problem=None):
        return request.render(
            "sample_library.portal_my_sample_kits",
            {
                **self._prepare_portal_layout_values(),
                **self._sample_kit_values(),
                "page_name": "sample_kits",
                "kit_problem": problem,
            },
        )

    def _change_kits(self, work, told):
        """Do something and go back to the list, or show there why it was not done.

        :param work: what is to be done
        :param str told: code of what is said afterwards
        """
        try:
            with request.env.cr.savepoint():
                work()
        except AccessError:
            return self._render_sample_kits(
                request.env._("You may not do this with this kit.")
            )
        except UserError as error:
            return self._render_sample_kits(str(error))
        return request.redirect(f"{_URL}?kit_told={told}")

    def _sample_kit(self, kit_id):
        """A kit the user may use.

        :raise UserError: if there is none
        """
        kit = request.env["sample.kit"]._of_portal().filtered(lambda k: k.id == kit_id)
        if not kit:
            raise UserError(request.env._("This kit is not there any more."))
        return kit

    @route(
        f"{_URL}/keep", type="http", auth="user", methods=["POST"], website=True,
        sitemap=False,
    )  # fmt: skip
    def portal_sample_kit_keep(self, name="", shared="", **_kw):
        """Make a kit of the present draft."""
        orders, kits = request.env["sample.order"], request.env["sample.kit"]
        return self._change_kits(
            lambda: kits._keep_order(orders._portal_draft(), name, bool(shared)),
            "kept",
        )

    @route(
        f"{_URL}/<int:kit_id>/put", type="http", auth="user", methods=["POST"],
        website=True, sitemap=False,
    )  # fmt: skip
    def portal_sample_kit_put(self, kit_id, key="", **_kw):
        """Put a kit on the user's draft, which is made if there is none.

        The second of two taps is answered like the first.
        """

        def put():
            kit = self._sample_kit(kit_id)
            kit._portal_put_on(request.env["sample.order"]._portal_take(0), key)

        return self._change_kits(put, "put")

    @route(
        f"{_URL}/<int:kit_id>/rename", type="http", auth="user", methods=["POST"],
        website=True, sitemap=False,
    )  # fmt: skip
    def portal_sample_kit_rename(self, kit_id, name="", **_kw):
        """Give a kit of one's own another name."""
        return self._change_kits(
            lambda: self._sample_kit(kit_id)._rename(name), "renamed"
        )

    @route(
        f"{_URL}/<int:kit_id>/delete", type="http", auth="user", methods=["POST"],
        website=True, sitemap=False,
    )  # fmt: skip
    def portal_sample_kit_delete(self, kit_id, **_kw):
        """Throw a kit of one's own away."""
        return self._change_kits(lambda: self._sample_kit(kit_id)._drop(), "deleted")
