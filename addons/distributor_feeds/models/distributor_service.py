import json
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import live

OPTIONS = """{
  "batch": 50,
  "auth": "bearer",
  "query": {"codes": "{codes}"},
  "rows": "items",
  "fields": {
    "code": "code",
    "quantity": "stock",
    "price": "price",
    "currency": "currency"
  }
}"""
KNOWN_OPTIONS = {
    "auth", "batch", "body", "date_format", "fields", "headers", "line", "match",
    "parallel", "query", "rows", "separator", "words",
}  # fmt: skip
TOLD = ("quantity", "price")


class DistributorService(models.Model):
    """A distributor's own service that tells stock and price at this moment."""

    _name = "distributor.service"
    _description = "Distributor's Live Service"
    _inherit = ["mail.thread"]
    _order = "account_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    account_id = fields.Many2one(
        "distributor.account",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    distributor_id = fields.Many2one(related="account_id.distributor_id", store=True)
    company_id = fields.Many2one(related="account_id.company_id", store=True)
    adapter = fields.Selection(
        "_selection_adapter", "Speaks", required=True, default="json", tracking=True
    )
    url = fields.Char("Address", required=True, tracking=True)
    method = fields.Selection(
        [("GET", "GET"), ("POST", "POST")], required=True, default="GET"
    )
    options = fields.Text(
        required=True,
        default=OPTIONS,
        tracking=True,
        help="How a question is put and where in the answer the figures are, as JSON. "
        "{codes}, {code}, {mpn}, {gtin}, {quantity} and {secret} are filled in.",
    )
    secret = fields.Char(
        "Key",
        compute="_compute_secret",
        inverse="_inverse_secret",
        help="Token, or user:password. It is not shown again once saved.",
    )
    has_secret = fields.Boolean("Key Is Set", compute="_compute_secret")
    timeout = fields.Float(
        "Wait at Most (Seconds)",
        default=1.5,
        help="The shop's own deadline may be shorter. What comes later is thrown away.",
    )
    cache_seconds = fields.Integer(
        "Believe for (Seconds)",
        default=60,
        help="So long an answer is used before the service is asked again.",
    )
    breaker = fields.Json(
        readonly=True,
        copy=False,
        help="Failures, and since when the service is left alone.",
    )
    breaker_state = fields.Selection(
        [
            ("closed", "Asked as usual"),
            ("open", "Left alone after failures"),
            ("half-open", "Tried again with the next question"),
        ],
        "State",
        compute="_compute_breaker_state",
    )

    _timeout_sane = models.Constraint(
        "CHECK (timeout > 0 AND timeout <= 60)",
        "Wait for more than 0 and at most 60 seconds.",
    )
    _cache_sane = models.Constraint(
        "CHECK (cache_seconds BETWEEN 5 AND 3600)",
        "Answers are believed for 5 to 3600 seconds.",
    )

    @api.model
    def _selection_adapter(self):
        """The adapters that are registered: those of this add-on, and others'."""
        named = {"json": self.env._("JSON"), "xml": self.env._("XML or SOAP")}
        return [(name, named.get(name, name)) for name in live.names()]

    def _compute_secret(self):
        """Keys are written here and never shown again."""
        known = self._secrets()
        for service in self:
            service.secret = False
            service.has_secret = bool(known.get(service.id))

    def _inverse_secret(self):
        # The form sends the empty field back with each save: that forgets nothing.
        for service in self.filtered("secret"):
            self.env["distributor.secret"]._keep(service, "secret", service.secret)

    def action_forget_secret(self):
        """Forget the key of these services."""
        self.check_access("write")
        for service in self:
            self.env["distributor.secret"]._keep(service, "secret", "")

    def _secrets(self):
        """Return the keys of these services by id, in one query."""
        secrets = self.env["distributor.secret"].sudo()
        found = secrets.search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("name", "=", "secret"),
            ],
            ["res_id", "value"],
        )
        return {secret.res_id: secret.value for secret in found}

    @api.depends("breaker")
    def _compute_breaker_state(self):
        breakers = live.Breakers()
        breakers.load(
            {service.id: service.breaker for service in self if service.breaker}
        )
        for service in self:
            service.breaker_state = breakers.state(service.id)

    @api.constrains("url")
    def _check_url(self):
        schemes = ("https", "http") if self._policy().allow_http else ("https",)
        for service in self:
            try:
                parts = urlsplit(service.url)
                usable = parts.scheme in schemes and parts.hostname and parts.port != 0
            except ValueError:
                usable = False
            if not usable:
                raise ValidationError(
                    self.env._(
                        "%s: enter the whole address, for example "
                        "https://api.example.com/stock.",
                        service.name,
                    )
                )
            if parts.username is not None:
                raise ValidationError(
                    self.env._(
                        "%s: take user and password out of the address, and enter them "
                        "as the key.",
                        service.name,
                    )
                )

    @api.constrains("options", "adapter")
    def _check_options(self):
        for service in self:
            try:
                options = json.loads(service.options)
            except (ValueError, RecursionError) as problem:
                raise ValidationError(
                    self.env._(
                        "%(name)s: the options are no JSON: %(problem)s",
                        name=service.name,
                        problem=str(problem),
                    )
                ) from None
            if trouble := self._options_trouble(options, service.adapter):
                raise ValidationError(
                    self.env._(
                        "%(name)s: %(trouble)s", name=service.name, trouble=trouble
                    )
                )

    def _options_trouble(self, options, adapter):
        """Say what is wrong with options, or return an empty text."""
        if not isinstance(options, dict):
            return self.env._("the options are a JSON object, in curly brackets.")
        if adapter not in ("json", "xml"):
            return ""  # the adapter's own words
        if unknown := sorted(set(options) - KNOWN_OPTIONS):
            return self.env._(
                "there is no option “%(option)s”. There are: %(options)s.",
                option=unknown[0],
                options=", ".join(sorted(KNOWN_OPTIONS)),
            )
        paths = options.get("fields")
        if not isinstance(paths, dict) or not any(paths.get(name) for name in TOLD):
            return self.env._("“fields” must say where the quantity or the price is.")
        if not all(isinstance(path, str) for path in paths.values()):
            return self.env._("each path in “fields” is a text.")
        for name in ("query", "headers", "words"):
            if not isinstance(options.get(name, {}), dict):
                return self.env._("“%s” is a JSON object, in curly brackets.", name)
        for name in ("batch", "parallel"):
            number = options.get(name, 1)
            if isinstance(number, bool) or not isinstance(number, int) or number < 1:
                return self.env._("“%s” is a whole number, 1 or more.", name)
        if options.get("match", "code") not in ("code", "mpn", "gtin"):
            return self.env._("“match” is code, mpn or gtin.")
        return ""

    def write(self, vals):
        """Forget what was heard, and what failed, under other settings."""
        if vals.keys() & {"url", "method", "adapter", "options", "secret", "active"}:
            vals = {"breaker": False, **vals}
            memory = live.memory_of(self.env.cr.dbname)
            for service in self:
                memory.caches.forget(service.id)
                memory.breakers.record(service.id, True)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_with_secrets(self):
        self.env["distributor.secret"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()
