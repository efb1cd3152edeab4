from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_SHOWN = 40


class SampleLibrary(models.Model):
    """Bags at the counter."""

    _inherit = "sample.library"

    @api.model
    def desk_kits(self, library_id):
        """Bags a clerk may lend.

        :param int library_id: library of the clerk
        :return: at most 40, each with ``id``, ``name`` and ``pieces``: those of the
            library, and the clerk's own
        :rtype: list[dict]
        :raise AccessError: for everybody but the clerks of the library
        """
        library = self._own(library_id, ("name", "company_id"))
        kits = self.env["sample.kit"].search(
            Domain("company_id", "=", library.company_id.id)
            & (
                Domain("library_id", "=", library.id)
                | Domain("library_id", "=", False)
                & Domain("user_id", "=", self.env.uid)
            ),
            limit=_SHOWN,
        )
        return [
            {"id": kit.id, "name": kit.name, "pieces": kit.piece_count} for kit in kits
        ]

    @api.model
    def desk_kit(
        self,
        library_id,
        person_id,
        kit_id,
        scan_uid,
        scanned_at=None,
        project=None,
        user_id=None,
    ):
        """Lend a whole bag: one free copy for each piece of it.

        Each copy goes the way of a scan: limit, wait list and due date are the same.
        What the person has already counts as a piece.

        :param int library_id: library of the clerk
        :param int person_id: ``res.partner`` who takes it
        :param int kit_id: ``sample.kit`` the clerk may use
        :param str scan_uid: the browser's own number, as of ``sample.copy.scan_out``
        :param str scanned_at: as there
        :param str project: as there
        :param int user_id: as there
        :return: the answer of a scan; ``outcome`` is ``kit``, ``kit_part`` (some are
            not here), ``kit_none``, ``kit_again``, ``no_person`` or ``other_user``;
            ``loan_ids`` are the loans, ``requests`` what can be asked of distributors
        :rtype: dict
        :raise UserError: if there is no such kit, or as :meth:`sample.copy.scan_out`
        :raise AccessError: for everybody but the clerks of the library
        """
        copies = self.env["sample.copy"]

        def answer_to(library, _tag, moment):
            kit = self._kit(kit_id, library)
            person = copies._scan_person(person_id)
            return copies._answer_kit(kit, library, person, moment, project)

        return copies._answer_other_user(user_id) or copies._scan(
            "kit", library_id, f"KIT {kit_id}", scan_uid, scanned_at, answer_to
        )

    @api.model
    def _kit(self, kit_id, library):
        """A kit by an id that came from outside.

        :raise UserError: if the clerk has no such kit
        """
        kits = self.env["sample.kit"]
        if isinstance(kit_id, int) and 0 < kit_id < 2**31:
            kits = kits.search(
                [("id", "=", kit_id), ("company_id", "=", library.company_id.id)]
            )
        if not kits:
            raise UserError(
                self.env._("This kit is not there any more. Choose another one.")
            )
        return kits
