"""Which rules look at a whole division order, and which at one recipient's share."""

#: Rules that make sense for one delivery.  Amounts, credit, payment and free
#: conditions are about the order; corrections change it as a whole.
_SHARE_KINDS = frozenset({"max_quantity", "multiple", "product_hold", "quota"})


def _counts_address(rule):
    return rule.kind == "quota" and rule.quota_per == "shipping"


def fits_whole(rule):
    """Whether a rule is asked about the total of a division order.

    :param Rule rule: of `order_review`
    """
    return not _counts_address(rule)


def fits_share(rule):
    """Whether a rule is asked about what one recipient gets.

    A quota counts there only if it counts per address: for a customer or a user the
    total is what he uses up.  A maximum or a hold adds something only where it holds in
    some countries: what the total keeps, every share keeps.

    :param Rule rule: of `order_review`
    """
    if rule.kind == "quota":
        return _counts_address(rule)
    if rule.kind in ("max_quantity", "product_hold"):
        return bool(rule.countries)
    return rule.kind in _SHARE_KINDS


def shares_of(lines, shares):
    """The lines of one recipient.

    :param lines: iterable of ``LineFacts`` of the whole order
    :param dict shares: quantity per recipient by line id, in the unit of the line
    :return: lines with the quantity of one recipient; what is not shared is left out
    :rtype: list[LineFacts]
    """
    return [
        line._replace(
            quantity=shares[line.id], quantity_ref=shares[line.id] * line.line_factor
        )
        for line in lines
        if shares.get(line.id)
    ]
