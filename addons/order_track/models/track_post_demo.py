import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import file_open

_DAYS = re.compile(r"\{([+-]\d+)\}")


class TrackPost(models.Model):
    """Example data come by the same way as a distributor's."""

    _inherit = "track.post"

    @api.model
    def _post_demo(self, kind, path):
        """Post a file of the add-on for the distributor of the example data.

        :param str kind: name of a kind
        :param str path: of the file; ``{+3}`` in it is the day in three days
        """
        today = fields.Date.today()
        with file_open(path) as file:
            text = _DAYS.sub(
                lambda found: str(today + timedelta(days=int(found[1]))), file.read()
            )
        desk = self.env.ref("order_track.user_cotswold_desk")
        post = self.with_user(desk)._take(
            kind, True, path.split("/")[-1], text.encode()
        )
        post._preview()
        post._confirm()
