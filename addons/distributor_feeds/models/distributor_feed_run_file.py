import hashlib
import os
import shutil

from odoo import models


class DistributorFeedRun(models.Model):
    _inherit = "distributor.feed.run"

    def _keep_file(self, fetched):
        """Keep a fetched file with the run, without reading it into memory.

        :param transport.Fetched fetched: the file on disk
        """
        self.ensure_one()
        modified = fetched.modified
        self.write(
            {
                "attachment_id": self._attach(fetched.path, fetched.name).id,
                "file_name": fetched.name,
                "file_size": fetched.size,
                "file_modified": modified
                and modified.replace(tzinfo=None, microsecond=0),
                "sha256": fetched.sha256,
                "etag": fetched.etag,
                "source": fetched.source,
            }
        )

    def _attach(self, path, name):
        """Return an attachment of this run with the file's bytes, copied in small
        pieces."""
        attachments = self.env["ir.attachment"].sudo()
        attachment = attachments.create(
            {"name": name, "res_model": self._name, "res_id": self.id, "type": "binary"}
        )
        if attachments._storage() != "file":
            with open(path, "rb") as file:
                attachment.raw = file.read()
            return attachment
        with open(path, "rb") as file:
            checksum = hashlib.file_digest(file, "sha1").hexdigest()
        store_name = f"{checksum[:2]}/{checksum}"
        target = attachments._full_path(store_name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.exists(target):
            # If the server is stopped in the middle, the collector finds both.
            attachments._mark_for_gc(store_name)
            attachments._mark_for_gc(f"{store_name}new")
            shutil.copyfile(path, f"{target}new")
            os.replace(f"{target}new", target)
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = %s, checksum = %s, file_size = %s "
            "WHERE id = %s",
            (store_name, checksum, os.path.getsize(path), attachment.id),
        )
        attachment.invalidate_recordset()
        return attachment

    def _path(self):
        """Return where the kept file lies on this server."""
        self.ensure_one()
        attachment = self.attachment_id.sudo()
        return attachment._full_path(attachment.store_fname)
