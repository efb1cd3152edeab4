"""How a converter says no."""

from .rules import Problem


class Refused(Exception):
    """A cell that cannot become a value.

    :param str code: see :class:`~.rules.Problem`
    """

    def __init__(self, code, target, value, message):
        super().__init__(message)
        self.problem = Problem(code, target, value, message)
