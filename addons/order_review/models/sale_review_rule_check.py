import math

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..const import COUNTING_KINDS, GROUPING_KINDS, SCOPE_FIELDS

#: Fields that only one kind of rule reads and that must then be set.
_REQUIRED = {
    "replace": "replacement_product_id",
    "add": "add_product_id",
    "carrier": "carrier_id",
}


class SaleReviewRule(models.Model):
    _inherit = "sale.review.rule"

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        for rule in self:
            if rule.date_start and rule.date_end and rule.date_start >= rule.date_end:
                raise ValidationError(
                    self.env._(
                        "%(rule)s ends before it starts. Set an end after the start, "
                        "or leave one of them empty.",
                        rule=rule.name,
                    )
                )

    @api.constrains(
        "max_quantity",
        "min_quantity",
        "multiple_quantity",
        "period",
        "period_days",
        "quota_per",
        "credit_limit",
        "payment_percent",
        "kind",
    )
    def _check_numbers(self):
        for rule in self:
            numbers = (
                rule.max_quantity,
                rule.min_quantity,
                rule.multiple_quantity,
                rule.credit_limit,
            )
            if any(number < 0 for number in numbers):
                raise ValidationError(
                    self.env._(
                        "Limits of %(rule)s cannot be negative. Enter 0 or more.",
                        rule=rule.name,
                    )
                )
            if rule.kind == "quota":
                if not (rule.period and rule.quota_per):
                    raise ValidationError(
                        self.env._(
                            "Say for which period and for whom the quota %(rule)s "
                            "counts.",
                            rule=rule.name,
                        )
                    )
                if rule.period == "rolling" and not 0 < rule.period_days <= 3660:
                    raise ValidationError(
                        self.env._(
                            "The quota %(rule)s needs a number of days between 1 and "
                            "3660.",
                            rule=rule.name,
                        )
                    )
            if rule.kind == "payment" and not 0 < rule.payment_percent <= 100:
                raise ValidationError(
                    self.env._(
                        "The part to be paid first must be above 0 and at most 100 %."
                    )
                )
            if rule.kind == "multiple" and not (
                rule.min_quantity or rule.multiple_quantity
            ):
                raise ValidationError(
                    self.env._(
                        "%(rule)s needs a minimum quantity or a pack size.",
                        rule=rule.name,
                    )
                )

    @api.constrains(
        "kind",
        "measure",
        "has_amount_max",
        "amount_max",
        "has_amount_min",
        "amount_min",
    )
    def _check_amounts(self):
        for rule in self.filtered(lambda r: r.kind == "amount"):
            if not rule.measure:
                raise ValidationError(
                    self.env._("Say which amount %(rule)s limits.", rule=rule.name)
                )
            if rule.measure == "discount":
                if not 0 <= rule.amount_max <= 100:
                    raise ValidationError(
                        self.env._("The largest discount must be between 0 and 100 %.")
                    )
                continue
            if not (rule.has_amount_max or rule.has_amount_min):
                raise ValidationError(
                    self.env._(
                        "%(rule)s needs an upper or a lower limit.", rule=rule.name
                    )
                )
            if rule.measure in ("total", "untaxed") and (
                (rule.has_amount_max and rule.amount_max < 0)
                or (rule.has_amount_min and rule.amount_min < 0)
            ):
                raise ValidationError(
                    self.env._(
                        "Limits of %(rule)s cannot be negative. Enter 0 or more.",
                        rule=rule.name,
                    )
                )
            if (
                rule.has_amount_max
                and rule.has_amount_min
                and rule.amount_min > rule.amount_max
            ):
                raise ValidationError(
                    self.env._(
                        "The lower limit of %(rule)s is above its upper limit, so "
                        "every order would break it.",
                        rule=rule.name,
                    )
                )

    @api.model
    def _check_finite(self, vals):
        """Refuse numbers that are none; no field could hold them.

        :param dict vals: values about to be written
        :raise ValidationError: naming the field
        """
        for name, value in vals.items():
            if isinstance(value, float) and not math.isfinite(value):
                raise ValidationError(
                    self.env._(
                        "%(field)s is no number. Enter digits.",
                        field=self._fields[name].string,
                    )
                )

    @api.constrains(
        "kind", "correction", *_REQUIRED.values(), "min_quantity", "multiple_quantity"
    )
    def _check_correction(self):
        for rule in self.filtered(lambda r: r.kind == "correction"):
            field = _REQUIRED.get(rule.correction)
            if not rule.correction or (field and not rule[field]):
                raise ValidationError(
                    self.env._(
                        "Say what the automatic correction %(rule)s does, and with "
                        "what.",
                        rule=rule.name,
                    )
                )
            if rule.correction == "round" and not (
                rule.min_quantity or rule.multiple_quantity
            ):
                raise ValidationError(
                    self.env._(
                        "%(rule)s needs a minimum quantity or a pack size.",
                        rule=rule.name,
                    )
                )

    @api.constrains(
        "kind",
        "uom_id",
        "quantity_per",
        "product_ids",
        "product_tmpl_ids",
        "categ_ids",
        "product_tag_ids",
    )
    def _check_unit(self):
        for rule in self.filtered(lambda r: r.kind in COUNTING_KINDS):
            adds_up = rule.kind in GROUPING_KINDS and rule.quantity_per == "scope"
            if adds_up and not rule.uom_id:
                raise ValidationError(
                    self.env._(
                        "Quantities of several products are added up in one unit: "
                        "choose the unit of %(rule)s.",
                        rule=rule.name,
                    )
                )
            if not rule.uom_id:
                continue
            if product := rule._get_uncountable_product():
                raise ValidationError(
                    self.env._(
                        "%(unit)s cannot be converted to %(other)s, the unit of "
                        "%(product)s. Choose a unit of the same kind, or products that "
                        "are measured in it.",
                        unit=rule.uom_id.name,
                        other=product.uom_id.name,
                        product=product.display_name,
                    )
                )

    def _get_uncountable_product(self):
        """A product the rule names that cannot be measured in its unit.

        A rule on all products names none: it counts those that can be measured.

        :rtype: product.template recordset
        """
        self.ensure_one()
        Template = self.env["product.template"].sudo().with_context(active_test=False)
        named = Domain.OR(
            [
                Domain("product_variant_ids", "in", self.product_ids.ids),
                Domain("id", "in", self.product_tmpl_ids.ids),
                Domain("categ_id", "child_of", self.categ_ids.ids),
                Domain(
                    "product_variant_ids.all_product_tag_ids",
                    "in",
                    self.product_tag_ids.ids,
                ),
            ]
        )
        root = self.uom_id.parent_path.split("/")[0]
        other_kind = ~Domain("uom_id.parent_path", "=like", f"{root}/%")
        return Template.search(named & other_kind, limit=1)

    @api.constrains("kind", *SCOPE_FIELDS)
    def _check_hold(self):
        for rule in self.filtered(
            lambda r: r.kind in ("product_hold", "customer_hold")
        ):
            if not any(rule[name] for name in SCOPE_FIELDS):
                raise ValidationError(
                    self.env._(
                        "%(rule)s would hold every order. Say which products or "
                        "customers are on hold.",
                        rule=rule.name,
                    )
                )

    @api.constrains("kind", "domain", "domain_model")
    def _check_domain(self):
        for rule in self.filtered(lambda r: r.kind == "domain"):
            if not rule.domain_model:
                raise ValidationError(
                    self.env._(
                        "Say whether the condition is on the order or its lines."
                    )
                )
            try:
                domain = rule._parse_domain()
                # with the rights of the author: what he may not read must not show
                # through what a rule stops
                with self.env.cr.savepoint():
                    self.env[rule.domain_model].search(domain, limit=1)
            except Exception as error:
                # whatever the text does, its author must read why it is refused
                raise ValidationError(
                    self.env._(
                        "The condition of %(rule)s cannot be used: %(error)s",
                        rule=rule.name,
                        error=error,
                    )
                ) from error
            if domain.optimize_full(self.env[rule.domain_model]).is_true():
                raise ValidationError(
                    self.env._(
                        "The condition of %(rule)s is empty, so every order would "
                        "break it. Add at least one condition.",
                        rule=rule.name,
                    )
                )
