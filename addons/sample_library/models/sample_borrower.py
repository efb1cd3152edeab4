from odoo import api, fields, models
from odoo.tools import SQL


class SampleBorrower(models.Model):
    """Somebody who borrows from a library, and where two clerks who lend to him meet.

    Each of two transactions counts the loans that were there when it began. Both change
    this one row, so the database lets only one of them pass; Odoo tries the other one
    again, and it counts anew.
    """

    _name = "sample.borrower"
    _description = "Borrower of a Sample Library"
    _order = "library_id, person_id"
    _rec_name = "person_id"

    library_id = fields.Many2one(
        "sample.library", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", related="library_id.company_id", store=True, index=True
    )
    person_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="cascade"
    )
    lent_count = fields.Integer(
        string="Lent So Far", readonly=True, help="Also what was undone."
    )

    _once = models.UniqueIndex(
        "(library_id, person_id)", "This person is a borrower of this library already."
    )

    @api.model
    def _meet(self, library, person):
        """Let only one clerk at a time lend to a person.

        :param library: ``sample.library``
        :param person: ``res.partner`` who takes something
        :raise SerializationFailure: if somebody lent to the same person since this
            transaction began; Odoo tries again
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sample_borrower (library_id, company_id, person_id,
                                             lent_count, create_uid, create_date,
                                             write_uid, write_date)
                     VALUES (%(library)s, %(company)s, %(person)s, 1, %(user)s,
                             now() AT TIME ZONE 'UTC', %(user)s,
                             now() AT TIME ZONE 'UTC')
                ON CONFLICT (library_id, person_id) DO UPDATE
                        SET lent_count = sample_borrower.lent_count + 1,
                            write_uid = %(user)s,
                            write_date = now() AT TIME ZONE 'UTC'
                """,
                library=library.id,
                company=library.company_id.id,
                person=person.id,
                user=self.env.uid,
            )
        )
        self.invalidate_model(["lent_count"], flush=False)
