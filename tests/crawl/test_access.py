"""Every route, record, export and method, as everybody whom it does not concern."""

import inspect
import threading
from itertools import product
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.http import Request
from odoo.models import BaseModel
from odoo.service.model import get_public_method
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.trade_network.tests.crawl import EXPORT, CrawlMixin

from scripts.desk import modules

from .world import NUMBER, SECRET, World

OWN = set(modules.own_addons())
#: What an integer in the address of a page names.
NAMES = {
    "event_id": ["stock.parcel.event"],
    "follow_up_id": ["track.follow.up"],
    "kit_id": ["sample.kit"],
    "line_id": ["sale.order.line", "sample.request.line"],
    "link_id": ["track.link", "sample.request.link"],
    "order_id": ["sale.order", "sample.order"],
    "parcel_id": ["stock.parcel"],
    "partner_id": ["res.partner"],
    "picking_id": ["stock.picking"],
    "post_id": ["track.post"],
    "request_id": ["sample.request"],
    "reserve_id": ["track.reserve"],
    "user_id": ["res.users"],
    # nobody has one of these here; any number will do
    "feed_id": [],
    "list_id": [],
    "page": [],
    "product_template_id": [],
    "recipient_id": [],
    "run_id": [],
}
#: Models whose records are for everybody who is logged in, or for all employees.
COMMON = {
    "res.partner": {"employee", "clerk", "salesman"},
    "res.users": {"employee", "clerk", "salesman"},
    # where samples are kept is no secret among employees who lend them
    "sample.library": {"clerk"},
    # as in Odoo itself
    "stock.picking": {"salesman"},
    # what reps come back to is for all who sell
    "track.follow.up": {"salesman"},
    # what the mill sells is for all who deal with it
    "track.product": {"showroom", "rep"},
}
#: Add-ons of which each model is here. The others have rights tests of their own, and
#: are here with what an order or a request goes through.
WHOLE = {"order_track"}
_METHODS = {"GET", "POST"}
_FORM = {
    "quantity": "1",
    "name": "Mallory",
    "email": "mallory@example.com",
    "note": "x",
    "due_on": "2030-01-01",
}


def module_of(thing):
    """The add-on that something is defined in."""
    parts = (getattr(thing, "__module__", None) or "").split(".")
    return parts[2] if parts[:2] == ["odoo", "addons"] and len(parts) > 2 else None


