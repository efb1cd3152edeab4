from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sample_picking_type_id = fields.Many2one(
        "stock.picking.type",
        string="Samples Leave By",
        domain="[('code', '=', 'outgoing'), ('company_id', '=', id)]",
        check_company=True,
        help="The operation type of transfers for requests to this company. Empty: "
        "samples are not kept in stock.",
    )
