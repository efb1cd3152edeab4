import os
import tempfile
from contextlib import contextmanager

from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_options_header

from odoo import SUPERUSER_ID, api, fields, http
from odoo.http import request
from odoo.service.model import retrying

from odoo.addons.trade_network.controllers.dispatcher import problem

from ..formats import Limits
from ..transport import Fetched, TransportError
from ..transport.names import is_safe, shown
from ..transport.sink import Sink
from .download import send_rejects

MAX_BYTES = Limits().max_bytes
CHUNK = 1 << 16
# A client that is refused while it sends may never read why: this much is let through.
DRAIN = 1 << 20
MAX_IDEMPOTENCY_KEY = 200
RETRY_SECONDS = 300
OPTIONS = {
    "type": "trade_body",
    "auth": "none",
    "csrf": False,
    "save_session": False,
    "readonly": False,
}


class PushController(http.Controller):
    """Files brought by distributors, and what became of them."""

    @http.route(
        "/distributor_feeds/v1/feeds/<int:feed_id>/files",
        methods=["POST"],
        max_content_length=MAX_BYTES,
        **OPTIONS,
    )
    def push(self, feed_id):
        """Take a file for a feed.

        The body is the file. ``Idempotency-Key`` (optional) makes sure that the same
        file, sent twice, is one run; ``Content-Disposition`` (optional) names the file.

        :return: 202 with number and address of the run
        """
        answer = self._refuse(feed_id)
        if answer:
            _drain()
            return answer
        token = request.httprequest.headers.get("Idempotency-Key", "").strip()
        if len(token) > MAX_IDEMPOTENCY_KEY or not token.isprintable():
            _drain()
            return problem(
                400,
                "bad_idempotency_key",
                f"An Idempotency-Key has at most {MAX_IDEMPOTENCY_KEY} printable "
                "characters.",
            )
        # An upload may take minutes: no transaction is left open meanwhile. Nothing was
        # written.
        request.env.cr.rollback()
        try:
            with _spool() as fetched:
                return _accept(feed_id, fetched, token)
        except TransportError as error:
            status = 413 if error.code == "too_big" else 507
            return problem(status, error.code, error.message)

    @http.route("/distributor_feeds/v1/runs/<int:run_id>", methods=["GET"], **OPTIONS)
    def status(self, run_id):
        """Tell how a run is getting on: state, counts, why not."""
        run, answer = _find_run(run_id)
        return answer or request.make_json_response(_describe(run))

    @http.route(
        "/distributor_feeds/v1/runs/<int:run_id>/rejects.csv",
        methods=["GET"],
        **OPTIONS,
    )
    def rejects(self, run_id):
        """Send the rows of a run that were rejected, each with the reason."""
        run, answer = _find_run(run_id)
        return answer or send_rejects(
            run.env, [("run_id", "=", run.id)], "csv", f"rejected {run.id}"
        )

    def _refuse(self, feed_id):
        """Return why no file is taken, or none. The body has not been read."""
        env = request.env(user=SUPERUSER_ID)
        key = _key(env)
        if not key:
            return _unauthorized()
        if key.feed_id.id != feed_id:
            return _not_found()
        feed = key.feed_id
        if feed.method != "push" or not feed.active:
            return problem(
                403, "not_by_push", "This feed does not take files this way."
            )
        if feed._is_full():
            return _too_many()
        if request.httprequest.mimetype == "multipart/form-data":
            return problem(
                415,
                "form",
                "Send the file itself as the body of the request, not a form.",
            )
        return None


def _key(env):
    """Return the valid key that the request shows, or none."""
    scheme, _blank, text = request.httprequest.headers.get(
        "Authorization", ""
    ).partition(" ")
    if scheme.lower() != "bearer":
        text = ""
    return env["distributor.feed.key"]._check(text.strip())


def _unauthorized():
    return problem(
        401,
        "unauthorized",
        "Show a valid key: Authorization: Bearer <key>.",
        [("WWW-Authenticate", "Bearer")],
    )


def _not_found():
    return problem(404, "not_found", "This key leads to nothing here.")


