"""What services said a moment ago."""

import threading
import time
from collections import OrderedDict


class Cache:
    """Short memory of answers; safe to use from many threads.

    :param float seconds: how long an answer is kept
    :param float negative_seconds: how long it is kept that an item is not known
    :param int size: answers kept; the one used least lately goes first
    :param clock: gives seconds; not the time of day, which can jump
    """

    def __init__(
        self, seconds=60.0, negative_seconds=15.0, size=10_000, clock=time.monotonic
    ):
        self._seconds, self._negative, self._size = seconds, negative_seconds, size
        self._clock, self._lock, self._kept = clock, threading.Lock(), OrderedDict()

    def get(self, service_key, item):
        """What is remembered of an item.

        :param int service_key: of the `Service`
        :param item: `Item`
        :return: list of `Stock`, empty when the service does not know the item; None
            when nothing is remembered
        """
        key = self._key(service_key, item)
        with self._lock:
            if key not in self._kept:
                return None
            at, stocks = self._kept[key]
            kept_for = self._seconds if stocks else self._negative
            if not 0 <= self._clock() - at < kept_for:
                del self._kept[key]
                return None
            self._kept.move_to_end(key)
            return list(stocks)

    def put(self, service_key, item, stocks):
        """Remember what a service said of an item; no stocks: it does not know it."""
        key = self._key(service_key, item)
        with self._lock:
            self._kept[key] = (self._clock(), tuple(stocks))
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def forget(self, service_key):
        """Drop all that one service said: its settings have changed."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == service_key]:
                del self._kept[key]

    def __len__(self):
        return len(self._kept)

    @staticmethod
    def _key(service_key, item):
        # Prices depend on the quantity.
        return service_key, item.code, item.mpn, item.gtin, item.quantity
