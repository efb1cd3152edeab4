"""Vocabulary between the models and the engine: what is known of an order.

All quantities named ``*_ref`` are in the reference unit of their kind (quantity
times the absolute factor of the unit), so lines in dozens and lines in pieces can
be added up.  Amounts are in the currency of the order unless said otherwise.
"""

from datetime import datetime
from typing import NamedTuple

#: Decimals of the numbers of findings and decisions: what is compared later must be
#: what was stored.
STORED_DIGITS = 4


class OrderFacts(NamedTuple):
    """One order, flattened.  Ids are 0 where the order has none."""

    id: int
    company_id: int
    partner_id: int
    partner_ids: frozenset  # the customer and all its parents
    commercial_id: int
    shipping_id: int
    partner_tag_ids: frozenset
    country_id: int
    pricelist_id: int
    website_id: int
    team_id: int
    user_id: int  # who placed the order
    group_ids: frozenset  # groups of the one who placed it
    carrier_id: int
    is_new_customer: bool
    currency_id: int
    amount_total: float
    amount_untaxed: float  # goods and services only, without delivery
    margin: float
    amount_paid: float
    now: datetime  # naive UTC
    timezone: str


class LineFacts(NamedTuple):
    """One line that sells a product (no section, note or down payment)."""

    id: int
    order_id: int
    product_id: int
    template_id: int
    category_path: tuple  # from the root category to that of the product
    product_tag_ids: frozenset
    quantity: float  # in the unit of the line
    quantity_ref: float
    line_factor: float  # reference units in one unit of the line
    product_factor: float  # reference units in one unit of the product
    uom_root: int  # units with the same root convert into each other
    price_unit: float
    discount: float  # per cent
    is_delivery: bool


class Decision(NamedTuple):
    """What somebody with the right decided about a finding, and about which facts."""

    id: int
    order_id: int
    rule_id: int
    subject: str  # as in Finding
    asked: float
    price: float  # of one unit of the product
    shipping_id: int


class Finding(NamedTuple):
    """One broken rule on one order.

    ``asked``, ``allowed`` and ``used`` are in the unit or currency that the
    rule is written in.  ``line_id`` points to a line to look at and ``product_id`` is
    set where it is about one product; both are 0 where it is about the whole order.
    ``subject`` says what was counted (``product/7``, ``template/3``, ``line/9``, or
    nothing for all together) and does not change when lines are moved or split.
    ``details`` holds ``lower`` where a smaller number is worse, as with a margin.
    ``decision_id`` names the decision that covers it.
    """

    order_id: int
    rule_id: int
    kind: str
    severity: str
    line_id: int
    product_id: int
    asked: float
    allowed: float
    used: float
    price: float
    details: dict
    decision_id: int = 0
    subject: str = ""

    @property
    def key(self):
        """What makes it the same finding when the order is looked at again."""
        return (self.order_id, self.rule_id, self.subject)


def is_worse(finding, asked, digits=STORED_DIGITS):
    """Whether ``finding`` asks for more than ``asked`` did.

    Where a smaller number is worse, less is more: a release of 12 % margin does not
    cover 10 %, but one of 12 pieces does cover 10.

    :param Finding finding: what is found now
    :param float asked: the number that was seen, or decided upon, before
    :param int digits: decimals that count
    """
    change = round(finding.asked - asked, digits)
    if finding.details.get("lower"):
        change = -change
    return change > 0


def covers(decision, finding, shipping_id):
    """Whether a decision still holds for a finding.

    It lapses when more is asked than was decided upon, when the unit price was
    raised or when the goods go elsewhere; it survives edits downwards.  A rule that
    could not be checked is covered by nothing: nobody knows what it would find.
    """
    return (
        decision.rule_id == finding.rule_id
        and decision.subject == finding.subject
        and decision.shipping_id == shipping_id
        and not finding.details.get("error")
        and not is_worse(finding, decision.asked)
        and round(finding.price - decision.price, STORED_DIGITS) <= 0
    )


def open_findings(findings):
    """Those that hold an order: no notes, and nothing that was decided upon.

    :rtype: list[Finding]
    """
    return [f for f in findings if f.severity != "inform" and not f.decision_id]
