from odoo import Command, models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "sale.review.hold"]

    def action_review_hold(self):
        """Open a new rule that puts the product on hold."""
        return self._action_review_hold(product_tmpl_ids=[Command.set(self.ids)])

    def _review_hold_kind(self):
        return "product_hold"

    def _review_is_named_by(self, rule):
        path = [int(one) for one in (self.categ_id.parent_path or "").split("/") if one]
        return bool(
            self in rule.product_tmpl_ids
            or self.product_variant_ids & rule.product_ids
            or set(path) & set(rule.categ_ids.ids)
            or self.product_tag_ids & rule.product_tag_ids
        )
