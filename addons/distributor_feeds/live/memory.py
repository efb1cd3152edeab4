"""What one process remembers of the services of one database."""

import threading

from .breakers import Breakers
from .cache import Cache

# A service that does not know an item is asked again sooner: goods are added all day.
NEGATIVE_SECONDS = 15.0

_lock = threading.Lock()
_memories = {}


class Caches:
    """A `Cache` per service, because each says how long it may be believed.

    To `ask` it looks like one cache.
    """

    def __init__(self):
        self._lock, self._caches, self._seconds = threading.Lock(), {}, {}

    def keep_for(self, service_key, seconds):
        """Say how long answers of a service are kept; a change drops what there is."""
        with self._lock:
            if self._seconds.get(service_key) != seconds:
                self._seconds[service_key] = seconds
                self._caches[service_key] = Cache(
                    seconds=seconds, negative_seconds=min(seconds, NEGATIVE_SECONDS)
                )

    def get(self, service_key, item):
        """As `Cache.get`."""
        cache = self._caches.get(service_key)
        return None if cache is None else cache.get(service_key, item)

    def put(self, service_key, item, stocks):
        """As `Cache.put`."""
        cache = self._caches.get(service_key)
        if cache is not None:  # an empty one is false
            cache.put(service_key, item, stocks)

    def forget(self, service_key):
        """Drop what one service said: its settings have changed."""
        with self._lock:
            self._caches.pop(service_key, None)
            self._seconds.pop(service_key, None)

    def has_any(self):
        """Whether any service was asked in this process."""
        return bool(self._caches)

    def knows(self, service_key):
        """Whether anything of a service was heard in this process."""
        return bool(self._caches.get(service_key))


class Memory:
    """Breakers and caches of one database in this process."""

    def __init__(self):
        self.breakers, self.caches = Breakers(), Caches()


def memory_of(database):
    """The `Memory` of a database, by its name."""
    with _lock:
        return _memories.setdefault(database, Memory())
