from decimal import Decimal, InvalidOperation

from odoo import api, fields, models

from ..mapping import TARGETS, MappingError, Rule

# Odoo names selections by their letters, so signs cannot be values.
SIGNS = {"auto": "auto", "point": ".", "comma": ",", "blank": " ", "mark": "'"}
RULE_FIELDS = (
    "target",
    "column",
    "constant",
    "default",
    "decimal",
    "thousands",
    "date_format",
    "factor",
    "price_per",
    "required",
    "negative",
)


class DistributorFeedRuleValues(models.AbstractModel):
    """From which column a value comes: kept by a format, or just tried out."""

    _name = "distributor.feed.rule.values"
    _description = "How a Column Becomes a Value"

    target = fields.Selection("_selection_target", "Value of the Offer")
    column = fields.Char("Column in the File", help="Empty: always the constant.")
    constant = fields.Char()
    default = fields.Char(help="Where the file says nothing.")
    decimal = fields.Selection(
        [
            ("auto", "As it looks"),
            ("point", "Point: 1234.50"),
            ("comma", "Comma: 1234,50"),
        ],
        "Decimal Sign",
        default="auto",
        required=True,
    )
    thousands = fields.Selection(
        [
            ("point", "Point: 1.234"),
            ("comma", "Comma: 1,234"),
            ("blank", "Blank: 1 234"),
            ("mark", "Mark: 1'234"),
        ],
        "Thousands Sign",
    )
    date_format = fields.Selection(
        [
            ("iso", "2026-11-23"),
            ("d.m.y", "23.11.2026 or 23/11/26"),
            ("m/d/y", "11/23/2026"),
            ("y.m.d", "2026.11.23"),
            ("ymd", "20261123"),
            ("dmy", "23112026"),
        ],
        "Dates",
        help="Empty: 2026-11-23 or 23.11.2026.",
    )
    factor = fields.Char(
        default="1",
        help="Numbers are multiplied by this: 0.01 for prices in cents, 12 for dozens.",
    )
    price_per = fields.Char(
        "Price per", default="1", help="The price is for so many units."
    )
    required = fields.Boolean(help="A row without it is rejected.")
    negative = fields.Boolean("Below Zero", help="Numbers below zero are let through.")

    value_kind = fields.Char(compute="_compute_value_kind")

    @api.depends("target")
    def _compute_value_kind(self):
        for line in self:
            line.value_kind = TARGETS[line.target].kind if line.target else False

    @api.model
    def _selection_target(self):
        return [(target.name, target.label) for target in TARGETS.values()]

    def _rule(self):
        """Return the line as ``mapping.Rule``.

        :raise MappingError: it cannot be followed
        """
        self.ensure_one()
        try:
            factor, price_per = (
                Decimal(self.factor or "1"),
                Decimal(self.price_per or "1"),
            )
        except InvalidOperation as error:
            raise MappingError(
                "rule",
                self.target,
                self.env._("A factor is a number, as in 0.01 or 12."),
            ) from error
        return Rule(
            target=self.target,
            column=self.column or "",
            constant=self.constant or "",
            default=self.default or "",
            decimal=SIGNS[self.decimal],
            thousands=SIGNS.get(self.thousands, ""),
            date_format=self.date_format or "",
            factor=factor,
            price_per=price_per,
            required=self.required,
            negative=self.negative,
        )

    def _rule_values(self, rule):
        """Return values of the fields for a ``mapping.Rule``."""
        names = {sign: name for name, sign in SIGNS.items()}
        return {
            "target": rule.target,
            "column": rule.column,
            "constant": rule.constant,
            "default": rule.default,
            "decimal": names[rule.decimal],
            "thousands": names.get(rule.thousands, False),
            "date_format": rule.date_format or False,
            "factor": str(rule.factor),
            "price_per": str(rule.price_per),
            "required": rule.required,
            "negative": rule.negative,
        }

    def _kept_values(self):
        """Return what a rule has of its own, to create another one with it."""
        self.ensure_one()
        return {name: self[name] for name in RULE_FIELDS}
