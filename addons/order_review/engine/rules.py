"""Rules in the form the engine reads, and the book that finds which ones apply.

Every rule owns one bit.  For each axis of the scope (customer, pricelist, product…)
the book maps a value to the bits of the rules that name it; the bits of the rules
that leave the axis open are always added.  What applies to an order line is then
the AND of a few integers, however many rules there are.
"""

from collections import Counter, defaultdict
from datetime import datetime
from typing import NamedTuple

#: Kinds that are chosen line by line; the others look at the whole order.
LINE_KINDS = frozenset(
    {"max_quantity", "quota", "product_hold", "multiple", "correction"}
)

#: Corrections of the order itself: an order has one delivery method, not one a line.
ORDER_CORRECTIONS = frozenset({"carrier"})

#: Corrections of which only one can be made: of equally specific ones, the first.
EXCLUSIVE_CORRECTIONS = frozenset({"carrier", "replace"})


class Rule(NamedTuple):
    """One rule as data; field names are those of ``sale.review.rule``."""

    id: int
    kind: str
    severity: str = "block"
    overridable: bool = False
    # scope
    products: frozenset = frozenset()
    templates: frozenset = frozenset()
    categories: frozenset = frozenset()
    product_tags: frozenset = frozenset()
    partners: frozenset = frozenset()
    partner_tags: frozenset = frozenset()
    pricelists: frozenset = frozenset()
    companies: frozenset = frozenset()
    websites: frozenset = frozenset()
    teams: frozenset = frozenset()
    countries: frozenset = frozenset()
    groups: frozenset = frozenset()
    new_customers: bool = False
    date_start: datetime | None = None
    date_end: datetime | None = None
    # what is allowed
    max_quantity: float = 0.0
    quantity_per: str = "product"
    uom_factor: float = 0.0  # 0: the unit of each product
    uom_root: int = 0  # products measured in other kinds of units are not counted
    min_quantity: float = 0.0
    multiple: float = 0.0
    period: str = "month"
    period_days: int = 30
    quota_per: str = "partner"
    measure: str = "total"
    amount_min: float | None = None
    amount_max: float | None = None
    currency_id: int = 0
    use_partner_limit: bool = False
    credit_limit: float = 0.0
    payment_percent: float = 100.0
    domain_model: str = ""
    correction: str = ""
    replacement_id: int = 0
    add_product_id: int = 0
    carrier_id: int = 0
    # state
    failed: bool = False  # could not be checked when it was last tried

    @property
    def by_line(self):
        """Whether the rule is chosen line by line rather than once for the order."""
        if self.kind == "domain":
            return self.domain_model == "sale.order.line"
        if self.kind == "correction":
            return self.correction not in ORDER_CORRECTIONS
        return self.kind in LINE_KINDS

    @property
    def is_exclusive(self):
        """Whether only one of several equally specific rules can be followed."""
        return self.kind == "correction" and self.correction in EXCLUSIVE_CORRECTIONS

    @property
    def has_product_scope(self):
        return bool(
            self.products or self.templates or self.categories or self.product_tags
        )

    @property
    def rival_key(self):
        """Rules with the same key rival each other: the most specific one wins.

        Two quotas with different periods are no rivals, nor are a limit on the
        margin and one on the discount; free conditions never are.
        """
        if self.kind == "quota":
            return (self.kind, self.period, self.period_days, self.quota_per)
        if self.kind == "amount":
            return (self.kind, self.measure)
        if self.kind == "correction":
            return (self.kind, self.correction, self.add_product_id)
        if self.kind == "domain":
            return (self.kind, self.id)
        return (self.kind,)

    def product_level(self, line):
        """How closely the rule names this line's product (0: it names none)."""
        if line.product_id in self.products:
            return 4.0
        if line.template_id in self.templates:
            return 3.0
        if self.categories:
            # a rule on a nested category beats one on its parent
            depth = max(
                (
                    place
                    for place, category in enumerate(line.category_path, 1)
                    if category in self.categories
                ),
                default=0,
            )
            if depth:
                return 2.0 + min(depth, 999) / 1000.0
        if self.product_tags & line.product_tag_ids:
            return 1.0
        return 0.0

    def specificity(self, order, line=None):
        """Sort key: product first, then customer, then the number of other axes."""
        partner = (
            2
            if self.partners & order.partner_ids
            else (1 if self.partner_tags & order.partner_tag_ids else 0)
        )
        others = sum(
            map(
                bool,
                (
                    self.pricelists,
                    self.companies,
                    self.websites,
                    self.teams,
                    self.countries,
                    self.groups,
                    self.new_customers,
                    self.date_start or self.date_end,
                ),
            )
        )
        return (self.product_level(line) if line else 0.0, partner, others)


