from werkzeug.exceptions import BadRequest, Forbidden, NotFound
from werkzeug.wsgi import FileWrapper

from odoo import http
from odoo.http import content_disposition, request

from ..models.distributor_feed_reject_file import MAX_CHOSEN
from ..tabular import MIMETYPES

KINDS = '<any("csv","xlsx"):kind>'


def send_rejects(env, domain, kind, name):
    """Return rejected rows as a file, read from disk while it is sent.

    :param env: whose rights count
    :param domain: which rows
    :param str kind: ``csv`` or ``xlsx``
    :param str name: of the file, without its ending
    """
    file = env["distributor.feed.reject"]._file(domain, kind)
    return http.Response(
        FileWrapper(file, 1 << 16),
        headers=[
            ("Content-Type", MIMETYPES[kind]),
            ("Content-Disposition", content_disposition(f"{name}.{kind}")),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ],
        direct_passthrough=True,
    )


def _check_user():
    """:raise Forbidden: the user has nothing to do with feeds."""
    if not request.env["distributor.feed.reject"].has_access("read"):
        raise Forbidden()


class RejectsController(http.Controller):
    """Rejected rows for users; what they may see, the ORM decides."""

    @http.route(
        f"/distributor_feeds/runs/<int:run_id>/rejects.{KINDS}",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def of_run(self, run_id, kind):
        """Send all rejected rows of a run.

        :raise NotFound: there is no such run for this user
        """
        _check_user()
        run = request.env["distributor.feed.run"].search([("id", "=", run_id)])
        if not run:
            raise NotFound()
        return send_rejects(
            request.env,
            [("run_id", "=", run.id)],
            kind,
            request.env._("rejected %s", run.id),
        )

    @http.route(
        f"/distributor_feeds/rejects.{KINDS}",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def chosen(self, kind, ids=""):
        """Send the rejected rows with these numbers, of those the user may see.

        :param str ids: numbers with commas between them
        :raise BadRequest: they are no numbers, or too many
        """
        _check_user()
        parts = ids.split(",")
        if len(parts) > MAX_CHOSEN or not all(
            part.isdecimal() and len(part) < 10 for part in parts
        ):
            raise BadRequest()
        domain = [("id", "in", [int(part) for part in parts])]
        return send_rejects(request.env, domain, kind, request.env._("rejected rows"))
