import json
import time

from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from odoo import SUPERUSER_ID, api, http
from odoo.http import request
from odoo.service.model import retrying

from odoo.addons.trade_network.controllers.dispatcher import problem

from ..models.track_post_api import MAX_RECORDS
from ..posting import KINDS, PostingError

MAX_BYTES = 4 << 20
#: Requests of one key in a minute.
MAX_A_MINUTE = 300
_MAX_REFS = 200
# how long a request waits for another one of the same distributor and kind
_WAIT_SECONDS = 10
OPTIONS = {
    "type": "trade_body",
    "auth": "none",
    "csrf": False,
    "save_session": False,
    "readonly": False,
}


class PostingApi(http.Controller):
    """Records of distributors, brought by their systems as they change."""

    @http.route(
        "/track/api/v1/<string:kind>",
        methods=["POST"],
        max_content_length=MAX_BYTES,
        **OPTIONS,
    )
    def post(self, kind):
        """Create or change records.

        The body is ``{"records": [{...}, ...]}``; each record names itself by
        ``external_ref``, so that the same request, sent twice, is the same as once.

        :return: 200 with ``results``, one for each record, in their order
        """
        refused = _refuse(kind)
        if refused:
            return refused
        records, refused = _records()
        if refused:
            return refused
        return _apart(lambda env: _post(env, kind, records))

    @http.route("/track/api/v1/<string:kind>", methods=["GET"], **OPTIONS)
    def read(self, kind):
        """Send the distributor's own records back.

        ``external_ref`` in the query, as often as there are records.
        """
        refused = _refuse(kind)
        if refused:
            return refused
        refs = request.httprequest.args.getlist("external_ref")
        if not 0 < len(refs) <= _MAX_REFS or any("\0" in ref for ref in refs):
            return problem(
                400, "refs", f"Name 1 to {_MAX_REFS} records by external_ref."
            )
        env = request.env(user=SUPERUSER_ID)
        records = env["track.post"]._own_records(_key(env), kind, refs)
        return request.make_json_response({"records": records})


def _key(env):
    """Return the valid key that the request shows, or none."""
    header = request.httprequest.headers.get("Authorization", "")
    scheme, _blank, text = header.partition(" ")
    return env["track.key"]._check(text.strip() if scheme.lower() == "bearer" else "")


def _refuse(kind):
    """Return why the request is not answered, or none. The body was not read."""
    key = _key(request.env(user=SUPERUSER_ID))
    if not key:
        return problem(
            401,
            "unauthorized",
            "Show a valid key: Authorization: Bearer <key>.",
            [("WWW-Authenticate", "Bearer")],
        )
    if kind not in KINDS or not key._opens(kind):
        return problem(404, "not_found", "This key does not lead to data of this kind.")
    company = key.company_id or key.env.company
    posted = key.env["track.posted"].with_company(company)
    if KINDS[kind].inventory and not posted.with_context(
        allowed_company_ids=company.ids
    )._has_inventory(key.distributor_id):
        return problem(
            403,
            "no_subscription",
            "Stock and mill orders need a subscription to the inventory service.",
        )
    if not _apart(lambda env: env["track.key"].browse(key.id)._count_request(
        MAX_A_MINUTE
    )):  # fmt: skip
        return problem(
            429,
            "too_many_requests",
            f"At most {MAX_A_MINUTE} requests a minute. Put several records into one.",
            [("Retry-After", str(60 - int(time.time()) % 60))],
        )
    return None


def _records():
    """Return the records in the body, or else the answer that says what is wrong."""
    try:
        body = request.httprequest.get_data()
    except RequestEntityTooLarge:
        return None, problem(
            413, "too_big", f"A request has at most {MAX_BYTES >> 20} MB."
        )
    except HTTPException:
        return None, problem(400, "incomplete", "The body did not arrive as a whole.")
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return None, problem(400, "json", "The body is not JSON in UTF-8.")
    records = content.get("records") if isinstance(content, dict) else content
    if not isinstance(records, list) or not records:
        return None, problem(400, "records", 'The body is {"records": [{...}, ...]}.')
    if len(records) > MAX_RECORDS:
        return None, problem(
            413, "too_many", f"A request has at most {MAX_RECORDS} records."
        )
    return records, None


def _apart(work):
    """Do something in a transaction of its own, which may be tried again."""
    # nothing was written in the transaction of the request: it is not left open
    request.env.cr.rollback()
    with request.env.registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        return retrying(lambda: work(env), env)


def _post(env, kind, records):
    # The key may have been revoked meanwhile.
    key = _key(env)
    if not key or not key._opens(kind):
        return problem(401, "unauthorized", "The key is not valid any more.")
    if key.company_id:
        env = env(context={"allowed_company_ids": key.company_id.ids})
        key = key.with_env(env)
    until = time.monotonic() + _WAIT_SECONDS
    posts = env["track.post"]
    while since := posts._lock(kind, key.distributor_id.id):
        if time.monotonic() > until:
            return problem(
                409,
                "busy",
                "Another posting of this kind is running already, since "
                f"{since:%H:%M:%S} (UTC). Try again later.",
                [("Retry-After", "30")],
            )
        # what the other one writes is seen by a new transaction alone
        env.cr.rollback()
        time.sleep(0.05)
    try:
        results = posts._post_records(key, kind, records)
    except PostingError as error:
        return problem(422, error.code, posts._trouble_text(error))
    key._used()
    env.flush_all()
    return request.make_json_response({"results": results})
