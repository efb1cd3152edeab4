from odoo import api, fields, models
from odoo.tools import format_amount, format_datetime, format_list
from odoo.tools.float_utils import float_repr


class SaleReviewRule(models.Model):
    _inherit = "sale.review.rule"

    description = fields.Text(
        compute="_compute_description", string="In Words", help="What the rule does."
    )

    @api.depends_context("lang")
    @api.depends(
        lambda self: [
            name
            for name, field in self._fields.items()
            if field.store
            and field._module == "order_review"
            and name not in _NOT_DESCRIBED
        ]
    )
    def _compute_description(self):
        for rule in self:
            sentences = [
                rule._describe_check(),
                rule._describe_scope(),
                rule._describe_dates(),
                rule._describe_severity(),
            ]
            rule.description = " ".join(sentence for sentence in sentences if sentence)

    def _describe_check(self):
        """What the rule asks for, as one sentence."""
        values = self._describe_values()
        key = self.kind
        if self.kind == "quota" and self.period == "rolling":
            key = "quota_rolling"
        elif self.kind == "correction":
            key = f"correction_{self.correction}"
        sentences = {
            "max_quantity": lambda: self.env._(
                "At most %(max)s per order, counted for %(per)s.", **values
            ),
            "quota": lambda: self.env._(
                "At most %(max)s %(period)s for %(who)s, counted for %(per)s.",
                **values,
            ),
            "quota_rolling": lambda: self.env._(
                "At most %(max)s in %(days)s days for %(who)s, counted for %(per)s.",
                **values,
            ),
            "product_hold": lambda: self.env._("These products cannot be ordered."),
            "customer_hold": lambda: self.env._(
                "Orders of these customers are on hold."
            ),
            "credit": lambda: (
                self.env._(
                    "What the customer owes and this order together stay within the "
                    "customer's credit limit."
                )
                if self.use_partner_limit
                else self.env._(
                    "What the customer owes and this order together stay within "
                    "%(credit)s.",
                    **values,
                )
            ),
            "payment": lambda: self.env._(
                "%(percent)s %% must be paid first.", **values
            ),
            "amount": self._describe_amount,
            "domain": lambda: (
                self.env._("Orders that match the condition break this rule.")
                if self.domain_model == "sale.order"
                else self.env._("Order lines that match the condition break this rule.")
            ),
            "multiple": lambda: (
                format_list(
                    self.env,
                    [
                        text
                        for text in (
                            self.min_quantity
                            and self.env._("At least %(min)s", **values),
                            self.multiple_quantity
                            and self.env._("full packs of %(pack)s", **values),
                        )
                        if text
                    ],
                )
                + "."
            ),
            "correction_cap": lambda: self.env._(
                "More than %(max)s per order is lowered to that.", **values
            ),
            "correction_round": lambda: self.env._(
                "The quantity is raised to at least %(min)s and to full packs of "
                "%(pack)s.",
                **values,
            ),
            "correction_replace": lambda: self.env._(
                "The product is replaced by %(new)s.", **values
            ),
            "correction_add": lambda: self.env._(
                "%(added)s is added when it is missing.", **values
            ),
            "correction_carrier": lambda: self.env._(
                "The delivery method is set to %(carrier)s.", **values
            ),
        }
        return sentences[key]() if key in sentences else ""

    def _describe_values(self):
        unit = self.uom_id.name or ""

        def quantity(value):
            text = float_repr(value or 0.0, 2).rstrip("0").rstrip(".")
            return f"{text} {unit}".strip()

        return {
            "max": quantity(self.max_quantity),
            "min": quantity(self.min_quantity),
            "pack": quantity(self.multiple_quantity or 1.0),
            "per": self._describe_counted(),
            "who": self._describe_who(),
            "period": self._describe_period(),
            "days": self.period_days,
            "credit": format_amount(
                self.env,
                self.credit_limit,
                self.currency_id or self.env.company.currency_id,
            ),
            "percent": float_repr(self.payment_percent or 0.0, 0),
            "new": self.replacement_product_id.display_name or "…",
            "added": self.add_product_id.display_name or "…",
            "carrier": self.carrier_id.name or "…",
        }

    # Words inside a sentence have literals of their own: labels of options begin with a
    # capital, and lower-casing those would spoil the nouns of other languages.

    def _describe_counted(self):
        return {
            "product": self.env._("each product variant"),
            "template": self.env._("all variants of a product together"),
            "scope": self.env._("all products of this rule together"),
        }.get(self.quantity_per, "")

    def _describe_who(self):
        return {
            "partner": self.env._("each customer or contact"),
            "commercial": self.env._("each company"),
            "shipping": self.env._("each delivery address"),
            "user": self.env._("each ordering user"),
        }.get(self.quota_per, "")

    def _describe_period(self):
        return {
            "day": self.env._("per day"),
            "week": self.env._("per week"),
            "month": self.env._("per month"),
        }.get(self.period, "")

    def _describe_amount(self):
        currency = self.currency_id or self.env.company.currency_id
        percent = self.measure in ("margin_percent", "discount")

        def amount(value):
            if percent:
                return f"{float_repr(value, 2)} %"
            return format_amount(self.env, value, currency)

        options = dict(self._fields["measure"]._description_selection(self.env))
        measure = options.get(self.measure, "")
        if self.measure == "discount" or (
            self.has_amount_max and not self.has_amount_min
        ):
            return self.env._(
                "%(measure)s: at most %(max)s.",
                measure=measure,
                max=amount(self.amount_max),
            )
        if self.has_amount_min and not self.has_amount_max:
            return self.env._(
                "%(measure)s: at least %(min)s.",
                measure=measure,
                min=amount(self.amount_min),
            )
        return self.env._(
            "%(measure)s: between %(min)s and %(max)s.",
            measure=measure,
            min=amount(self.amount_min),
            max=amount(self.amount_max),
        )

    def _describe_scope(self):
        parts = [
            format_list(self.env, self[name].mapped("display_name")[:5])
            for name in _SCOPE
            if self[name]
        ]
        if self.is_new_customer:
            parts.append(self.env._("new customers"))
        if not parts:
            return self.env._("Applies to every order.")
        return self.env._("Applies to: %(scope)s.", scope="; ".join(parts))

    def _describe_dates(self):
        start = self.date_start and format_datetime(
            self.env, self.date_start, dt_format="short"
        )
        end = self.date_end and format_datetime(
            self.env, self.date_end, dt_format="short"
        )
        if start and end:
            return self.env._("From %(start)s until %(end)s.", start=start, end=end)
        if start:
            return self.env._("From %(start)s on.", start=start)
        if end:
            return self.env._("Until %(end)s.", end=end)
        return ""

    def _describe_severity(self):
        if self.severity == "block" and self.is_overridable:
            group = self.override_group_id.display_name or self.env._("Review managers")
            return self.env._(
                "Otherwise the order is blocked; %(group)s can override.", group=group
            )
        return {
            "inform": self.env._("Otherwise a note is shown; the order goes through."),
            "warn": self.env._("Otherwise a warning must be acknowledged."),
            "approve": self.env._("Otherwise the order waits for a Review manager."),
            "block": self.env._("Otherwise the order is blocked."),
        }.get(self.severity, "")


_SCOPE = (
    "product_ids",
    "product_tmpl_ids",
    "categ_ids",
    "product_tag_ids",
    "partner_ids",
    "partner_category_ids",
    "pricelist_ids",
    "website_ids",
    "team_ids",
    "country_ids",
    "group_ids",
)

_NOT_DESCRIBED = frozenset({"last_error", "sequence", "active", "name"})