def _too_many():
    return problem(
        429,
        "too_many_files",
        "Many files of this feed are waiting. Try again later.",
        [("Retry-After", str(RETRY_SECONDS))],
    )


def _stream():
    # Odoo offers the body in one piece only; the owner of that method is werkzeug's
    # request.
    return request.httprequest.get_data.__self__.stream


def _drain():
    """Read the beginning of a body that nobody wants, so that the answer arrives."""
    try:
        stream, left = _stream(), DRAIN
        while left > 0 and (data := stream.read(min(CHUNK, left))):
            left -= len(data)
    except HTTPException:
        # Said to be larger than anything that is taken: the answer stands as it is.
        return


@contextmanager
def _spool():
    """Write the body to a file of its own, which is removed at the end of the block.

    :return: ``transport.Fetched``
    :raise TransportError: ``too_big``, ``disk``
    """
    policy = request.env(user=SUPERUSER_ID)["distributor.feed"]._policy()
    with tempfile.TemporaryDirectory(prefix="feed-") as folder:
        path = os.path.join(folder, "file")
        sink = Sink(path, policy)
        try:
            stream = _stream()
            while data := stream.read(CHUNK):
                sink.write(data)
            checksum = sink.finish()
        finally:
            sink.discard()
        yield Fetched(
            path=path, name=_file_name(), size=sink.size, sha256=checksum, source="API"
        )


def _file_name():
    header = request.httprequest.headers.get("Content-Disposition", "")
    _kind, options = parse_options_header(header)
    name = options.get("filename", "")
    return name if is_safe(name) else "pushed file"


def _accept(feed_id, fetched, token):
    """Queue the file in a transaction of its own, which may be tried again."""
    if not fetched.size:
        return problem(400, "empty", "The body is empty: send the file in it.")
    with request.env.registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        return retrying(lambda: _queue(env, feed_id, fetched, token), env)


def _queue(env, feed_id, fetched, token):
    # The key may have been revoked during the upload.
    key = _key(env)
    if not key or key.feed_id.id != feed_id:
        return _unauthorized()
    # One after the other: whoever else has this key waits here, and then sees this run.
    key.last_used_at = fields.Datetime.now()
    key.flush_recordset()
    feed, origin = key.feed_id, f"push:{key.id}:{token}" if token else False
    known = feed._taken(origin) if origin else None
    if known and known.sha256 != fetched.sha256:
        return problem(
            422,
            "idempotency_key_reused",
            "This Idempotency-Key came with another file before.",
        )
    if not known and feed._is_full():
        return _too_many()
    run = known or feed._take_file(fetched, origin)
    env.flush_all()
    path = f"/distributor_feeds/v1/runs/{run.id}"
    return request.make_json_response(
        {"run": run.id, "state": run.state, "status": path},
        headers=[("Location", path)],
        status=202,
    )


def _find_run(run_id):
    """Return the run, if it is of the key's feed, or else the answer that says no."""
    env = request.env(user=SUPERUSER_ID)
    key = _key(env)
    if not key:
        return None, _unauthorized()
    run = env["distributor.feed.run"].search(
        [("id", "=", run_id), ("feed_id", "=", key.feed_id.id)]
    )
    if not run:
        return None, _not_found()
    key._used()
    return run, None


def _describe(run):
    """Return a run as its distributor may see it."""
    rejects = (
        f"/distributor_feeds/v1/runs/{run.id}/rejects.csv" if run.rejected else None
    )
    return {
        "run": run.id,
        "state": run.state,
        "file": shown(run.file_name or ""),
        "received": _instant(run.create_date),
        "started": _instant(run.started_at),
        "ended": _instant(run.ended_at),
        "progress": 100 if run.ended_at else run.progress,
        "rows": run.rows,
        "unchanged": run.unchanged,
        "created": run.created,
        "updated": run.updated,
        "missing": run.missing,
        "rejected": run.rejected,
        "rejects_by_reason": run.rejects or {},
        "rejects": rejects,
        "message": run.message or "",
    }


def _instant(value):
    return value and f"{value.isoformat()}Z" or None
