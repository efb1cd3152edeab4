from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_date

# what is not here can be asked of its distributor
_NOT_HERE = ("already_out", "reserved", "lost", "retired")


class SampleCopy(models.Model):
    """Whole bags, lent copy by copy in the way a scan lends; and what is not here."""

    _inherit = "sample.copy"

    @api.constrains("tag")
    def _check_tag_of_no_bag(self):
        """What is read is a bag or a sample, never both."""
        if (
            self.env["sample.kit"]
            .sudo()
            .with_context(active_test=False)
            .search_count([("tag", "in", self.mapped("tag"))], limit=1)
        ):
            raise ValidationError(
                self.env._("A bag has this tag. Each sample needs a tag of its own.")
            )

    def _answer_bag(self, tags, library, person, moment, project):
        """Lend the bag with a tag.

        :return: the answer, or ``None`` if the clerk knows no such bag
        """
        kit = self.env["sample.kit"].search(
            [("tag", "in", tags), ("company_id", "=", library.company_id.id)], limit=1
        )
        if not kit:
            return None
        return self._answer_kit(kit, library, person, moment, project)

    def _answer_kit(self, kit, library, person, moment, project):
        """Lend what is here of a kit, and say what is not.

        What the person has already counts: a bag that is scanned twice is lent once,
        and what has come meanwhile can be lent by scanning it again.

        :param kit: ``sample.kit`` the clerk may use
        :rtype: dict
        """
        kit_sudo = kit.sudo()
        if not person:
            answer = self._answer(
                "no_person", self.env._("Scan a badge or choose a person first.")
            )
            answer["item"] = kit_sudo.name
            return answer
        items = kit_sudo.line_ids.item_id
        has = self._open_per_item(items, library, person)
        left = {
            line.item_id: line.quantity - has.get(line.item_id.id, 0)
            for line in kit_sudo.line_ids
        }
        free = self._free_tags(items, library, person)
        lent, missing, stopped = [], {}, None
        for item, quantity in left.items():
            tags = free.get(item.id, [])[: max(quantity, 0)]
            if quantity > len(tags):
                missing[item] = quantity - len(tags)
            for tag in tags:
                facts = self._facts([tag], library, person)
                answer = self._refuse_out_to(person, facts, library) or self._lend(
                    person, facts, library, moment, project
                )
                if answer["outcome"] == "lent":
                    lent.append(answer)
                else:
                    stopped = answer
                    break
            if stopped:
                break
        return self._kit_answer(kit_sudo, person, lent, missing, stopped)

    def _kit_answer(self, kit_sudo, person, lent, missing, stopped):
        """Put what became of a kit into words.

        :param list lent: answers about the copies that were lent
        :param dict missing: pieces that are not here, per ``sample.item``
        :param stopped: the answer about the copy that could not be lent; ``None`` if
            all could
        """
        words = []
        due = min((one["due_date"] for one in lent), default=False)
        if lent:
            words.append(
                self.env._(
                    "Samples: %(count)s, due on %(date)s.",
                    count=len(lent),
                    date=format_date(self.env, due),
                )
            )
        if missing:
            words.append(
                self.env._(
                    "Not here: %(items)s.",
                    items=", ".join(
                        f"{item.name} ({quantity})" if quantity > 1 else item.name
                        for item, quantity in missing.items()
                    ),
                )
            )
        if stopped:
            words.append(f"{stopped['title']}: {stopped['text']}")
        if not kit_sudo.line_ids:
            words.append(self.env._("There is nothing in this kit."))
        whole = not missing and not stopped
        if lent:
            outcome = "kit" if whole else "kit_part"
        elif whole and kit_sudo.line_ids:
            outcome = "kit_again"
            words.append(self.env._("%(person)s has all of it.", person=person.name))
        else:
            outcome = "kit_none"
        answer = self._answer(outcome, " ".join(words))
        answer.update(
            item=kit_sudo.name,
            person_id=person.id,
            person=person.name,
            due_date=due,
            loan_ids=[one["loan_id"] for one in lent],
        )
        return self._with_requests(answer, missing, person)

    def _with_requests(self, answer, items, person):
        """Have the screen offer to ask distributors for what is not here.

        :param items: ``sample.item``, or what gives these one by one
        """
        answer["requests"] = [
            {
                "item_id": item.id,
                "item": item.name,
                "person_id": person.id,
                "person": person.name,
            }
            for item in items
        ]
        return answer

    def _with_request_if_none(self, answer, facts, library, person):
        """Offer it if no other copy of the same could be lent instead."""
        if not person or answer["outcome"] not in _NOT_HERE:
            return answer
        item = self.env["sample.item"].sudo().browse(facts.item_id)
        if self._free_tags(item, library, person):
            return answer
        return self._with_requests(answer, item, person)

    def _free_tags(self, items, library, person):
        """What can be lent to somebody now, what is kept for him first.

        :param items: ``sample.item``
        :return: tags per id of the item
        :rtype: dict[int, list[str]]
        """
        self.env.flush_all()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT copy.item_id,
                           array_agg(copy.tag ORDER BY held.id IS NULL, copy.id)
                      FROM sample_copy copy
                 LEFT JOIN sample_wait held ON held.copy_id = copy.id
                           AND held.state = 'ready'
                     WHERE copy.library_id = %(library)s
                       AND copy.item_id = ANY(%(items)s)
                       AND copy.state = 'in'
                       AND (held.id IS NULL OR held.person_id = %(person)s)
                  GROUP BY copy.item_id
                    """,
                    library=library.id,
                    items=items.ids,
                    person=person.id or None,
                )
            )
        )

    def _open_per_item(self, items, library, person):
        """How many of each somebody has.

        :return: open loans per id of ``sample.item``
        :rtype: dict[int, int]
        """
        counts = (
            self.env["sample.loan"]
            .sudo()
            ._read_group(
                [
                    ("item_id", "in", items.ids),
                    ("library_id", "=", library.id),
                    ("person_id", "=", person.id),
                    ("is_open", "=", True),
                ],
                ["item_id"],
                ["__count"],
            )
        )
        return {item.id: count for item, count in counts}
