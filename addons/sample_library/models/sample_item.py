from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..const import COLOR_FAMILIES

# otherwise a clerk could charge nothing
_FOR_MANAGERS = {"charge", "currency_id"}


class SampleItem(models.Model):
    """What samples are of: a color of a distributor's pattern, or a product."""

    _name = "sample.item"
    _inherit = ["sample.scope", "image.mixin"]
    _description = "Sample Item"
    _order = "pattern, color, name, id"
    _rec_names_search = ["name", "pattern", "color"]
    _check_company_auto = True

    active = fields.Boolean(default=True)
    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index="trigram",
    )
    distributor_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('is_distributor', '=', True)]",
    )
    pattern = fields.Char(
        index="trigram", help="The distributor's number or name of the pattern."
    )
    color = fields.Char(
        index="trigram", help="The distributor's number or name of the color."
    )
    color_family = fields.Selection(COLOR_FAMILIES)
    product_id = fields.Many2one(
        "product.product",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The product that is sold, if it is in the system.",
    )
    category_id = fields.Many2one(
        "product.category",
        compute="_compute_category_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Rules for due dates may hold for a category.",
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        help="Empty: samples of it are lent in all companies.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    charge = fields.Monetary(
        string="Charge if Lost", help="What is charged when a sample is not returned."
    )
    bin_code = fields.Char(
        string="Bin at the Distributor",
        help="Where the distributor's sample department keeps it. Picking tickets are "
        "in this order.",
    )
    substitute_ids = fields.Many2many(
        "sample.item",
        "sample_item_substitute_rel",
        "item_id",
        "substitute_id",
        string="Substitutes",
        check_company=True,
        help="What to offer when no sample of this one is there.",
    )
    copy_ids = fields.One2many("sample.copy", "item_id", string="Sample Copies")
    copy_count = fields.Integer(string="Samples", compute="_compute_copy_counts")
    free_count = fields.Integer(string="Here", compute="_compute_copy_counts")

    _charge_positive = models.Constraint(
        "CHECK (charge >= 0)", "The charge for a lost sample is 0 or more."
    )
    _named = models.Constraint(
        "CHECK (product_id IS NOT NULL"
        " OR (distributor_id IS NOT NULL AND pattern IS NOT NULL))",
        "Say what the sample is of: a distributor and a pattern, or a product.",
    )
    _once = models.UniqueIndex(
        "(distributor_id, upper(pattern), upper(COALESCE(color, '')),"
        " COALESCE(company_id, 0)) WHERE pattern IS NOT NULL",
        "This distributor has an item with this pattern and color already.",
    )
    _product_pattern_once = models.UniqueIndex(
        "(product_id, upper(pattern), upper(COALESCE(color, '')),"
        " COALESCE(company_id, 0))"
        " WHERE pattern IS NOT NULL AND distributor_id IS NULL",
        "There is an item for this product with this pattern and color already.",
    )
    _product_once = models.UniqueIndex(
        "(product_id, COALESCE(company_id, 0)) WHERE pattern IS NULL",
        "There is an item for this product already.",
    )

    @api.depends("pattern", "color", "product_id")
    def _compute_name(self):
        for item in self:
            words = " ".join(filter(None, (item.pattern, item.color)))
            item.name = words or item.name or item.product_id.name

    @api.depends("product_id")
    def _compute_category_id(self):
        for item in self:
            item.category_id = item.product_id.categ_id or item.category_id

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_copy_counts(self):
        counts = {}
        for item, state, count in self.env["sample.copy"]._read_group(
            [("item_id", "in", self.ids), ("state", "in", ("in", "out"))],
            ["item_id", "state"],
            ["__count"],
        ):
            counts[item, state] = count
        for item in self:
            item.free_count = counts.get((item, "in"), 0)
            item.copy_count = item.free_count + counts.get((item, "out"), 0)

    @api.constrains("company_id")
    def _check_company_of_copies(self):
        self.with_context(active_test=False).sudo().copy_ids._check_company(["item_id"])

    @api.constrains("substitute_ids")
    def _check_substitute_ids(self):
        for item in self:
            if item in item.substitute_ids:
                raise ValidationError(
                    self.env._("%(item)s cannot replace itself.", item=item.name)
                )

    def write(self, vals):
        if not self.env.su and not _FOR_MANAGERS.isdisjoint(vals):
            self._refuse_all_but_managers()
        return super().write(vals)

    def _refuse_all_but_managers(self):
        """What is lost costs what a manager says.

        :raise AccessError: for everybody else
        """
        if not self.env.user.has_group("sample_library.group_sample_manager"):
            raise AccessError(
                self.env._(
                    "Only a manager of the sample library changes what is charged for "
                    "a lost sample. Ask one of them."
                )
            )
