"""The form on the page of the sample department, with or without a login."""

import secrets

from odoo import fields, models

from ..tags import storable
from .sample_request_answer import Answer
from .sample_request_desk import KEY_LENGTH

_NOTE_LENGTH = 500
_BIN_LENGTH = 40


class SampleRequest(models.Model):
    """Reads what was typed, says at which field it is wrong, and answers once.

    Each form that is shown carries a random key and the number of answers that had been
    given. The key is kept on the entries: a form that arrives again, by a double tap or
    from the page before, is not done again. The number tells whether somebody else
    answered while the form was being filled in.
    """

    _inherit = "sample.request"

    def _submit(self, form, *, answered_by, link=None):
        """Answer by a form.

        :param form: mapping of names of fields to texts, as they came
        :param str answered_by: a user, or the address of a signed link
        :param link: ``sample.request.link`` it came by
        :return: ``done``; ``repeat`` if this form was done before; ``stale`` if
            somebody else answered meanwhile; ``wrong`` with a text per field, the empty
            name standing for the whole form. Only ``done`` has written something.
        :rtype: tuple[str, dict[str, str]]
        """
        self.ensure_one()
        self._hold()
        key = storable(form.get("key") or "", KEY_LENGTH)
        if self._has_key(key):
            return "repeat", {}
        if not key or form.get("round") != str(self.round):
            return "stale", {}
        if form.get("all"):
            answers, errors = self._all_open(), {}
        else:
            answers, errors = self._read_form(form)
        for answer, field, text in self._problems(answers):
            errors.setdefault(f"{field}_{answer.line_id}", text)
        if not answers and not errors:
            errors[""] = (
                self.env._("Nothing is open but duplicates. Decide on each of them.")
                if form.get("all")
                else self.env._(
                    "Nothing is answered yet. Choose an answer for a sample."
                )
            )
        if errors:
            return "wrong", errors
        self._answer(
            answers,
            tracking=form.get("tracking") or "",
            answered_by=answered_by,
            link=link,
            key=key,
        )
        return "done", {}

    def _read_form(self, form):
        """What was chosen, line by line.

        :return: answers that can be read, and a text per field that cannot
        :rtype: tuple[list[Answer], dict[str, str]]
        """
        answers, errors = [], {}
        lines = self.line_ids.filtered("open_qty")
        chosen = {name for name, value in form.items() if value not in ("", "none")}
        known = {f"kind_{line.id}" for line in lines}
        if any(name.startswith("kind_") for name in chosen - known):
            errors[""] = self.env._(
                "One of these samples is not open any more, or is not on this request. "
                "Look at how it stands now, and send your answers again."
            )
        for line in lines:
            if f"kind_{line.id}" in chosen:
                answers += self._read_line(line, form, errors)
        return answers, errors

    def _read_line(self, line, form, errors):
        """The answers to one line: shipped, and what becomes of the rest.

        :param dict errors: gets a text per field that cannot be read
        :rtype: list[Answer]
        """

        def typed(name):
            return storable(form.get(f"{name}_{line.id}") or "", _NOTE_LENGTH)

        kind, rest, left = typed("kind"), typed("rest"), line.open_qty
        answers = []
        if kind == "ship":
            try:
                quantity = int(typed("quantity"))
            except ValueError:
                errors[f"quantity_{line.id}"] = self.env._(
                    "Give the number of pieces, in digits."
                )
                return []
            answers.append(
                Answer(
                    line_id=line.id,
                    kind="ship",
                    quantity=quantity,
                    note="" if rest else typed("note"),
                    override_reason=typed("override"),
                )
            )
            if not rest:
                return answers
            if quantity == left:
                errors[f"rest_{line.id}"] = self.env._(
                    "All pieces are shipped, so there is no rest. Ship fewer, or "
                    "choose nothing here."
                )
                return []
            kind, left = rest, left - quantity
        try:
            until = fields.Date.to_date(typed("until") or None)
        except ValueError:
            until = None
        answers.append(
            Answer(
                line_id=line.id,
                kind=kind,
                quantity=left,
                until=until,
                reason=typed("reason"),
                note=typed("note"),
            )
        )
        # a wrong number of pieces shipped is told there, not at the rest
        return answers if left > 0 else answers[:1]

    def _desk_page(self, names=True):
        """What the page shows of a request.

        :param bool names: whether it may be told who asked for the same before
        :return: ``rows``: per open line the ``line`` and texts on its ``twins``;
            ``closed``: lines with nothing open; ``rounds``: the entries given together,
            newest first; ``key``: random, for the form
        :rtype: dict
        """
        self.ensure_one()
        lines = self.line_ids.filtered("open_qty")
        twins = lines._twins()
        rows = []
        for line in lines:
            same = twins.get(line, line.browse())
            rows.append(
                {
                    "line": line,
                    "twins": [
                        twin._as_twin_text() if names else twin._as_twin_day()
                        for twin in same
                    ],
                }
            )
        rounds = self.entry_ids.grouped("round")
        return {
            "rows": rows,
            "closed": self.line_ids - lines,
            "rounds": [rounds[number] for number in sorted(rounds, reverse=True)],
            "key": secrets.token_urlsafe(16),
        }

    def _desk_reasons(self):
        """Why a sample may not be shipped, to choose from.

        :return: codes and labels
        :rtype: list[tuple[str, str]]
        """
        reasons = self.env["sample.request.entry"]._fields["reason"]
        return [
            one
            for one in reasons._description_selection(self.env)
            if one[0] != "cancelled"
        ]

    def _own_items(self, company):
        """Items of the request whose bins a distributor keeps.

        :param company: commercial partner of who is logged in
        :return: ``sample.item``
        """
        return self.line_ids.item_id.filtered(
            lambda item: item.distributor_id.commercial_partner_id == company
        )

    def _set_bins(self, form, company):
        """Keep where the samples are.

        :param form: mapping of ``bin_<id of an item>`` to texts
        :param company: as for :meth:`_own_items`
        """
        for item in self._own_items(company):
            code = form.get(f"bin_{item.id}")
            if code is not None:
                code = storable(code, _BIN_LENGTH) or False
                if code != item.bin_code:
                    item.bin_code = code
