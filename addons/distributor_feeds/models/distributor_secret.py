from odoo import api, fields, models


class DistributorSecret(models.Model):
    """Passwords and keys of feeds: written by people, read by nobody but the server.

    The model has no access rights at all, so no list, export, import or call reaches
    it.
    """

    _name = "distributor.secret"
    _description = "Secret of a Distributor's Service"
    _log_access = False

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    name = fields.Char(required=True)
    value = fields.Char(required=True)

    _key = models.UniqueIndex("(res_model, res_id, name)")

    @api.model
    def _of(self, record, name):
        """Return a secret of ``record``, or an empty text."""
        return self._find(record, name).value or ""

    @api.model
    def _find(self, record, name):
        return self.sudo().search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("name", "=", name),
            ]
        )

    @api.model
    def _keep(self, record, name, value):
        """Keep a secret; an empty one is forgotten."""
        known = self._find(record, name)
        if not value:
            known.unlink()
        elif known:
            known.value = value
        else:
            self.sudo().create(
                {
                    "res_model": record._name,
                    "res_id": record.id,
                    "name": name,
                    "value": value,
                }
            )
