from odoo import api, fields, models


class SamplePlace(models.Model):
    """Where copies are kept: a bin in a wing."""

    _name = "sample.place"
    _inherit = ["sample.scope"]
    _description = "Place in a Sample Library"
    _order = "library_id, sequence, wing, code, id"
    _rec_names_search = ["code", "wing"]

    sequence = fields.Integer(
        default=10, help="In which order one walks along the places."
    )
    active = fields.Boolean(default=True)
    library_id = fields.Many2one(
        "sample.library", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", related="library_id.company_id", store=True, index=True
    )
    wing = fields.Char(help="A room, a wall or a rack. May be left empty.")
    code = fields.Char(string="Bin", required=True)
    copy_ids = fields.One2many("sample.copy", "place_id", string="Copies")

    _once = models.UniqueIndex(
        "(library_id, upper(COALESCE(wing, '')), upper(code))",
        "There is a place with this wing and bin in the library already.",
    )

    @api.depends("wing", "code")
    def _compute_display_name(self):
        for place in self:
            place.display_name = " / ".join(filter(None, (place.wing, place.code)))

    @api.constrains("library_id")
    def _check_library_of_copies(self):
        self.with_context(active_test=False).sudo().copy_ids._check_place_id()