class RuleBook:
    """All rules at once, indexed so that matching costs a few AND operations."""

    #: (axis, field of the rule, field of the order); a set on the order matches any
    ORDER_AXES = (
        ("companies", "company_id"),
        ("pricelists", "pricelist_id"),
        ("websites", "website_id"),
        ("teams", "team_id"),
        ("countries", "country_id"),
    )

    def __init__(self, rules):
        self.rules = tuple(rules)
        self.all = (1 << len(self.rules)) - 1
        self.masks = defaultdict(int)  # kind → bits
        self._places = {rule.id: 1 << bit for bit, rule in enumerate(self.rules)}
        self._axes = {}
        self._open = {}
        self._dated = []
        for bit, rule in enumerate(self.rules):
            self.masks[rule.kind] |= 1 << bit
            if rule.date_start or rule.date_end:
                self._dated.append((1 << bit, rule.date_start, rule.date_end))
        for axis in (
            "products",
            "templates",
            "categories",
            "product_tags",
            "partners",
            "partner_tags",
            "groups",
            *(axis for axis, _field in self.ORDER_AXES),
        ):
            index = defaultdict(int)
            for bit, rule in enumerate(self.rules):
                for value in getattr(rule, axis):
                    index[value] |= 1 << bit
            self._axes[axis] = dict(index)
            self._open[axis] = self._bits(lambda r, a=axis: not getattr(r, a))
        self.unscoped = self._bits(lambda r: not r.has_product_scope)
        self.any_partner = self._bits(lambda r: not (r.partners or r.partner_tags))
        self.new_customers = self._bits(lambda r: r.new_customers)
        self.line_rules = self._bits(lambda r: r.by_line)
        self.rival_keys = {rule.id: rule.rival_key for rule in self.rules}
        keys = Counter(self.rival_keys.values())
        #: rules that have no rival, whatever the order
        self.alone = self._bits(lambda r: keys[r.rival_key] == 1)

    def _bits(self, predicate):
        return sum(1 << bit for bit, rule in enumerate(self.rules) if predicate(rule))

    def __bool__(self):
        return bool(self.rules)

    def uses(self, axis):
        """Whether any rule names a value on this axis (else it need not be read)."""
        return bool(self._axes[axis])

    def bit(self, rule):
        """The bit that a rule owns in all masks."""
        return self._places[rule.id]

    def iter(self, mask):
        """The rules whose bits are set, lowest first."""
        while mask:
            low = mask & -mask
            yield self.rules[low.bit_length() - 1]
            mask ^= low

    def order_mask(self, order):
        """Bits of the rules whose scope, products aside, takes in the order."""
        mask = self.all
        for axis, field in self.ORDER_AXES:
            index = self._axes[axis]
            if index:
                mask &= self._open[axis] | index.get(getattr(order, field), 0)
        if self._axes["groups"]:
            found = self._open["groups"]
            for group in order.group_ids:
                found |= self._axes["groups"].get(group, 0)
            mask &= found
        if self._axes["partners"] or self._axes["partner_tags"]:
            found = self.any_partner
            for partner in order.partner_ids:
                found |= self._axes["partners"].get(partner, 0)
            for tag in order.partner_tag_ids:
                found |= self._axes["partner_tags"].get(tag, 0)
            mask &= found
        if not order.is_new_customer:
            mask &= ~self.new_customers
        for bit, start, end in self._dated:
            if (start and order.now < start) or (end and order.now >= end):
                mask &= ~bit
        return mask

    def product_mask(self, line):
        """Bits of the rules that name the line's product or name no product."""
        mask = self.unscoped | self._axes["products"].get(line.product_id, 0)
        mask |= self._axes["templates"].get(line.template_id, 0)
        for category in line.category_path:
            mask |= self._axes["categories"].get(category, 0)
        for tag in line.product_tag_ids:
            mask |= self._axes["product_tags"].get(tag, 0)
        return mask
