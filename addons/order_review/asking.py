"""For doors of a website that answer a held order with a page instead of an error."""

from contextlib import contextmanager
from contextvars import ContextVar

#: Known to the server only: not a context key, as those are chosen by the client.
_ASKING = ContextVar("order_review_asking", default=False)


@contextmanager
def asking_first():
    """Have orders judged before anything of a confirmation is done.

    A ``ReviewError`` that is raised then can be caught without undoing anything: the
    cart and what was put into it are kept.
    """
    token = _ASKING.set(True)
    try:
        yield
    finally:
        _ASKING.reset(token)


def asks_first():
    """Whether the running door wants to be asked first."""
    return _ASKING.get()
