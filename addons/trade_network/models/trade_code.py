from odoo import fields, models


class TradeCode(models.AbstractModel):
    """What people call by a name and programs by a code."""

    _name = "trade.code"
    _description = "Name and Code in the Trade Network"
    _order = "sequence, id"
    # a file to import may hold either
    _rec_names_search = ["name", "code"]

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Programs know it by this code. Small letters, digits and underscores.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "This code is taken already. Choose another one."
    )
    _code_plain = models.Constraint(
        "CHECK (code ~ '^[a-z][a-z0-9_]*$')",
        "A code begins with a small letter and holds only small letters, digits and "
        "underscores, for example sales_rep.",
    )
