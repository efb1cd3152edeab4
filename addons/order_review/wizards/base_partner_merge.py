from odoo import models


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Override of `base`: rules that named a merged contact name another one now.

        Contacts are merged by SQL, which the rules kept in memory cannot notice.
        """
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        self.env["sale.review.rule"]._rules_changed()
        return result
