from odoo import api, fields, models
from odoo.tools import format_date, format_datetime

from odoo.addons.trade_network.context import as_system

from ..tags import TagError, read, storable
from .sample_copy_answer import KEEP_TONE
from .sample_scan import CODE_LENGTH

# all that a scan asks of its library
_OF_LIBRARY = (
    "company_id",
    "currency_id",
    "extension_days",
    "loan_days",
    "max_extensions",
    "max_open_loans",
    "name",
    "tz",
)


class SampleCopy(models.Model):
    _inherit = "sample.copy"

    @api.model
    def scan_out(
        self,
        library_id,
        person_id,
        tag,
        scan_uid,
        scanned_at=None,
        project=None,
        user_id=None,
    ):
        """Lend what was scanned; with nobody chosen, a badge is looked for.

        :param int library_id: ``sample.library`` of the clerk
        :param person_id: ``res.partner`` who takes it; false if that is to be scanned
        :param str tag: as it was read
        :param str scan_uid: the browser's own number of the scan; sent again, it is
            answered again and not done again
        :param str scanned_at: when, as ``YYYY-MM-DD HH:MM:SS`` in UTC; now by default
        :param str project: what it is taken for
        :param int user_id: ``res.users`` who is logged in as far as the browser knows;
            if it is somebody else, nothing is done and nothing kept
        :return: ``outcome`` (``lent``, ``badge``, ``no_person``, ``unknown``,
            ``unreadable``, ``other_library``, ``already_out``, ``again``, ``limit``,
            ``reserved``, ``lost``, ``retired``; of the tag of a bag those of
            :meth:`sample.library.desk_kit`), ``ok``, ``tone``, ``title`` and
            ``text`` for people, and ids and names of what it is about; ``code`` is what
            was read. Of somebody else's scan ``outcome`` and ``code`` are
            ``other_user``, and there is no ``scan_uid``
        :rtype: dict
        :raise UserError: if this scan can never be done, however often it is sent: no
            such number or time, too old, or the number of another scan
        :raise AccessError: for everybody but the clerks of the library
        """
        return self._answer_other_user(user_id) or self._scan(
            "out",
            library_id,
            tag,
            scan_uid,
            scanned_at,
            lambda *scan: self._answer_out(*scan, person_id, project),
        )

    @api.model
    def scan_in(self, library_id, tag, scan_uid, scanned_at=None, user_id=None):
        """Take back what was scanned. Parameters and errors as in :meth:`scan_out`.

        :return: ``outcome`` is one of ``returned``, ``keep`` (returned, and kept for
            somebody who waited), ``found``, ``not_out``, ``retired``, ``unknown``,
            ``unreadable``, ``other_library``
        :rtype: dict
        """
        return self._answer_other_user(user_id) or self._scan(
            "in", library_id, tag, scan_uid, scanned_at, self._answer_in
        )

    def _scan(self, kind, library_id, tag, scan_uid, scanned_at, answer_to):
        """Answer a scan once, whatever happens to the answer on its way."""
        library = self.env["sample.library"]._own(library_id, _OF_LIBRARY)
        scans_sudo = as_system(self.env["sample.scan"])
        scans_sudo._check_uid(scan_uid)
        tag = tag if isinstance(tag, str) else ""
        # a log takes no novel
        code = storable(tag, CODE_LENGTH)
        answer = scans_sudo._first_answer(scan_uid, kind, library, code)
        if answer is None:
            moment = scans_sudo._sane_moment(scanned_at)
            answer = answer_to(library, tag, moment)
            answer.update(scan_uid=scan_uid, kind=kind, code=code)
            answer["scanned_at"] = fields.Datetime.to_string(moment)
            scans_sudo._keep(library, kind, code, moment, answer)
        return answer

    # === LENDING === #

    def _answer_out(self, library, tag, moment, person_id, project):
        person = self._scan_person(person_id)
        try:
            tags = read(tag)
        except TagError as error:
            return self._answer("unreadable", self._tag_problem(error))
        facts = self._facts(tags, library, person)
        if not facts:
            return (
                self._answer_badge(library, tag)
                or self._answer_bag(tags, library, person, moment, project)
                or self._answer_unknown()
            )
        wrong = self._wrong_library(facts, library) or self._wrong_state(facts)
        if wrong:
            return self._with_request_if_none(wrong, facts, library, person)
        if not person:
            return self._answer(
                "no_person", self.env._("Scan a badge or choose a person first."), facts
            )
        refused = self._refuse_out_to(person, facts, library)
        if refused:
            return self._with_request_if_none(refused, facts, library, person)
        return self._lend(person, facts, library, moment, project)

    def _scan_person(self, person_id):
        """The borrower, as far as the clerk may see him."""
        partners = self.env["res.partner"]
        if not isinstance(person_id, int) or not 0 < person_id < 2**31:
            return partners
        # rights to contacts ask for the companies' parents, and would read all of them
        self.env.companies.sudo().fetch(["parent_path"])
        return partners.search_fetch(
            [("id", "=", person_id)], ["name", "commercial_partner_id"]
        ).sudo()

    def _answer_badge(self, library, code):
        person = library._person_of_badge(code)
        if not person:
            return None
        answer = self._answer("badge", self.env._("Now scan the samples."))
        answer.update(library._person_values(person))
        answer["title"] = person.name
        return answer

    def _wrong_state(self, facts):
        if facts.state == "retired":
            return self._answer(
                "retired",
                self.env._(
                    "It was taken out of the library. Put it aside, or bring it back "
                    "first."
                ),
                facts,
            )
        if facts.state == "lost":
            return self._answer(
                "lost",
                self.env._(
                    "It was reported lost. Take it back first, then it can be lent."
                ),
                facts,
            )
        return None

    def _refuse_out_to(self, person, facts, library):
        """Why this copy does not go to this person, or ``None``."""
        if facts.loan_id:
            same = facts.person_id == person.id
            answer = self._answer(
                "again" if same else "already_out",
                self.env._(
                    "Lent to %(person)s since %(date)s.",
                    person=facts.person,
                    date=format_datetime(
                        self.env, facts.lent_at, tz=library.tz, dt_format="short"
                    ),
                ),
                facts,
            )
            return answer if same else self._with_wait(answer, person)
        if facts.held_id and facts.held_for_id != person.id:
            answer = self._answer(
                "reserved",
                self.env._(
                    "%(person)s waited for it, and it is kept for pick-up.",
                    person=facts.held_for,
                ),
                facts,
            )
            return self._with_wait(answer, person)
        limit = library.max_open_loans
        if limit and facts.open_loans >= limit:
            return self._answer(
                "limit",
                self.env._(
                    "%(person)s has %(count)s samples, and the limit is %(limit)s. "
                    "Take some back first.",
                    person=person.name,
                    count=facts.open_loans,
                    limit=limit,
                ),
                facts,
            )
        return None

    def _with_wait(self, answer, person):
        """Have the screen offer a place on the wait list."""
        answer.update(wait_for_id=person.id, wait_for=person.name)
        return answer

    def _lend(self, person, facts, library, moment, project):
        if library.max_open_loans:
            as_system(self.env["sample.borrower"])._meet(library, person)
        terms = self.env["sample.loan.rule"]._terms_in(
            facts.case(library), library._own_terms()
        )
        loan = as_system(self.env["sample.loan"])._lend(
            facts.copy_id, facts.item_id, library, person, moment, terms, project
        )
        self.browse(facts.copy_id).sudo()._set_state("out", loan)
        if facts.waits:
            as_system(self.env["sample.wait"])._served(loan)
        answer = self._answer(
            "lent",
            self.env._("Due on %(date)s.", date=format_date(self.env, loan.due_date)),
            facts,
        )
        answer.update(
            loan_id=loan.id,
            person_id=person.id,
            person=person.name,
            due_date=fields.Date.to_string(loan.due_date),
        )
        return answer

    # === TAKING BACK === #

    def _answer_in(self, library, tag, moment):
        try:
            tags = read(tag)
        except TagError as error:
            return self._answer("unreadable", self._tag_problem(error))
        facts = self._facts(tags, library)
        if not facts:
            return self._answer_unknown()
        wrong = self._wrong_library(facts, library)
        if wrong:
            return wrong
        if facts.state == "retired":
            return self._wrong_state(facts)
        if facts.state == "in":
            return self._answer("not_out", self._goes_to(facts), facts)
        return self._take_back(facts, moment)

    def _take_back(self, facts, moment):
        copy_sudo = self.browse(facts.copy_id).sudo()
        loan = self.env["sample.loan"].sudo().browse(facts.loan_id)
        outcome, words = "returned", self._goes_to(facts)
        written_off = False
        if facts.state == "lost":
            outcome = "found"
            # what was lost in the house has nothing to do with who had it before
            loan = copy_sudo.loan_ids[:1].filtered(
                lambda last: last.lost_at and not last.returned_at
            )
            written_off = bool(loan)
            if written_off:
                words = self.env._(
                    "It had been written off. Have a manager look at what "
                    "%(person)s was charged.",
                    person=loan.person_id.name,
                )
        loan._take_back(moment)
        copy_sudo._set_state("in")
        kept = as_system(self.env["sample.wait"])._offer(copy_sudo)
        if kept:
            keep = self.env._(
                "%(person)s waits for it: keep it at the counter until %(date)s.",
                person=kept.person_id.name,
                date=format_date(self.env, kept.hold_until),
            )
            # of what was written off, both is to be said
            words = f"{keep} {words}" if written_off else keep
            outcome = "keep" if outcome == "returned" else outcome
        answer = self._answer(outcome, words, facts)
        if kept:
            answer["tone"] = KEEP_TONE
        answer["loan_id"] = loan.id
        return answer

    def _goes_to(self, facts):
        if facts.held_id:
            return self.env._("Kept for %(person)s.", person=facts.held_for)
        if facts.place:
            return self.env._("Its place: %(place)s.", place=facts.place)
        return self.env._("It has no place yet.")
