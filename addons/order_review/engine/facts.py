"""Vocabulary between the models and the engine: what is known of an order.

All quantities named ``*_ref`` are in the reference unit of their kind (quantity
times the absolute factor of the unit), so lines in dozens and lines in pieces can
be added up.  Amounts are in the currency of the order unless said otherwise.
"""

from datetime import datetime
from typing import NamedTuple


class OrderFacts(NamedTuple):
    """One order, flattened.  Ids are 0 where the order has none."""

    id: int
    name: str
    state: str
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
    product_uom_id: int
    price_unit: float
    discount: float  # per cent
    is_delivery: bool


class Decision(NamedTuple):
    """What somebody with the right decided about a finding, and about which facts."""

    id: int
    order_id: int
    rule_id: int
    product_id: int
    line_id: int
    asked: float
    price: float
    shipping_id: int


class Finding(NamedTuple):
    """One broken rule on one order.

    ``asked``, ``allowed`` and ``used`` are in the unit or currency that the
    rule is written in.  ``line_id`` and ``product_id`` are 0 where the finding is
    about the whole order.  ``decision_id`` names the decision that covers it.
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

    @property
    def key(self):
        """What makes it the same finding when the order is looked at again."""
        return (self.order_id, self.rule_id, self.product_id, self.line_id)


#: Kinds where a smaller number is worse: an approval of 12 % margin does not
#: cover 10 %, but one of 12 pieces does cover 10.
LOWER_IS_WORSE = frozenset({"amount_min", "margin", "margin_percent"})


def is_worse(finding, asked, digits=6):
    """Whether ``finding`` asks for more than ``asked`` did.

    :param Finding finding: what is found now
    :param float asked: the number that was seen, or decided upon, before
    :param int digits: decimals that count
    """
    change = round(finding.asked - asked, digits)
    if finding.details.get("measure") in LOWER_IS_WORSE:
        change = -change
    return change > 0


def covers(decision, finding, shipping_id):
    """Whether a decision still holds for a finding.

    It lapses when more is asked than was decided upon, when the unit price was
    raised or when the goods go elsewhere; it survives edits downwards.
    """
    return (
        decision.rule_id == finding.rule_id
        and decision.product_id == finding.product_id
        and (decision.line_id == finding.line_id or bool(finding.product_id))
        and decision.shipping_id == shipping_id
        and not is_worse(finding, decision.asked)
        and round(finding.price - decision.price, 4) <= 0
    )
