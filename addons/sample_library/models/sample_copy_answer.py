from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from .sample_loan_rule import Case, path_of, roles_of

#: Somebody waits for it: a color and a sound that nothing else has.
KEEP_TONE = "primary"

#: How loud an outcome is, in colors of the web client.
_TONES = {
    "lent": "success",
    "returned": "success",
    "found": "success",
    "undone": "info",
    "badge": "info",
    "keep": KEEP_TONE,
    "not_out": "warning",
    "again": "warning",
    "kit": "success",
    "kit_part": "warning",
    "kit_again": "warning",
}
_DONE = ("lent", "returned", "found", "keep", "badge", "undone", "kit", "kit_part")


class Facts(NamedTuple):
    """All that answering a scan takes, of one copy."""

    copy_id: int
    tag: str
    state: str
    item_id: int
    item: str
    distributor_id: int
    category_path: str | None
    role_ids: list[int] | None
    library_id: int
    place: str
    loan_id: int
    person_id: int
    person: str
    lent_at: object
    held_id: int
    held_for_id: int
    held_for: str
    open_loans: int
    photo: bool
    waits: bool

    def case(self, library):
        """What rules for due dates ask of a loan.

        :param library: ``sample.library`` that lends
        :rtype: Case
        """
        return Case(
            library.company_id.id,
            library.id,
            self.distributor_id,
            self.category_path,
            self.role_ids,
        )


def _name_of(partner_id):
    return SQL("(SELECT name FROM res_partner WHERE id = %s)", partner_id)


