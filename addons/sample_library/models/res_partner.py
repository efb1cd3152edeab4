from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import email_normalize

from ..const import DUPLICATE_DAYS

# whoever sets the address decides who may answer in the distributor's name
_FOR_STAFF = {
    "sample_email",
    "sample_duplicate_days",
    "sample_duplicate_by_family",
}


class ResPartner(models.Model):
    """What a distributor's sample department wants."""

    _inherit = "res.partner"

    sample_email = fields.Char(
        string="Sample Department",
        help="The email address that gets requests for samples. Empty: the address of "
        "the contact.",
    )
    sample_duplicate_days = fields.Integer(
        string="Duplicates Within",
        default=DUPLICATE_DAYS,
        help="Whoever asks for the same sample again within so many days is flagged, "
        "for the same designer, firm or project. 0: nobody is.",
    )
    sample_duplicate_by_family = fields.Boolean(
        string="Color Families Count as the Same",
        help="Another color of the same pattern is a duplicate too, if both are of one "
        "color family.",
    )

    _sample_days_sane = models.Constraint(
        "CHECK (sample_duplicate_days BETWEEN 0 AND 3650)",
        "Duplicates are looked for within 0 to 3650 days.",
    )

    @api.constrains("sample_email")
    def _check_sample_email(self):
        for partner in self:
            if partner.sample_email and not email_normalize(partner.sample_email):
                raise ValidationError(
                    self.env._(
                        "%(email)s is not an email address of one sample department. "
                        "Correct it, or leave it empty.",
                        email=partner.sample_email[:200],
                    )
                )

    def write(self, vals):
        if not _FOR_STAFF.isdisjoint(vals) and not (
            self.env.su or self.env.user._is_internal()
        ):
            raise AccessError(
                self.env._("Only employees change where requests for samples are sent.")
            )
        return super().write(vals)

    def _sample_address(self):
        """Where requests to a distributor go.

        :return: normalized email address; false if there is none
        """
        self.ensure_one()
        distributor_sudo = self.sudo()
        company_sudo = distributor_sudo.commercial_partner_id
        for address in (
            distributor_sudo.sample_email,
            company_sudo.sample_email,
            distributor_sudo.email,
            company_sudo.email,
        ):
            if found := email_normalize(address or ""):
                return found
        return False
