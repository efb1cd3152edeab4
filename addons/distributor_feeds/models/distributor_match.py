from odoo import api, fields, models


class DistributorMatch(models.Model):
    """A code that a person said belongs to a product: remembered for the next time."""

    _name = "distributor.match"
    _description = "Distributor Code of a Product"
    _rec_name = "code"
    _order = "account_id, code"
    _check_company_auto = True

    account_id = fields.Many2one(
        "distributor.account", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="account_id.company_id", store=True)
    code = fields.Char("Distributor's Code", required=True)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )

    _key = models.UniqueIndex(
        "(account_id, code)", "This code already belongs to a product."
    )

    @api.model_create_multi
    def create(self, vals_list):
        matches = super().create(vals_list)
        matches._note()
        return matches

    def write(self, vals):
        """Offers of the old code may lose their product, those of the new one find
        it."""
        self._note()
        result = super().write(vals)
        self._note()
        return result

    def unlink(self):
        """Offers lose the product, or find another one without the person's word."""
        self._note()
        return super().unlink()

    def _note(self):
        self.env["distributor.match.queue"]._note_codes(match._code() for match in self)

    @api.model
    def _remember(self, decided):
        """Keep which product codes belong to; that it was refused before is forgotten.

        :param dict decided: id of a product by pair of an account's id and a code
        """
        known, refusals = (
            self._of(decided),
            self.env["distributor.match.refusal"]._of(decided),
        )
        right = known.filtered(
            lambda match: match.product_id.id == decided[match._code()]
        )
        (known - right).unlink()
        refusals.filtered(lambda no: no.product_id.id == decided[no._code()]).unlink()
        remembered = {match._code() for match in right}
        self.create(
            [
                {"account_id": code[0], "code": code[1], "product_id": product}
                for code, product in sorted(decided.items())
                if code not in remembered
            ]
        )

    @api.model
    def _of(self, codes):
        """Return what is remembered of codes.

        :param codes: collection of pairs of an account's id and a code
        """
        found = self.search(
            [
                ("account_id", "in", [account for account, _code in codes]),
                ("code", "in", [code for _account, code in codes]),
            ]
        )
        return found.filtered(lambda match: match._code() in codes)

    def _code(self):
        self.ensure_one()
        return self.account_id.id, self.code
