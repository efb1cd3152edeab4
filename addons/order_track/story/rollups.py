"""Three words on an order: what of payment, fulfilment, and returns."""

FULFILMENT = (
    "nothing",
    "waiting",
    "partly_shipped",
    "shipped",
    "partly_delivered",
    "delivered",
    "cancelled",
)
PAYMENT = (
    "nothing",
    "unpaid",
    "in_process",
    "partly_paid",
    "paid",
    "partly_refunded",
    "refunded",
)
RETURN = ("none", "expected", "partly_returned", "returned", "refunded")


def fulfilment(lines, arrivals, stage="order"):
    """How far the goods are.

    :param Iterable[LineFacts] lines: all lines of the order
    :param Arrivals arrivals: what is known of shipments under way
    :param str stage: quotation, order or cancelled
    :return: one of ``FULFILMENT``
    """
    goods = [line for line in lines if line.goods]
    shipped = any(line.is_positive(line.shipped) for line in goods)
    if stage == "quotation":
        return "nothing"
    if stage == "cancelled" and not shipped:
        return "cancelled"
    is_open = stage == "order" and any(line.is_positive(line.open) for line in goods)
    if not shipped:
        if is_open:
            return "waiting"
        is_lost = any(line.is_positive(line.cancelled) for line in goods)
        return "cancelled" if is_lost else "nothing"
    if arrivals.arrived:
        whole = not is_open and arrivals.arrived >= arrivals.sent
        return "delivered" if whole else "partly_delivered"
    return "partly_shipped" if is_open else "shipped"


def payment(money):
    """How far the money is.

    Late payment is a matter of today, and told beside this (see ``RollUp``).

    :param Money money: bills and payments of the order
    :return: one of ``PAYMENT``
    """
    invoices = [bill for bill in money.bills if not bill.is_credit]
    credits_ = [bill for bill in money.bills if bill.is_credit]
    offset = sum(bill.own_credit for bill in invoices)
    paid = sum(bill.amount - bill.open for bill in invoices) - offset
    refunded = sum(bill.amount - bill.open for bill in credits_) - offset
    received = max(paid, money.prepaid)
    is_open = any(money.sign(bill.open) > 0 for bill in invoices)
    if is_open:
        return "partly_paid" if money.sign(paid - refunded) > 0 else "unpaid"
    if any(bill.in_process for bill in money.bills):
        return "in_process"
    if money.sign(refunded) > 0 and money.unbilled:
        return "refunded" if money.sign(received - refunded) <= 0 else "partly_refunded"
    if money.sign(received) <= 0:
        return "in_process" if money.pending else "nothing"
    if money.unbilled and money.sign(money.total - received) > 0:
        return "partly_paid"
    return "paid"


def returned(lines, money):
    """How far returned goods are.

    :param Iterable[LineFacts] lines: all lines of the order
    :param Money money: bills and payments of the order
    :return: one of ``RETURN``
    """
    back = [line for line in lines if line.is_positive(line.returned)]
    is_expected = any(line.is_positive(line.coming_back) for line in lines)
    if not back:
        return "expected" if is_expected else "none"
    credits_ = [bill for bill in money.bills if bill.is_credit]
    if (
        not is_expected
        and credits_
        and not any(money.sign(bill.open) > 0 for bill in credits_)
        and not any(line.is_positive(line.returned - line.credited) for line in back)
    ):
        return "refunded"
    is_partial = is_expected or any(
        line.is_positive(line.shipped - line.returned) for line in lines if line.goods
    )
    return "partly_returned" if is_partial else "returned"
