from odoo import api, fields, models

from .. import posting

_SAYS_WHOSE = {
    "distributor_id", "partner_id", "role_id", "account_number", "date_from",
    "date_until", "company_id", "active",
}  # fmt: skip


class TradeRelation(models.Model):
    """Whose posted records are follows from relations, also when these change."""

    _inherit = "trade.relation"

    @api.model_create_multi
    def create(self, vals_list):
        relations = super().create(vals_list)
        self._resolve_posted(relations._posted_accounts())
        return relations

    def write(self, vals):
        before = self._posted_accounts() if _SAYS_WHOSE & set(vals) else {}
        result = super().write(vals)
        if _SAYS_WHOSE & set(vals):
            self._resolve_posted(before, self._posted_accounts())
        return result

    def unlink(self):
        accounts = self._posted_accounts()
        result = super().unlink()
        self._resolve_posted(accounts)
        return result

    def _posted_accounts(self):
        """``{distributor: account numbers}`` of these relations."""
        accounts = {}
        for relation in self.sudo().filtered("account_number"):
            distributor = relation.distributor_id.commercial_partner_id.id
            key = relation.account_number.strip(" ").upper()
            accounts.setdefault(distributor, set()).add(key)
        return accounts

    def _resolve_posted(self, *accounts):
        """Find out anew whose records under these numbers are."""
        together = {}
        for some in accounts:
            for distributor, keys in some.items():
                together.setdefault(distributor, set()).update(keys)
        # a distributor who never posted has nothing to look up: most have not
        posted = (
            self.env["track.post"]
            .sudo()
            ._read_group(
                [("distributor_id", "in", list(together)), ("state", "=", "done")],
                ["distributor_id"],
            )
        )
        if not posted:
            return
        self.env.flush_all()
        for (distributor,) in posted:
            posting.resolve_again(
                self.env.cr,
                distributor.id,
                together[distributor.id],
                fields.Date.today(),
            )
        for name in ("customer", "order", "reserve", "freight"):
            self.env[posting.KINDS[name].model].invalidate_model(
                ["partner_id", "showroom_id", "rep_id"]
            )
