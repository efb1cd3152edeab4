from odoo import fields, models


def _of_company(name):
    return fields.Boolean(related=f"company_id.{name}", readonly=False)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    track_mail_shipped = _of_company("track_mail_shipped")
    track_mail_out_for_delivery = _of_company("track_mail_out_for_delivery")
    track_mail_delivered = _of_company("track_mail_delivered")
    track_mail_late = _of_company("track_mail_late")
