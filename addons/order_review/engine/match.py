"""Which rules apply to which lines of an order: the most specific of each kind."""

from collections import defaultdict
from typing import NamedTuple


class Matched(NamedTuple):
    """One order with the rules that apply, line by line."""

    order: object
    lines: list
    winners: list  # (rule, lines, ids of the rules that gave way)


class _Run:
    """What matching a set of orders keeps in mind: categories may change later."""

    def __init__(self, book):
        self.book = book
        self.products = {}  # product id -> bits of the rules that take it in

    def of_product(self, line):
        mask = self.products.get(line.product_id)
        if mask is None:
            mask = self.products[line.product_id] = self.book.product_mask(line)
        return mask

    def choose(self, order, lines, mask):
        """Pick, line by line and then for the order, the most specific of a kind.

        Rules that are equally specific all apply: nothing says which was meant.

        :return: list of ``(rule, lines, beaten rule ids)`` in order of the rules
        """
        book = self.book
        won = {}  # rule id -> (rule, lines, beaten ids)
        # most rules have no rival and name no product: nothing to choose for them
        simple = mask & book.alone & book.unscoped
        rest = mask ^ simple
        if not lines:
            simple &= ~book.line_rules
        if by_line := rest & book.line_rules:
            self._choose_by_line(order, lines, by_line, won)
        if by_order := rest & ~book.line_rules:
            self._choose_by_order(order, lines, by_order, won)
        if not won:
            return [(rule, lines, ()) for rule in book.iter(simple)]
        for rule in book.iter(simple):
            won[rule.id] = (rule, lines, ())
        return [won[rule.id] for rule in book.iter(mask) if rule.id in won]

    def _choose_by_line(self, order, lines, mask, won):
        chosen = {}
        for line in lines:
            hits = self.of_product(line) & mask
            if not hits:
                continue
            # rules that name no product rank the same on every line
            key = hits, hits & ~self.book.unscoped and line.product_id
            if key not in chosen:
                chosen[key] = list(self._most_specific(hits, order, line))
            for rule, beaten in chosen[key]:
                entry = won.setdefault(rule.id, (rule, [], set()))
                entry[1].append(line)
                entry[2].update(beaten)

    def _choose_by_order(self, order, lines, mask, won):
        # a rule with a product scope applies to orders that hold such a product
        book = self.book
        present, where = book.unscoped, {}
        if mask & ~book.unscoped:
            for line in lines:
                product_mask = self.of_product(line)
                present |= product_mask
                for rule in book.iter(product_mask & mask & ~book.unscoped):
                    closest = where.setdefault(rule.id, line)
                    if rule.product_level(line) > rule.product_level(closest):
                        where[rule.id] = line
        for rule, beaten in self._most_specific(mask & present, order, None, where):
            won[rule.id] = (rule, lines, beaten)

    def _most_specific(self, mask, order, line, where=None):
        rivals, keys = defaultdict(list), self.book.rival_keys
        for rule in self.book.iter(mask):
            rivals[keys[rule.id]].append(rule)
        for group in rivals.values():
            if len(group) == 1:
                yield group[0], ()
                continue
            ranked = [
                (rule.specificity(order, line or (where or {}).get(rule.id)), rule)
                for rule in group
            ]
            best = max(rank for rank, _rule in ranked)
            beaten = tuple(rule.id for rank, rule in ranked if rank < best)
            winners = [rule for rank, rule in ranked if rank == best]
            if winners[0].is_exclusive:
                winners = winners[:1]
            for rule in winners:
                yield rule, beaten


def match(orders, lines_by_order, book, suspects=None):
    """Find the rules that apply to each order; orders without any are left out.

    :param dict suspects: order id to bits of the free conditions that it may fail;
        the others need not be looked at, as free conditions rival nothing
    :rtype: Iterator[Matched]
    """
    run = _Run(book)
    sure = ~book.masks["domain"]
    for order in orders:
        mask = book.order_mask(order)
        if suspects is not None:
            mask &= sure | suspects.get(order.id, 0)
        if mask:
            lines = lines_by_order.get(order.id, ())
            yield Matched(order, lines, run.choose(order, lines, mask))
