"""Names of tests do not hold bytes.

Processes that share the tests compare the names they collected. Bytes may differ from
one collection to the next: a gzip file, for one, holds the time at which it was made.
"""


def pytest_make_parametrize_id(val, argname):
    """Name a value that is bytes after its argument; pytest numbers several of them."""
    return argname if isinstance(val, bytes) else None
