from odoo import api, fields, models


class DistributorMatchRefusal(models.Model):
    """A product that a person said a code is not: no way of matching brings it back."""

    _name = "distributor.match.refusal"
    _description = "Product That a Distributor's Code Is Not"
    _rec_name = "code"
    _order = "account_id, code, id"

    account_id = fields.Many2one(
        "distributor.account", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="account_id.company_id", store=True)
    code = fields.Char("Distributor's Code", required=True)
    product_id = fields.Many2one(
        "product.product", "Is Not", required=True, ondelete="cascade", index=True
    )

    _key = models.UniqueIndex(
        "(account_id, code, product_id)",
        "This is known already: the code is not this product.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        refusals = super().create(vals_list)
        refusals._note()
        return refusals

    def unlink(self):
        """What was refused may match again."""
        self._note()
        return super().unlink()

    def _note(self):
        self.env["distributor.match.queue"]._note_codes(
            refusal._code() for refusal in self
        )

    @api.model
    def _of(self, codes):
        """Return what was refused about codes.

        :param codes: collection of pairs of an account's id and a code
        """
        found = self.search(
            [
                ("account_id", "in", [account for account, _code in codes]),
                ("code", "in", [code for _account, code in codes]),
            ]
        )
        return found.filtered(lambda refusal: refusal._code() in codes)

    def _code(self):
        self.ensure_one()
        return self.account_id.id, self.code
