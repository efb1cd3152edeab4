"""What there is of one product in one warehouse, now and soon. Plain Python."""


class Outlook:
    """Supplies in order of time, from which demands are taken first-come.

    All quantities are in the unit of the product.

    :param float free: on hand and not reserved
    :param receipts: ``(date, quantity)`` of what is under way, in any order
    :param float claimed: what others wait for already, served before anybody else
    """

    def __init__(self, free, receipts=(), claimed=0.0):
        self._supplies = [[None, max(free, 0.0)]]
        self._supplies += [[date, quantity] for date, quantity in sorted(receipts)]
        self._use(claimed + max(-free, 0.0))

    def take(self, quantity):
        """Take a quantity if there will be enough of it, else leave all for others.

        :return: ``(covered, date)``; the date is None for what is here now
        """
        if quantity > self.total + 1e-9:
            return False, None
        return True, self._use(quantity)

    @property
    def total(self):
        return sum(quantity for _date, quantity in self._supplies)

    def _use(self, quantity):
        """Use up to a quantity, earliest first; return when the last of it comes."""
        last = None
        for supply in self._supplies:
            if quantity <= 1e-9:
                break
            used = min(supply[1], quantity)
            if used > 0:
                supply[1] -= used
                quantity -= used
                last = supply[0]
        return last