class SampleCopy(models.Model):
    _inherit = "sample.copy"

    def _facts(self, tags, library, person=None):
        """Read all about the copy with a tag in one query, and lock the copy.

        A second clerk with the same copy waits here, and starts again when the first
        one is done, by Odoo's own retry.

        :param list[str] tags: ways to read what was scanned
        :return: ``None`` if there is no such copy
        :rtype: Facts or None
        """
        person_id = firm_id = None
        if person:
            person_id, firm_id = person.id, person.commercial_partner_id.id
        # nothing waits to be written in a request; in longer programs it may
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT copy.id, copy.tag, copy.state, item.id, item.name,
                       item.distributor_id, %(category_path)s, %(role_ids)s,
                       copy.library_id,
                       (SELECT concat_ws(' / ', place.wing, place.code)
                          FROM sample_place place WHERE place.id = copy.place_id),
                       loan.id, loan.person_id, %(borrower)s, loan.lent_at,
                       held.id, held.person_id, %(waiting)s,
                       (SELECT count(*) FROM sample_loan other
                         WHERE other.person_id = %(person)s
                           AND other.library_id = %(library)s
                           AND other.returned_at IS NULL AND other.lost_at IS NULL),
                       EXISTS (SELECT FROM ir_attachment photo
                                WHERE photo.res_model = 'sample.item'
                                  AND photo.res_id = item.id
                                  AND photo.res_field = 'image_128'),
                       EXISTS (SELECT FROM sample_wait own
                                WHERE own.person_id = %(person)s
                                  AND own.item_id = item.id
                                  AND own.library_id = copy.library_id
                                  AND own.state IN ('waiting', 'ready'))
                  FROM sample_copy copy
                  JOIN sample_item item ON item.id = copy.item_id
             LEFT JOIN sample_loan loan ON loan.id = copy.loan_id
                       AND loan.returned_at IS NULL AND loan.lost_at IS NULL
             LEFT JOIN sample_wait held ON held.copy_id = copy.id
                       AND held.state = 'ready'
                 WHERE copy.tag = ANY(%(tags)s)
              ORDER BY copy.library_id = %(library)s DESC
                 LIMIT 1
                   FOR NO KEY UPDATE OF copy
                """,
                category_path=path_of(SQL("item.category_id")),
                role_ids=roles_of(person_id, firm_id),
                # joins take longer to plan than all of this takes to run
                borrower=_name_of(SQL("loan.person_id")),
                waiting=_name_of(SQL("held.person_id")),
                person=person_id,
                library=library.id,
                tags=tags,
            )
        )
        return Facts(*rows[0]) if rows else None

    @api.model
    def _of_library(self, copy_id, library):
        """A copy of a library, by an id that came from outside.

        :return: ``sample.copy`` with the rights of the superuser, or none
        """
        if not isinstance(copy_id, int) or not 0 < copy_id < 2**31:
            return self.sudo().browse()
        return self.sudo().search(
            [("id", "=", copy_id), ("library_id", "=", library.id)]
        )

    def _answer_other_user(self, user_id):
        """The answer to a browser that takes its user for somebody else.

        Scans wait in the browser, and somebody else may have logged in meanwhile.

        :param user_id: as it came from outside; nothing if the browser does not say
        :return: ``None`` if it is the user himself
        """
        if user_id is None or user_id == self.env.uid:
            return None
        answer = self._answer(
            "other_user",
            self.env._("Somebody else scanned this. Log in as that person to send it."),
        )
        answer["code"] = "other_user"
        return answer

    def _wrong_library(self, facts, library):
        """The answer for a copy of another library, or ``None``."""
        if facts.library_id == library.id:
            return None
        # a stranger's library is not named, nor what is in it
        other = self.env["sample.library"].search([("id", "=", facts.library_id)])
        if other:
            return self._answer(
                "other_library",
                self.env._(
                    "It belongs to %(library)s. Choose that library, or send it back "
                    "there.",
                    library=other.name,
                ),
            )
        return self._answer(
            "other_library",
            self.env._("It belongs to a library you do not work in. Put it aside."),
        )

    def _answer_unknown(self):
        return self._answer(
            "unknown",
            self.env._(
                "No sample has this tag. Scan it again; if it is new, enter it first."
            ),
        )

    def _answer(self, outcome, text, facts=None):
        """What the screen shows, and programs read.

        :param str outcome: the code
        :param str text: what to do, in words
        :param Facts facts: of the copy, as far as the clerk may know it
        :rtype: dict
        """
        title = self._titles()[outcome]()
        return {
            "outcome": outcome,
            "ok": outcome in _DONE,
            "tone": _TONES.get(outcome, "danger"),
            "title": title,
            "text": text,
            "copy_id": facts.copy_id if facts else False,
            "tag": facts.tag if facts else "",
            "item": facts.item if facts else "",
            "place": facts.place or "" if facts else "",
            "photo": facts.photo if facts else False,
            "person_id": facts.person_id or False if facts else False,
            "person": facts.person or "" if facts else "",
            "loan_id": False,
            "loan_ids": [],
            "requests": [],
            "due_date": False,
            "wait_for_id": False,
            "wait_for": "",
        }

    def _titles(self):
        """A few words per outcome; they are translated when they are needed."""
        return {
            "lent": lambda: self.env._("Lent"),
            "returned": lambda: self.env._("Returned"),
            "found": lambda: self.env._("Found again"),
            "keep": lambda: self.env._("Returned, and kept"),
            "badge": lambda: self.env._("Person"),
            "undone": lambda: self.env._("Undone"),
            "no_person": lambda: self.env._("For whom?"),
            "unknown": lambda: self.env._("Unknown tag"),
            "other_user": lambda: self.env._("Somebody else's scan"),
            "unreadable": lambda: self.env._("Not a tag"),
            "other_library": lambda: self.env._("Another library"),
            "already_out": lambda: self.env._("Lent already"),
            "again": lambda: self.env._("Scanned already"),
            "limit": lambda: self.env._("Limit reached"),
            "reserved": lambda: self.env._("Kept for somebody"),
            "lost": lambda: self.env._("Reported lost"),
            "retired": lambda: self.env._("Retired"),
            "kit": lambda: self.env._("Bag lent"),
            "kit_part": lambda: self.env._("Bag lent in part"),
            "kit_none": lambda: self.env._("Nothing lent"),
            "kit_again": lambda: self.env._("Scanned already"),
            "not_out": lambda: self.env._("Not lent"),
        }
