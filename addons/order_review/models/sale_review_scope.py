from odoo import fields, models


class SaleReviewScope(models.AbstractModel):
    """To whom and to what a rule applies; an empty field means everybody or all.

    Because of that, nothing a rule names may be deleted: losing its only product
    would turn a rule on one product into a rule on all.
    """

    _name = "sale.review.scope"
    _description = "Scope of an Order Review Rule"

    product_ids = fields.Many2many(
        "product.product",
        ondelete="restrict",
        string="Products",
        help="Products, product templates, categories and tags are added up: the rule "
        "applies to every product that one of them names.",
    )
    product_tmpl_ids = fields.Many2many(
        "product.template", ondelete="restrict", string="Product Templates"
    )
    categ_ids = fields.Many2many(
        "product.category",
        ondelete="restrict",
        string="Product Categories",
        help="With the categories below them.",
    )
    product_tag_ids = fields.Many2many(
        "product.tag", ondelete="restrict", string="Product Tags"
    )
    partner_ids = fields.Many2many(
        "res.partner",
        ondelete="restrict",
        string="Customers",
        help="With their contacts and branches.",
    )
    partner_category_ids = fields.Many2many(
        "res.partner.category",
        ondelete="restrict",
        string="Customer Tags",
        help="Customers and customer tags are added up.",
    )
    is_new_customer = fields.Boolean(
        string="New Customers Only",
        help="Only customers whose company has no other confirmed order.",
    )
    pricelist_ids = fields.Many2many(
        "product.pricelist", ondelete="restrict", string="Pricelists"
    )
    website_ids = fields.Many2many("website", ondelete="restrict", string="Websites")
    team_ids = fields.Many2many("crm.team", ondelete="restrict", string="Sales Teams")
    country_ids = fields.Many2many(
        "res.country", ondelete="restrict", string="Ship-to Countries"
    )
    group_ids = fields.Many2many(
        "res.groups",
        ondelete="restrict",
        string="Ordered By",
        help="Roles of the person who places the order, for instance Portal or "
        "Salesperson.",
    )
    date_start = fields.Datetime(string="From")
    date_end = fields.Datetime(string="Until", help="The rule ends at this moment.")
