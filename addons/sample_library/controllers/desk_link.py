from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route

from odoo.addons.trade_network.link_page import guarded

from .desk_page import MESSAGES, page_values, ticket


class SampleDeskLink(Controller):
    """The sample department of a distributor, by the signed link of one request."""

    _route = {"type": "http", "auth": "public", "website": True, "sitemap": False}

    def _link(self, link_id, token):
        """The link that is shown.

        :return: ``sample.request.link`` with the rights of the superuser
        :raise NotFound: if the signature is wrong
        """
        link_sudo = request.env["sample.request.link"]._find(link_id, token)
        if not link_sudo:
            raise NotFound
        return link_sudo

    def _url(self, link_id, token):
        return f"/samples/request/{link_id}/{token}"

    def _gone(self, link_sudo):
        """A page that says nothing of the request."""
        response = request.render(
            "sample_library.desk_link_gone", {"link_state": link_sudo.state}
        )
        response.status_code = 410
        return guarded(response)

    def _render(self, link_sudo, token, **kwargs):
        request_sudo = link_sudo.request_id
        values = page_values(
            request_sudo,
            self._url(link_sudo.id, token),
            # an address that somebody typed may be anybody's
            names=bool(request_sudo.distributor_id),
            **kwargs,
        )
        return guarded(request.render("sample_library.desk_link_page", values))

    @route("/samples/request/<int:link_id>/<string:token>", methods=["GET"], **_route)
    def sample_request_link(self, link_id, token, said="", **kwargs):
        """One request, with the form to answer it; opening it changes nothing."""
        link_sudo = self._link(link_id, token)
        link_sudo._note_use()
        if link_sudo.state != "valid":
            return self._gone(link_sudo)
        return self._render(link_sudo, token, outcome=said if said in MESSAGES else "")

    @route(
        "/samples/request/<int:link_id>/<string:token>/answer",
        methods=["POST"],
        **_route,
    )
    def sample_request_link_answer(self, link_id, token, **form):
        """Answer a request; what is wrong is shown beside what was typed."""
        link_sudo = self._link(link_id, token)
        if link_sudo.state != "valid":
            return self._gone(link_sudo)
        outcome, errors = link_sudo.request_id._submit(
            form, answered_by=link_sudo.email, link=link_sudo
        )
        if outcome in MESSAGES:
            url = self._url(link_id, token)
            return guarded(request.redirect(f"{url}?said={outcome}"))
        return self._render(link_sudo, token, form=form, outcome=outcome, errors=errors)

    @route(
        "/samples/request/<int:link_id>/<string:token>/ticket",
        methods=["POST"],
        **_route,
    )
    def sample_request_link_ticket(self, link_id, token, **kwargs):
        """The picking ticket of the request."""
        link_sudo = self._link(link_id, token)
        if link_sudo.state != "valid":
            return self._gone(link_sudo)
        return guarded(ticket(link_sudo.request_id, link_sudo.email))
