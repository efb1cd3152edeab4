from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.tools import format_amount, get_lang
from odoo.tools.float_utils import float_repr
from odoo.tools.misc import babel_locale_parse

from ..const import COUNTING_KINDS, MONEY_KINDS


class SaleReviewFinding(models.Model):
    _inherit = "sale.review.finding"

    message = fields.Text(compute="_compute_messages")
    customer_message = fields.Text(compute="_compute_messages")
    explanation = fields.Text(compute="_compute_messages", string="Why")

    @api.depends_context("lang")
    @api.depends("rule_id", "asked", "allowed", "used", "details", "subject")
    def _compute_messages(self):
        for finding in self.sudo():
            fact = finding._get_fact()
            rule = finding.rule_id
            finding.message = _join(fact, rule.staff_message)
            finding.customer_message = _join(
                finding._get_public_fact() if finding._is_staff_only() else fact,
                rule.message,
            )
            finding.explanation = finding._get_explanation()

    def _get_fact(self):
        """One sentence with the numbers, in the reader's language."""
        self.ensure_one()
        details = self.details or {}
        if details.get("error"):
            return self.env._(
                "The rule “%(rule)s” could not be checked. The order is held until it "
                "can be.",
                rule=self.rule_id.name,
            )
        values = self._get_fact_values(details)
        key = self.kind
        if self.kind in ("amount", "multiple", "correction"):
            key = f"{self.kind}_{details.get('measure') or 'total'}"
        template = self._get_templates().get(key)
        return template(values) if template else self.rule_id.name

    def _get_fact_values(self, details):
        rule = self.rule_id
        unit = self._get_unit()
        currency = rule.currency_id
        if self.kind in ("credit", "payment"):
            currency = self.order_id.currency_id
            if self.kind == "credit":
                currency = self.company_id.currency_id

        def quantity(value):
            text = float_repr(value, 2).rstrip("0").rstrip(".")
            return f"{text} {unit.name}" if unit else text

        def money(value):
            # it takes a while, and most findings count pieces
            told = self.kind in MONEY_KINDS
            return format_amount(self.env, value, currency) if told else ""

        until = details.get("until")
        return {
            "rule": rule.name,
            "product": self._get_product_name(),
            "asked": quantity(self.asked),
            "allowed": quantity(self.allowed),
            "left": quantity(max(self.allowed - self.used, 0.0)),
            "used": quantity(self.used),
            "asked_money": money(self.asked),
            "allowed_money": money(self.allowed),
            "used_money": money(self.used),
            "asked_percent": f"{float_repr(self.asked, 2)} %",
            "allowed_percent": f"{float_repr(self.allowed, 2)} %",
            "until": self._format_day(until) if until else "",
            "new_product": rule.replacement_product_id.display_name,
            "added_product": rule.add_product_id.display_name,
            "carrier": rule.carrier_id.name,
            "customer": self.order_id.partner_id.commercial_partner_id.name or "",
        }

    def _get_unit(self):
        """The unit to write after quantities: none where it is plain pieces."""
        counted = self.rule_id.kind in COUNTING_KINDS and self.rule_id.uom_id
        if self.kind == "correction":
            counted = self.line_id.product_uom_id
        unit = counted or self.product_id.uom_id or self._get_template().uom_id
        pieces_id = self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_unit")
        return unit.browse() if unit.id == pieces_id else unit

    def _format_day(self, instant):
        """A day such as “3 Dec”, as the reader writes it and the seller's clock has it.

        :param str instant: UTC, as the engine stored it
        """
        zone = self.order_id.company_id.partner_id.tz
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=zone or "UTC"), fields.Datetime.to_datetime(instant)
        )
        locale = babel_locale_parse(get_lang(self.env).code)
        return format_skeleton("MMMd", local.date(), locale=locale)

    def _get_template(self):
        kind, _slash, number = (self.subject or "").partition("/")
        template_id = int(number) if kind == "template" else False
        return self.env["product.template"].browse(template_id).exists()

    def _get_product_name(self):
        template = self._get_template()
        return template.name or self.product_id.display_name or self.rule_id.name

    def _get_templates(self):
        """Sentence per kind; each is one literal so that it can be translated."""
        return {
            "max_quantity": lambda v: self.env._(
                "%(product)s: at most %(allowed)s per order, %(asked)s asked.", **v
            ),
            "quota": lambda v: (
                self.env._(
                    "%(product)s: %(left)s of %(allowed)s left until %(until)s, "
                    "%(asked)s asked.",
                    **v,
                )
                if v["until"]
                else self.env._(
                    "%(product)s: %(left)s of %(allowed)s left, %(asked)s asked.", **v
                )
            ),
            "product_hold": lambda v: self.env._("%(product)s is on hold.", **v),
            "customer_hold": lambda v: self.env._(
                "Orders of %(customer)s are on hold.", **v
            ),
            "credit": lambda v: self.env._(
                "Credit limit of %(allowed_money)s: %(used_money)s are owed already, "
                "this order adds %(asked_money)s.",
                **v,
            ),
            "payment": lambda v: self.env._(
                "%(asked_money)s must be paid first; %(used_money)s are paid.", **v
            ),
            "multiple_minimum": lambda v: self.env._(
                "%(product)s: at least %(allowed)s, %(asked)s asked.", **v
            ),
            "multiple_multiple": lambda v: self.env._(
                "%(product)s: sold in packs of %(allowed)s, %(asked)s asked.", **v
            ),
            "amount_total": lambda v: self.env._(
                "The total of %(asked_money)s is above %(allowed_money)s.", **v
            ),
            "amount_untaxed": lambda v: self.env._(
                "The amount of %(asked_money)s is above %(allowed_money)s.", **v
            ),
            "amount_amount_min": lambda v: self.env._(
                "The amount of %(asked_money)s is below %(allowed_money)s.", **v
            ),
            "amount_margin": lambda v: self.env._(
                "The margin of %(asked_money)s is outside the limit of "
                "%(allowed_money)s.",
                **v,
            ),
            "amount_margin_percent": lambda v: self.env._(
                "The margin of %(asked_percent)s is outside the limit of "
                "%(allowed_percent)s.",
                **v,
            ),
            "amount_discount": lambda v: self.env._(
                "%(product)s: a discount of %(asked_percent)s is above "
                "%(allowed_percent)s.",
                **v,
            ),
            "correction_cap": lambda v: self.env._(
                "%(product)s: the quantity must be lowered from %(asked)s to "
                "%(allowed)s.",
                **v,
            ),
            "correction_round": lambda v: self.env._(
                "%(product)s: the quantity must be raised from %(asked)s to "
                "%(allowed)s.",
                **v,
            ),
            "correction_replace": lambda v: self.env._(
                "%(product)s must be replaced by %(new_product)s.", **v
            ),
            "correction_add": lambda v: self.env._(
                "%(added_product)s must be on this order.", **v
            ),
            "correction_carrier": lambda v: self.env._(
                "Delivery must be by %(carrier)s.", **v
            ),
        }

    def _is_staff_only(self):
        """Whether the numbers are none of the customer's business.

        A margin would tell him what we pay for the goods.
        """
        measure = (self.details or {}).get("measure") or ""
        return self.kind in _STAFF_ONLY or measure.startswith("margin")

    def _get_public_fact(self):
        """What a customer may read of a check that is none of his business."""
        return self.env._("This order needs to be checked by our staff.")

    def _get_explanation(self):
        """Which rules gave way to this one, and why."""
        over = (self.details or {}).get("over")
        if not over:
            return False
        names = self.env["sale.review.rule"].sudo().browse(over).exists()
        return self.env._(
            "“%(rule)s” is more specific than %(others)s and was used instead.",
            rule=self.rule_id.name,
            others=", ".join(f"“{name}”" for name in names.mapped("name")),
        )


#: Checks whose numbers only staff may read.
_STAFF_ONLY = frozenset({"customer_hold", "credit", "domain"})


def _join(*parts):
    return " ".join(part.strip() for part in parts if part)
