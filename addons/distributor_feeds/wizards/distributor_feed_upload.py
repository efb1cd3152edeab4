import base64
import hashlib
import os
import tempfile

from odoo import fields, models

from ..transport import Fetched


class DistributorFeedUpload(models.TransientModel):
    """A file brought by hand."""

    _name = "distributor.feed.upload"
    _description = "Upload a Distributor's File"

    feed_id = fields.Many2one("distributor.feed", required=True)
    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()

    def action_load(self):
        """Queue the file; it is loaded in the background like any other."""
        self.ensure_one()
        self.feed_id.check_access("read")
        data = base64.b64decode(self.with_context(bin_size=False).file)
        with tempfile.TemporaryDirectory(prefix="feed-") as folder:
            path = os.path.join(folder, "file")
            with open(path, "wb") as file:
                file.write(data)
            name = os.path.basename(self.file_name or self.env._("Uploaded file"))
            run = self.feed_id._take_file(
                Fetched(
                    path=path,
                    name=name,
                    size=len(data),
                    sha256=hashlib.sha256(data).hexdigest(),
                    source=self.env._("Uploaded by %s", self.env.user.name),
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "distributor.feed.run",
            "res_id": run.id,
            "view_mode": "form",
        }
