from odoo import fields, models


class SaleReviewScope(models.AbstractModel):
    """To whom and to what a rule applies; an empty field means everybody or all."""

    _name = "sale.review.scope"
    _description = "Scope of an Order Review Rule"

    product_ids = fields.Many2many(
        "product.product",
        string="Products",
        help="Products, product templates, categories and tags are added up: the rule "
        "applies to every product that one of them names.",
    )
    product_tmpl_ids = fields.Many2many("product.template", string="Product Templates")
    categ_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="With the categories below them.",
    )
    product_tag_ids = fields.Many2many("product.tag", string="Product Tags")
    partner_ids = fields.Many2many(
        "res.partner", string="Customers", help="With their contacts and branches."
    )
    partner_category_ids = fields.Many2many(
        "res.partner.category",
        string="Customer Tags",
        help="Customers and customer tags are added up.",
    )
    is_new_customer = fields.Boolean(
        string="New Customers Only",
        help="Only customers whose company has no other confirmed order.",
    )
    pricelist_ids = fields.Many2many("product.pricelist", string="Pricelists")
    website_ids = fields.Many2many("website", string="Websites")
    team_ids = fields.Many2many("crm.team", string="Sales Teams")
    country_ids = fields.Many2many("res.country", string="Ship-to Countries")
    group_ids = fields.Many2many(
        "res.groups",
        string="Ordered By",
        help="Roles of the person who places the order, for instance Portal or "
        "Salesperson.",
    )
    date_start = fields.Datetime(string="From")
    date_end = fields.Datetime(string="Until", help="The rule ends at this moment.")
