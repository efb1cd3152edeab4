"""Values that repeat are converted once."""

#: So many of one column are kept, none longer than this: a number may stand in
#: 60,000 blanks.
_REMEMBERED, _LONGEST = 50_000, 64


class _Memory(dict):
    """Cell -> value, of a function that gives the same for the same cell."""

    def __init__(self, function):
        super().__init__()
        self._function = function

    def __missing__(self, cell):
        value = self._function(cell)
        if len(cell) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[cell] = value
        return value


def remembered(function):
    """The same function, for one that gives the same for the same cell."""
    return memory(function).__getitem__


def memory(function):
    """A mapping of cells to their values, made when they are asked for."""
    return _Memory(function)
