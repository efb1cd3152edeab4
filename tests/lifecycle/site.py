"""A served database, used the way the web client does: over HTTP, as admin."""

import json
import re
import urllib.parse
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar

from scripts.desk import odoo_log, serve
from scripts.desk.context import Desk

# Installing and removing happens inside of one request.
SECONDS = 600


class Refused(Exception):
    """Odoo answered a call with an error; the text is its message and traceback."""


class Site:
    """A session of the administrator on a running server."""

    def __init__(self, served, database):
        self.url = served.url
        self.log = served.log
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self._post(
            "/web/session/authenticate",
            {"db": database, "login": "admin", "password": "admin"},
        )

    def _post(self, path, params):
        request = urllib.request.Request(
            self.url + path,
            json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=SECONDS) as response:
            answer = json.load(response)
        if error := answer.get("error"):
            data = error.get("data", {})
            raise Refused(f"{data.get('message')}\n{data.get('debug')}")
        return answer.get("result")

    def call(self, model, method, *args, **kwargs):
        """Call a public method as the web client does."""
        return self._post(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def create(self, model, **values):
        return self.call(model, "create", [values])[0]

    def read(self, model, domain, *names):
        return self.call(model, "search_read", domain, fields=list(names), order="id")

    def join(self, module, group):
        """Put the administrator into a group; return his id."""
        name = ("ir.model.data", "check_object_reference", module, group)
        admin = self.read("res.users", [["login", "=", "admin"]])[0]["id"]
        groups = {"group_ids": [[4, self.call(*name)[1]]]}
        self.call("res.users", "write", [admin], groups)
        return admin

    def knows(self, model):
        """Whether a model is there; a story is told to the version before as well."""
        return bool(self.read("ir.model", [["model", "=", model]]))

    def get(self, path):
        """Return status and text of a page."""
        with self.opener.open(self.url + path, timeout=SECONDS) as response:
            return response.status, response.read().decode()

    def send(self, page, path, **fields):
        """Send a form of a page, with the page's token against forgery."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(page)[1])
        fields["csrf_token"] = token.group(1)
        data = urllib.parse.urlencode(fields).encode()
        with self.opener.open(self.url + path, data, timeout=SECONDS) as response:
            return response.status

    def press(self, name, button):
        """Press a button of a module in Odoo's Apps."""
        ids = self.call("ir.module.module", "search", [["name", "=", name]])
        return self.call("ir.module.module", button, ids)

    def open_views(self, name):
        """Have the web client's request for each view answered; return how many."""
        data = self.read(
            "ir.model.data",
            [["module", "=", name], ["model", "=", "ir.ui.view"]],
            "res_id",
        )
        ids, seen = {one["res_id"] for one in data}, {}
        while ids:
            names = ("model", "type", "mode", "inherit_id")
            views = self.read("ir.ui.view", [["id", "in", sorted(ids)]], *names)
            seen |= {view["id"]: view for view in views}
            ids = {
                view["inherit_id"][0] for view in views if view["mode"] == "extension"
            } - seen.keys()
        roots = [
            view
            for view in seen.values()
            if view["mode"] == "primary" and view["type"] != "qweb"
        ]
        for view in roots:
            self.call(view["model"], "get_views", [[view["id"], view["type"]]])
        return len(roots)

    def faults(self):
        return odoo_log.faults(self.log)


@contextmanager
def served(desk, runner, database):
    """Serve `database` with the add-ons `runner` sees; end it after the block."""
    process = serve.launch(
        Desk(runner, desk.databases), database, background=True, base="tests"
    )
    try:
        yield Site(process, database)
    finally:
        serve.end(process.process)
