"""Words that several files share."""

CHECK_OUT_GROUP = "order_prebook.group_checkout"
MANAGER_GROUP = "order_prebook.group_manager"
PURCHASER_GROUP = "order_prebook.group_purchaser"

STATES = [
    ("draft", "Draft"),
    ("checked_out", "Checked Out"),
    ("cancelled", "Cancelled"),
]
SOURCES = [
    ("receipt", "Future receipt"),
    ("vendor", "Vendor availability"),
    ("ahead", "Sold ahead"),
]
POLICIES = [
    ("no", "Never"),
    ("short", "When the stock is not enough"),
    ("always", "Always"),
]
# Fields of order lines that only the methods of this add-on change, after a check of
# rights: whoever could write them would check out without being allowed to.
PROTECTED = frozenset(
    {
        "is_prebook",
        "prebook_source",
        "prebook_is_judged",
        "prebook_state",
        "prebook_date",
        "prebook_available_date",
        "prebook_is_procured",
        "prebook_qty_checked_out",
        "prebook_qty_cancelled",
        "prebook_qty_open",
        "prebook_qty_arrived",
        "prebook_qty_told",
        "prebook_hold",
        "prebook_read_uid",
        "prebook_read_date",
        "prebook_log_ids",
    }
)
