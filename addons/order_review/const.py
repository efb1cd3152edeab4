"""Values that several models and the web client share."""

KINDS = [
    ("max_quantity", "Maximum quantity per order"),
    ("quota", "Quota per period"),
    ("product_hold", "Product on hold"),
    ("customer_hold", "Customer on hold"),
    ("credit", "Credit limit"),
    ("payment", "Payment required first"),
    ("amount", "Amount, margin or discount limit"),
    ("domain", "Free condition"),
    ("multiple", "Minimum and pack multiple"),
    ("correction", "Automatic correction"),
]

#: Fields of a rule that say whom and what it applies to; dates and company aside.
SCOPE_FIELDS = (
    "product_ids",
    "product_tmpl_ids",
    "categ_ids",
    "product_tag_ids",
    "partner_ids",
    "partner_category_ids",
    "is_new_customer",
    "pricelist_ids",
    "website_ids",
    "team_ids",
    "country_ids",
    "group_ids",
)

#: Kinds that compare quantities, so that the unit of the rule matters.
COUNTING_KINDS = frozenset({"max_quantity", "quota", "multiple", "correction"})

#: Kinds that compare amounts of money.
MONEY_KINDS = frozenset({"amount", "credit", "payment"})

#: Kinds that may add up the variants of a product or all products of the rule.
GROUPING_KINDS = frozenset({"max_quantity", "quota", "multiple"})

SEVERITIES = [
    ("inform", "Inform"),
    ("warn", "Warn"),
    ("approve", "Hold"),
    ("block", "Block"),
]

REVIEW_STATES = [
    ("clear", "Clear"),
    ("warned", "To acknowledge"),
    ("waiting", "Waiting for release"),
    ("blocked", "Blocked"),
]

#: The state an open finding of a severity puts the order into.
STATE_OF_SEVERITY = {"warn": "warned", "approve": "waiting", "block": "blocked"}

#: Worst state first.
STATE_RANK = {"blocked": 3, "waiting": 2, "warned": 1, "clear": 0}

#: Order fields that the engine alone writes.
PROTECTED_ORDER_FIELDS = frozenset(
    {
        "review_state",
        "review_finding_ids",
        "review_decision_ids",
        "review_correction_ids",
        "review_parked_at",
        "review_confirmed_at",
        "review_payment_percent",
        "ordering_user_id",
    }
)

#: Line fields whose change on a confirmed order asks the rules again.
LINE_TRIGGERS = frozenset(
    {
        "product_id",
        "product_template_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "order_id",
        "display_type",
        "is_downpayment",
        "is_delivery",
        "tax_ids",
    }
)

#: Order fields whose change on a confirmed order asks the rules again.
ORDER_TRIGGERS = frozenset(
    {
        "order_line",
        "partner_id",
        "partner_shipping_id",
        "company_id",
        "website_id",
        "team_id",
        "pricelist_id",
        "currency_id",
        "carrier_id",
    }
)
