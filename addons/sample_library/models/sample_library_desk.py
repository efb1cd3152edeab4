from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.trade_network.context import as_system

from ..tags import storable
from .sample_copy_answer import KEEP_TONE

_LATEST = 20
_PEOPLE = 8
_FOUND = 20
_NEAREST_FIRST = ("in", "out", "lost", "retired")
# longer than any name; what is longer is not searched for
_TEXT_LENGTH = 64


class SampleLibrary(models.Model):
    """What the scan screen asks besides scans."""

    _inherit = "sample.library"

    @api.model
    def desk_open(self, library_id=None):
        """What the scan screen starts with.

        :param int library_id: the library used last; the first one by default
        :return: ``libraries`` (id and name), ``library_id`` (false if there is none)
            and ``scans``, the user's latest ones there with their answers
        :rtype: dict
        """
        libraries = self.search_fetch([], ["name"])
        chosen = libraries.filtered(lambda one: one.id == library_id) or libraries[:1]
        return {
            "libraries": [{"id": one.id, "name": one.name} for one in libraries],
            "library_id": chosen.id,
            "scans": chosen._latest_scans(),
        }

    def _latest_scans(self):
        scans_sudo = (
            self.env["sample.scan"]
            .sudo()
            .search_fetch(
                [("user_id", "=", self.env.uid), ("library_id", "in", self.ids)],
                ["answer", "undone_at"],
                limit=_LATEST,
            )
        )
        return [{**scan.answer, "undone": bool(scan.undone_at)} for scan in scans_sudo]

    @api.model
    def desk_person(self, library_id, text):
        """Whom a badge or a name stands for.

        :param int library_id: library of the clerk
        :param str text: as it was scanned or typed
        :return: ``people``: one if it is a badge, else those with such a name, at most
            8, each with ``id``, ``name``, ``firm``, ``open`` and ``overdue``; ``badge``
            says which of the two
        :rtype: dict
        """
        library = self._own(library_id)
        person = library._person_of_badge(text)
        if person:
            return {"badge": True, "people": library._people_values(person)}
        return {"badge": False, "people": library._people_values(self._named(text))}

    def _person_of_badge(self, text):
        """The partner with a badge in the library's company, whom the user may see."""
        # badges differ per company, and a clerk may have chosen several
        partners = (
            self.sudo(False).env["res.partner"].with_company(self.sudo().company_id)
        )
        code = self._searchable(text)
        return partners.search([("barcode", "=", code)], limit=1) if code else partners

    @api.model
    def _named(self, text):
        partners = self.env["res.partner"]
        words = self._searchable(text)
        if len(words) < 2:
            return partners
        return partners.search([("display_name", "ilike", words)], limit=_PEOPLE)

    @api.model
    def _searchable(self, text):
        """What of a text is worth searching for."""
        text = storable(text) if isinstance(text, str) else ""
        return text if len(text) <= _TEXT_LENGTH else ""

    def _people_values(self, people):
        """People as the scan screen shows them.

        :param people: ``res.partner`` the user may see
        :rtype: list[dict]
        """
        loans_sudo = self.env["sample.loan"].sudo()
        here = Domain("library_id", "=", self.id) & Domain(
            "person_id", "in", people.ids
        )

        def count(*domain):
            return dict(
                loans_sudo._read_group(
                    here & Domain(list(domain)), ["person_id"], ["__count"]
                )
            )

        lent, late = count(("is_open", "=", True)), count(("state", "=", "overdue"))
        return [
            {
                "id": person.id,
                "name": person.name or person.display_name,
                "firm": person.commercial_partner_id.name
                if person.commercial_partner_id != person
                else "",
                "open": lent.get(person, 0),
                "overdue": late.get(person, 0),
            }
            for person in people.sudo()
        ]

    def _person_values(self, person):
        """The part of an answer that names a person."""
        (values,) = self._people_values(person)
        return {"person_id": values["id"], "person": values["name"], "who": values}

    @api.model
    def desk_wait(self, library_id, person_id, copy_id):
        """Put a person on the wait list for what a copy is of; twice is once.

        :param int library_id: library of the clerk
        :param int person_id: ``res.partner`` who waits
        :param int copy_id: ``sample.copy`` of the library
        :return: ``outcome`` (``waiting``, or ``keep`` if one is here), ``tone``,
            ``title``, ``text`` and ``item``
        :rtype: dict
        :raise AccessError: for everybody but the clerks of the library
        :raise UserError: if there is no such person or copy
        """
        library = self._own(library_id)
        copies = self.env["sample.copy"]
        person = copies._scan_person(person_id)
        copy = copies._of_library(copy_id, library)
        if not person or not copy:
            raise UserError(
                self.env._("Person or sample is not there any more. Scan both again.")
            )
        wait = as_system(self.env["sample.wait"])._wait_for(
            copy.item_id, library, person
        )
        if wait.state == "ready":
            outcome, tone, title = "keep", KEEP_TONE, self.env._("Kept for pick-up")
            text = self.env._(
                "%(tag)s is here, and kept for %(person)s until %(date)s.",
                tag=wait.copy_id.tag,
                person=person.name,
                date=format_date(self.env, wait.hold_until),
            )
        else:
            outcome, tone, title = "waiting", "success", self.env._("On the wait list")
            text = self.env._(
                "%(person)s gets a message when one is back, as number %(place)s.",
                person=person.name,
                place=wait._place_in_line(),
            )
        return {
            "outcome": outcome,
            "tone": tone,
            "title": title,
            "text": text,
            "item": copy.item_id.name,
        }

    @api.model
    def desk_find(self, library_id, text):
        """Where samples are: by tag, or by words of item, pattern and color.

        :param int library_id: library of the clerk
        :param str text: as it was scanned or typed
        :return: at most 20, each with ``id``, ``tag``, ``item``, ``photo`` (if there
            is one), ``place``, ``state``, ``person`` and ``due``, those that are here
            first
        :rtype: list[dict]
        """
        library = self._own(library_id)
        copies_sudo = library._first_copies(text).with_context(bin_size=True)
        return [
            {
                "id": copy.id,
                "tag": copy.tag,
                "item": copy.item_id.name,
                "photo": bool(copy.item_id.image_128),
                "place": copy.place_id.display_name or "",
                "state": copy.state,
                "person": copy.person_id.name or "",
                "due": format_date(self.env, copy.due_date),
            }
            for copy in copies_sudo
        ]

    def _first_copies(self, text):
        """Copies of the library, those that are here first, up to a screenful.

        :param str text: tag or words
        :return: ``sample.copy`` with the rights of the superuser
        """
        copies_sudo = self.env["sample.copy"].sudo()
        # what is a tag elsewhere is a word here
        own = Domain("library_id", "=", self.id)
        domain = own & copies_sudo._text_domain(text, own)
        here = Domain("state", "=", "in")
        found = copies_sudo.search(domain & here, limit=_FOUND)
        if len(found) < _FOUND:
            found += copies_sudo.search(domain & ~here, limit=_FOUND - len(found))
        return found.sorted(lambda copy: _NEAREST_FIRST.index(copy.state))
