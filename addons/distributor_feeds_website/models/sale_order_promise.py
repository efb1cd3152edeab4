import hashlib

from markupsafe import Markup

from odoo import fields, models

from .promise_change import Change, is_worse, shown


class SaleOrder(models.Model):
    _inherit = "sale.order"

    promise_accepted_at = fields.Datetime(
        "Later or Smaller Delivery Accepted",
        readonly=True,
        copy=False,
        help="When the customer last accepted before payment that less is in stock, or "
        "that it comes later. What he accepted is in the messages.",
    )

    # === WHAT IS PROMISED === #

    def _promise_lines(self):
        """The lines of goods; combos are promised by what they are made of."""
        return self.order_line.filtered(
            lambda line: (
                line.product_id
                and not line.display_type
                and line.product_type == "consu"
                and line.product_uom_qty > 0
            )
        )

    def _cart_promises(self, products=None):
        """What is promised of a cart; lines of one product share what there is of it.

        :param products: ``product.product``; else all in the cart
        :return: `promise.Availability` by ``sale.order.line``
        """
        if not self or not self._sells_distributors_goods():
            return {}
        lines, wanted = self._promise_lines(), {}
        if products is not None:
            lines = lines.filtered(lambda line: line.product_id in products)
        for line in lines:
            quantity = line.product_uom_id._compute_quantity(
                line.product_uom_qty, line.product_id.uom_id
            )
            wanted[line.product_id.id] = wanted.get(line.product_id.id, 0.0) + quantity
        promises = (
            self.website_id._shop_promises(lines.product_id, wanted) if lines else {}
        )
        return {
            line: promises[line.product_id.id]
            for line in lines
            if line.product_id.id in promises
        }

    def _cart_words(self):
        """What the cart's page says about its lines.

        :return: as `website._promise_told`, by id of the line; that of a combo is the
            worst of what it is made of
        """
        words, website = {}, self.website_id
        for line, told in self._cart_promises().items():
            words[line.id] = website._promise_in_cart(line.product_id, told)
            if line.combo_item_id:
                parent = line.linked_line_id.id
                words[parent] = max(
                    (words.get(parent), words[line.id]),
                    key=lambda one: ORDER.index(one["state"]) if one else -1,
                )
        return words

    # === WHAT THE CUSTOMER SAW === #

    def _keep_shown(self, products):
        """Remember what is shown from now on with the lines of some products."""
        for line, told in self._cart_promises(products).items():
            line.write(shown(told).values)

    def _keep_first_shown(self):
        """The same for lines that came into the cart when nothing was shown."""
        new = self._promise_lines().filtered(lambda line: not line.promise_state)
        if new:
            self._keep_shown(new.product_id)

    def _ask_distributors(self):
        """Ask the distributors' services about the cart; nothing is written."""
        if self and self._sells_distributors_goods():
            self.website_id._ask_distributors(self._promise_lines().product_id)

    def _promise_changes(self):
        """Where the customer would get less, or later, than he was shown.

        :return: list of `Change`
        """
        changes = []
        for line, told in self._cart_promises().items():
            before, after = line._promise_shown(), shown(told)
            if before and is_worse(before, after):
                blocking = (
                    self._limits(line.product_id) and after.quantity < after.wanted
                )
                changes.append(Change(line, before, after, blocking))
        return changes

    def _promise_changes_title(self):
        return self.env._("The stock has changed since you filled your cart.")

    def _promise_changes_lines(self, changes):
        """One line of text per change."""
        return [
            self.env._(
                "%(product)s: was %(before)s, now %(after)s",
                product=change.line.product_id.with_context(
                    display_default_code=False
                ).display_name,
                before=change.line._promise_words(change.before),
                after=change.line._promise_words(change.after),
            )
            for change in changes
        ]

    def _promise_gate(self):
        """What a page shows of the changes, None if there are none.

        :return: dict with ``title``, ``lines``, ``blocking`` and ``fingerprint``
        """
        changes = self._promise_changes()
        if not changes:
            return None
        return {
            "title": self._promise_changes_title(),
            "lines": self._promise_changes_lines(changes),
            "blocking": any(change.blocking for change in changes),
            "fingerprint": _fingerprint(changes),
        }

    def _accept_promises(self, fingerprint):
        """The customer takes what is there now.

        :param str fingerprint: of what he was shown; of nothing else
        :return: False when it has changed again, or cannot be bought like that
        """
        changes = self._promise_changes()
        if not changes:
            return True
        if fingerprint != _fingerprint(changes) or any(one.blocking for one in changes):
            return False
        for change in changes:
            change.line.write(change.after.values)
        self.promise_accepted_at = fields.Datetime.now()
        public = self.env.user._is_public()
        internal = self.with_context(
            lang=self.company_id.partner_id.lang or self.env.lang
        )
        self.message_post(
            body=Markup("<p>%s</p><ul>%s</ul>")
            % (
                internal.env._("The customer accepted before payment:"),
                Markup("").join(
                    Markup("<li>%s</li>") % text
                    for text in internal._promise_changes_lines(changes)
                ),
            ),
            author_id=(self.partner_id if public else self.env.user.partner_id).id,
        )
        return True


# From the best to the worst that a page may say.
ORDER = ("in_stock", "from_distributor", "incoming", "on_request", "unavailable")


def _fingerprint(changes):
    facts = sorted((change.line.id, *map(str, change.after)) for change in changes)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
