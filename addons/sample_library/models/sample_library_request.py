from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.trade_network.context import as_system

_FOUND = 10


class SampleLibrary(models.Model):
    """What is not in the library is asked of its distributor, from the counter."""

    _inherit = "sample.library"

    @api.model
    def desk_missing(self, library_id, text):
        """Items of which nothing can be lent here now.

        :param int library_id: library of the clerk
        :param str text: a tag, or words of item, pattern and color
        :return: at most 10, each with ``id``, ``item``, ``distributor`` and ``copies``
            (how many the library has)
        :rtype: list[dict]
        :raise AccessError: for everybody but the clerks of the library
        """
        library = self._own(library_id, ("name", "company_id"))
        items = library._items_named(text)
        free = self.env["sample.copy"]._free_tags(
            items, library, self.env["res.partner"]
        )
        missing = items.filtered(lambda item: item.id not in free)[:_FOUND].sudo()
        counts = dict(
            self.env["sample.copy"]
            .sudo()
            ._read_group(
                [
                    ("item_id", "in", missing.ids),
                    ("library_id", "=", library.id),
                    ("state", "in", ("in", "out")),
                ],
                ["item_id"],
                ["__count"],
            )
        )
        return [
            {
                "id": item.id,
                "item": item.name,
                "distributor": item.distributor_id.name or "",
                "copies": counts.get(item, 0),
            }
            for item in missing
        ]

    def _items_named(self, text):
        """Items the clerk may see, by tag of a copy of the library or by words."""
        items = self.env["sample.item"].sudo(False)
        own = Domain("library_id", "=", self.id)
        copies_sudo = self.env["sample.copy"].sudo()
        # a domain of copies that names a tag, or says what their item is like
        domain = copies_sudo._text_domain(text, own)
        condition = next(iter(domain.iter_conditions()), None)
        if condition is None:
            return items
        company = Domain("company_id", "in", (False, self.company_id.id))
        if condition.field_expr == "tag":
            found = copies_sudo.search_fetch(domain & own, ["item_id"], limit=1)
            return items.search(company & Domain("id", "in", found.item_id.ids))
        return items.search(company & condition.value, limit=_FOUND * 4)

    @api.model
    def desk_request(self, library_id, person_id, item_id):
        """Put an item on the clerk's order for a person; twice is once.

        :param int library_id: library of the clerk
        :param int person_id: ``res.partner`` who wants it
        :param int item_id: ``sample.item``
        :return: ``outcome`` (``requested``, or ``again`` if it is on the order
            already), ``tone``, ``title``, ``text``, ``item``, and ``order_id`` of the
            draft
        :rtype: dict
        :raise AccessError: for everybody but the clerks of the library
        :raise UserError: if there is no such person or item
        """
        library = self._own(library_id, ("name", "company_id", "partner_id"))
        person = self.env["sample.copy"]._scan_person(person_id)
        item = self.env["sample.item"]
        if isinstance(item_id, int) and 0 < item_id < 2**31:
            item = item.search(
                [
                    ("id", "=", item_id),
                    ("company_id", "in", (False, library.company_id.id)),
                ]
            )
        if not person or not item:
            raise UserError(
                self.env._("Person or sample is not there any more. Look it up again.")
            )
        order = as_system(library)._counter_draft(person)
        known = item in order.line_ids.item_id
        if not known:
            order._put({item.id: 1})
        return {
            "outcome": "again" if known else "requested",
            "tone": "warning" if known else "success",
            "title": self.env._("On the order already")
            if known
            else self.env._("On the order"),
            "text": self.env._(
                "The order for %(person)s is a draft (lines: %(count)s). Send it when "
                "all is on it.",
                person=person.name,
                count=len(order.line_ids),
            ),
            "item": item.name,
            "order_id": order.id,
        }

    def _counter_draft(self, person):
        """The order the user is working on for a person at the counter.

        :param person: ``res.partner``
        :rtype: ``sample.order``
        """
        # of two taps, the second one begins anew and finds the order of the first one
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "UPDATE sample_library SET write_date = write_date WHERE id = %s"
                " RETURNING id",
                self.id,
            )
        )
        orders = self.env["sample.order"]
        return orders.search(
            [
                ("user_id", "=", self.env.uid),
                ("library_id", "=", self.id),
                ("person_id", "=", person.id),
                ("source", "=", "counter"),
                ("state", "=", "draft"),
            ],
            limit=1,
        ) or orders.create(
            {
                "user_id": self.env.uid,
                "library_id": self.id,
                "company_id": self.company_id.id,
                "person_id": person.id,
                "source": "counter",
            }
        )
