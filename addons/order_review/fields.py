"""A field for rows that are written by the thousand."""

from odoo import fields


class UncheckedMany2one(fields.Many2one):
    """A many2one without a foreign key in the database.

    PostgreSQL looks up every foreign key of every row it inserts, which takes longer
    than all the rest. For use where another foreign key of the row already says that
    the record is there, or where such records are never deleted.
    """

    def update_db_foreign_key(self, model, column):
        """Leave the column as it is."""
