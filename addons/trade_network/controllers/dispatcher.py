from werkzeug.exceptions import HTTPException

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request


class BodyDispatcher(http.Dispatcher):
    """Requests whose body is for the controller alone, and whose answers are JSON.

    The body is not looked at before the controller does, whatever type it is said to
    have: many clients call anything a form, and a form would be read into memory.
    """

    routing_type = "trade_body"

    @classmethod
    def is_compatible_with(cls, request):
        """Take any request."""
        return True

    def dispatch(self, endpoint, args):
        """Call the controller with what the path says."""
        self.request.params = dict(args)
        return self.request.registry["ir.http"]._dispatch(endpoint)

    def handle_error(self, exc):
        """Return an error as JSON, without anything about the server."""
        if isinstance(exc, HTTPException) and exc.response is not None:
            return exc.response
        if isinstance(exc, HTTPException):
            return problem(
                exc.code, exc.name.lower().replace(" ", "_"), exc.description
            )
        if isinstance(exc, AccessError):
            return problem(403, "forbidden", "This is not allowed.")
        if isinstance(exc, UserError):
            return problem(422, "refused", str(exc))
        return problem(
            500, "server_error", "The server made a mistake. Try again later."
        )


def problem(status, code, message, headers=()):
    """Return an answer that says what is wrong.

    :param int status: HTTP status
    :param str code: stable name of the reason
    :param str message: for a person: what to do
    :param headers: pairs to add
    """
    return request.make_json_response(
        {"error": {"code": code, "message": message}},
        headers=list(headers),
        status=status,
    )
