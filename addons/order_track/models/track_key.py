from odoo import fields, models


class TrackKey(models.Model):
    """What a distributor's system shows to post his data, and for nothing else."""

    _name = "track.key"
    _inherit = ["trade.key"]
    _description = "Key to Post a Distributor's Data"
    _order = "distributor_id, id desc"
    _key_mark = "otk"
    _key_scope = "order_track.key"

    distributor_id = fields.Many2one(
        "res.partner",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Whose data it posts and reads.",
    )
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    kinds = fields.Char(
        "Only For",
        readonly=True,
        help="Codes of the kinds of data, with commas between them. Empty: all.",
    )
    minute = fields.Datetime(readonly=True, groups=fields.NO_ACCESS)
    minute_count = fields.Integer(readonly=True, groups=fields.NO_ACCESS)

    _prefix = models.UniqueIndex("(prefix)")

    def _opens(self, kind):
        """Whether the key is for a kind of data.

        :param str kind: its code
        """
        self.ensure_one()
        return not self.kinds or kind in self.kinds.split(",")

    def action_revoke(self):
        """End these keys at once and for good."""
        self.check_access("write")
        self._revoke()

    def _count_request(self, limit):
        """Count one request of this minute.

        :param int limit: how many there may be
        :return: whether this one is within the limit
        """
        now = fields.Datetime.now().replace(second=0)
        if self.minute != now:
            self.write({"minute": now, "minute_count": 1})
        else:
            self.minute_count += 1
        self.flush_recordset()
        return self.minute_count <= limit
