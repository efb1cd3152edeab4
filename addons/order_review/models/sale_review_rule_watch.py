from odoo import models, tools

from ..const import LINE_TRIGGERS, ORDER_TRIGGERS

_TRIGGERS = {"sale.order": ORDER_TRIGGERS, "sale.order.line": LINE_TRIGGERS}

#: Computed fields that change only together with one of the fields above.
_FOLLOWING = frozenset(
    {
        "amount_tax",
        "amount_total",
        "amount_untaxed",
        "commercial_partner_id",
        "country_code",
        "price_subtotal",
        "price_tax",
        "price_total",
        "product_category_id",
    }
)


class SaleReviewRule(models.Model):
    _inherit = "sale.review.rule"

    @tools.ormcache()
    def _get_watched(self):
        """Fields whose change on a confirmed order may break a rule.

        The ones that every kind of rule looks at, and those that free conditions
        name.  A condition on a computed field may depend on anything: then every
        field is watched.

        :return: ``{model name: frozenset of field names, or None for every field}``
        :rtype: dict[str, frozenset | None]
        """
        watched = {model: set(names) for model, names in _TRIGGERS.items()}
        rules = self.sudo().search([("kind", "=", "domain")])
        for rule in rules:
            try:
                paths = {
                    condition.field_expr
                    for condition in rule._parse_domain().iter_conditions()
                }
            except (ValueError, SyntaxError):
                continue  # it cannot be checked and holds its orders in any case
            for path in paths:
                if not self._watch(rule.domain_model, path, watched):
                    return dict.fromkeys(_TRIGGERS)
        return {model: frozenset(names) for model, names in watched.items()}

    def _watch(self, model, path, watched):
        """Add the fields of a path, as far as it stays on orders and their lines.

        :return: whether it is known when the value changes
        """
        for name in path.split("."):
            field = self.env[model]._fields.get(name)
            if field is None or (
                field.compute and field.readonly and name not in _FOLLOWING
            ):
                return False
            watched[model].add(name)
            if field.comodel_name not in watched:
                break
            model = field.comodel_name
        return True

    def _is_watched(self, model, names):
        """Whether a change of these fields of a confirmed order asks the rules again.

        :param str model: ``sale.order`` or ``sale.order.line``
        :param names: names of fields
        :rtype: bool
        """
        fields = self._get_watched()[model]
        return fields is None or not fields.isdisjoint(names)