@tagged("post_install", "-at_install")
class TestAccess(CrawlMixin, World, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("employee", "clerk", "salesman"):
            cls.people[name].group_ids |= cls.env.ref(EXPORT)
        cls.readable = dict.fromkeys(cls.foreign, ["display_name"])
        cls.everything = {
            model: {str(record.id): record for record in records}
            for model, records in cls.foreign.items()
        }
        cls.env.flush_all()

    def _print(self):
        """What would change if somebody changed a foreign record, or took one away."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL(
                    "SELECT %(model)s, md5(string_agg(t::text, '|' ORDER BY id))"
                    " FROM %(table)s t WHERE id IN %(ids)s",
                    model=model,
                    table=SQL.identifier(self.env[model]._table),
                    ids=tuple(records.ids),
                )
                for model, records in self.foreign.items()
            )
        )

    def test_every_model_is_here(self):
        """A new model of order tracking has a foreign record in the world."""
        missing = {
            name
            for name, model in self.env.registry.items()
            if model._original_module in WHOLE
            and not model._abstract
            and not model._transient
            and model._auto
        } - self.foreign.keys()
        self.assertEqual(missing, set())

    def test_records(self):
        for (who, user), model in product(self.people.items(), self.foreign):
            if who in COMMON.get(model, ()):
                continue
            with self.subTest(who=who, model=model):
                empty = self.env[model]
                if not empty.with_user(user).has_access("read"):
                    record = {"own": self.foreign[model]}
                    self.everything[model] |= record
                    self._assert_reads_nothing(user, model)
                    del self.everything[model]["own"]
                else:
                    self.assertEqual(self._seen(user, model), set())

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models", "odoo.sql_db")
    def test_methods(self):
        """Every public method of ours, on foreign records, whatever it is given."""
        before, asked = self._print(), 0
        for model, name, function in self._methods():
            for who, user in self.people.items():
                if who in COMMON.get(model, ()):
                    continue
                for args in self._arguments(model, function):
                    asked += 1
                    with self.subTest(who=who, model=model, method=name, args=args):
                        said = self._try(user, self.foreign[model], name, args)
                        self.assertNotIn(SECRET, repr(said))
                        self.assertNotIn(NUMBER, repr(said))
                        self.assertEqual(self._print(), before)
        self.assertGreater(asked, 300)

    def _methods(self):
        """Public methods that our add-ons define on models with foreign records."""
        for model in self.foreign:
            seen = set()
            for cls in type(self.env[model]).__mro__:
                if module_of(cls) not in OWN:
                    continue
                for name, function in vars(cls).items():
                    if name in seen or not inspect.isfunction(function):
                        continue
                    seen.add(name)
                    if not name.startswith("_") and not hasattr(BaseModel, name):
                        yield model, name, function

    def _arguments(self, model, function):
        """Arguments that may get somewhere: foreign ids, lists and values of them."""
        names = [
            name
            for name, one in inspect.signature(function).parameters.items()
            if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD
        ][1:]
        some = self.foreign[model][:1].id
        for filler in (some, [some], [{"id": some, "line_id": some}], NUMBER):
            yield [filler] * len(names)
            if not names:
                return

    def _try(self, user, records, name, args):
        """What a method answers over RPC; nothing if it refuses."""
        model = self.env[records._name]
        try:
            get_public_method(model, name)
        except Exception:  # not to be had from outside
            return None
        point = self.env.cr.savepoint(flush=False)
        try:
            return self._call(user, records, name, *args)
        except (UserError, TypeError, ValueError, LookupError, AttributeError) as error:
            return str(error)
        finally:
            self.env.clear()
            point.rollback()
            point.close(rollback=False)

    @mute_logger(
        "odoo.http",
        "odoo.addons.base.models.ir_rule",
        "odoo.addons.order_entry.controllers.on_behalf",
        "werkzeug",
    )
    def test_routes(self):
        """Every page of ours, with the numbers of foreign records in its address."""
        before, asked = self._print(), 0
        for who, user in [*self.people.items(), ("public", None)]:
            self.authenticate(user and user.login, user and user.login)
            token = Request.csrf_token(self) if user else ""
            for rule, endpoint in self._rules():
                for path in self._paths(rule):
                    for method in (rule.methods or _METHODS) & _METHODS:
                        asked += 1
                        with self.subTest(who=who, path=path, method=method):
                            answer = self._open(path, method, endpoint, token)
                            self.assertLess(answer.status_code, 500)
                            self.assertNotIn(SECRET, answer.text)
                            self.assertNotIn(NUMBER, answer.text)
                            self.env.invalidate_all()
                            self.assertEqual(self._print(), before)
        self.assertGreater(asked, 500)

    def _rules(self):
        thread = threading.current_thread()
        with patch.object(thread, "dbname", self.env.cr.dbname, create=True):
            routes = self.env["ir.http"].routing_map()
        # whoever logs out meets no other page: that comes last
        for rule in sorted(routes.iter_rules(), key=lambda one: "logout" in one.rule):
            if module_of(rule.endpoint.func) in OWN:
                yield rule, rule.endpoint

    def _paths(self, rule):
        """Addresses of a page with foreign numbers in it."""
        choices = {}
        for name in rule.arguments:
            converter = type(rule._converters[name]).__name__
            if converter == "IntegerConverter":
                self.assertIn(name, NAMES, f"{rule}: say what it names")
                ids = [self.foreign[model][:1].id for model in NAMES[name]]
                choices[name] = ids or [1]
            elif converter == "ModelConverter":
                model = rule._converters[name].model
                choices[name] = self.foreign.get(model, self.env[model])[:1].ids or [1]
            else:
                choices[name] = ["0" * 64 if name == "token" else "block"]
        for values in product(*choices.values()):
            path = rule.rule
            for name, value in zip(choices, values, strict=True):
                before, _sign, rest = path.partition("<")
                inner, _sign, rest = rest.partition(">")
                self.assertTrue(inner.endswith(name) or ":" in inner)
                path = f"{before}{value}{rest}"
            yield path

    def _open(self, path, method, endpoint, token):
        ids = {
            name: self.foreign[models[0]][:1].id
            for name, models in NAMES.items()
            if models
        }
        form = {**_FORM, **ids}
        if endpoint.routing["type"] == "jsonrpc":
            return self.opener.post(
                self.base_url() + path,
                json={"jsonrpc": "2.0", "method": "call", "params": form},
                timeout=30,
            )
        if method == "GET":
            return self.url_open(path, params=ids, timeout=30)
        return self.url_open(path, data={**form, "csrf_token": token}, timeout=30)
