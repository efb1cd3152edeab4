from odoo import fields, models


def _mail_setting(label):
    return fields.Boolean(string=label, default=True)


class ResCompany(models.Model):
    _inherit = "res.company"

    track_mail_shipped = _mail_setting("Mail When Shipped")
    track_mail_out_for_delivery = _mail_setting("Mail When Out for Delivery")
    track_mail_delivered = _mail_setting("Mail When Delivered")
    track_mail_late = _mail_setting("Mail When Late")
