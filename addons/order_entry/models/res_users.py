from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _represented_domain(self, company):
        """Whom this user may place orders for today.

        Made anew at each request: rights end, and customers withdraw them.

        :param company: the ``res.company`` that sells
        :return: a domain on ``res.partner``, for use with superuser rights
        :rtype: Domain
        """
        self.ensure_one()
        if self._is_public():
            return Domain.FALSE
        refusals = self.env["order.representation.refusal"].sudo()
        rights = self._get_valid_rights(company)
        members = self._get_division_members(company, rights).partner_id
        # stores are delivery addresses as a rule; only there these are customers
        contact = Domain("type", "=", "contact")
        by_division = Domain("id", "in", members.ids) & Domain("type", "!=", "invoice")
        covered = (rights._covered_domain() & contact) | by_division
        refused = refusals.search([("user_id", "=", self.id)]).partner_id
        covered &= Domain("id", "not in", refused.ids)
        if self._orders_for_all():
            refused = refusals.search([("user_id", "=", False)]).partner_id
            covered |= contact & Domain("id", "not in", refused.ids)
        return (
            covered
            & Domain("id", "!=", self.partner_id.id)
            & Domain("active", "=", True)
            & Domain("company_id", "in", (False, company.id))
        )

    def _get_valid_rights(self, company):
        """The rights that name the user and hold today, with superuser rights."""
        rights = self.env["order.representation"].sudo()
        return rights.search(
            [
                ("user_id", "=", self.id),
                ("company_id", "=", company.id),
                ("state", "=", "valid"),
            ]
        )

    def _get_division_members(self, company, rights):
        """Memberships in divisions that the user manages or has a right for.

        :param company: the ``res.company`` that sells
        :param rights: ``order.representation`` that hold, with superuser rights
        :rtype: order.division.member recordset, with superuser rights
        """
        managed = self.sudo().order_division_ids.filtered(
            lambda division: division.active and division.company_id == company
        )
        by_right = rights.filtered(lambda right: right.scope == "division")
        return (managed | by_right.division_id)._get_members()

    def _orders_for_all(self):
        """Whether the user belongs to customer service."""
        return self._is_internal() and self.has_group("order_entry.group_order_for_all")

    def _may_order_for(self, partner, company):
        """Whether this user may place orders for a customer today.

        :param partner: one ``res.partner``
        :param company: the ``res.company`` that sells
        :rtype: bool
        """
        domain = self._represented_domain(company) & Domain("id", "in", partner.ids)
        return bool(self.env["res.partner"].sudo().search_count(domain, limit=1))
