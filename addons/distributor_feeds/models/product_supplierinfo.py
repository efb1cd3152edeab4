from odoo import api, models

# What decides which code of a distributor is which product.
MATCHED_BY = {
    "partner_id",
    "product_code",
    "product_id",
    "product_tmpl_id",
    "company_id",
}


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    @api.model_create_multi
    def create(self, vals_list):
        """Offers of the vendor's codes find their products."""
        infos = super().create(vals_list)
        infos._note_codes()
        return infos

    def write(self, vals):
        """Offers of the old code may lose their product, those of the new one find
        it."""
        if MATCHED_BY.isdisjoint(vals):
            return super().write(vals)
        self._note_codes()
        result = super().write(vals)
        self._note_codes()
        return result

    def unlink(self):
        """Offers of the vendor's codes lose what only these said."""
        self._note_codes()
        return super().unlink()

    def _note_codes(self):
        infos = self.sudo().filtered("product_code")
        accounts = (
            self.env["distributor.account"]
            .sudo()
            .with_context(active_test=False)
            .search([("distributor_id", "in", infos.partner_id.ids)])
        )
        by_distributor = accounts.grouped("distributor_id")
        self.env["distributor.match.queue"]._note_codes(
            (account.id, info.product_code)
            for info in infos
            for account in by_distributor.get(info.partner_id, ())
        )
