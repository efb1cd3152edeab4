"""Circuit breakers: a service that fails is left alone for a while.

Pattern: Nygard, "Release It!", chapter on stability patterns.
"""

import math
import threading
import time
from dataclasses import dataclass


@dataclass
class _Breaker:
    failures: int = 0
    opened_at: float | None = None
    probed_at: float | None = None


class Breakers:
    """One breaker per service; safe to use from many threads.

    Closed: asked. After ``threshold`` failures in a row open: not asked for
    ``cool_down`` seconds. Then half open: one question goes out as a probe; when it
    succeeds the breaker closes, when it fails the time starts again.

    The clock is that of the day, because the state travels between processes and
    machines. A time that lies in the future (the clock was set back) counts as over, so
    no jump keeps a breaker open longer than ``cool_down``.

    :param int threshold: failures in a row
    :param float cool_down: seconds
    :param clock: gives seconds
    """

    def __init__(self, threshold=3, cool_down=30.0, clock=time.time):
        self.threshold, self.cool_down = threshold, cool_down
        self._clock, self._lock, self._breakers = clock, threading.Lock(), {}

    def allow(self, key):
        """Whether the service may be asked now.

        Who is allowed must `record` or `release`; a probe that never comes back is
        replaced after ``cool_down``.

        :rtype: bool
        """
        with self._lock:
            breaker = self._breakers.get(key)
            if breaker is None or breaker.opened_at is None:
                return True
            if self._runs(breaker.opened_at) or self._runs(breaker.probed_at):
                return False
            breaker.probed_at = self._clock()
            return True

    def record(self, key, succeeded):
        """Say how a question went.

        :param bool succeeded: the service answered, whatever it said
        """
        with self._lock:
            if succeeded:
                self._breakers.pop(key, None)
                return
            breaker = self._breakers.setdefault(key, _Breaker())
            breaker.failures += 1
            # A late failure of a question from before must not prolong the time.
            if breaker.failures >= self.threshold and (
                breaker.opened_at is None or breaker.probed_at is not None
            ):
                breaker.opened_at, breaker.probed_at = self._clock(), None

    def release(self, key):
        """The service was not asked after all."""
        with self._lock:
            if breaker := self._breakers.get(key):
                breaker.probed_at = None

    def state(self, key):
        """``closed``, ``open`` or ``half-open``."""
        with self._lock:
            breaker = self._breakers.get(key)
            if breaker is None or breaker.opened_at is None:
                return "closed"
            return "open" if self._runs(breaker.opened_at) else "half-open"

    def dump(self):
        """The state, to be stored as JSON.

        :return: ``{str(key): [failures, opened_at, probed_at]}``; closed breakers
            without failures are left out
        """
        with self._lock:
            return {
                str(key): [one.failures, one.opened_at, one.probed_at]
                for key, one in self._breakers.items()
            }

    def load(self, state):
        """Replace the state by one of `dump`; entries that are none are left out."""
        loaded = {}
        for key, entry in state.items() if isinstance(state, dict) else ():
            try:
                failures, opened_at, probed_at = entry
                loaded[int(key)] = _Breaker(
                    int(failures), _moment(opened_at), _moment(probed_at)
                )
            except (TypeError, ValueError, OverflowError):
                continue
        with self._lock:
            self._breakers = loaded

    def learn(self, state):
        """Take over breakers that opened elsewhere after ours did, from a `dump`."""
        other = Breakers(self.threshold, self.cool_down, self._clock)
        other.load(state)
        with self._lock:
            for key, theirs in other._breakers.items():
                ours = self._breakers.get(key)
                known = (ours and ours.opened_at) or -math.inf
                if theirs.opened_at is not None and theirs.opened_at > known:
                    self._breakers[key] = theirs

    def _runs(self, since):
        """Whether less than the cool-down has passed since a moment."""
        return since is not None and 0 <= self._clock() - since < self.cool_down


def _moment(value):
    if value is None:
        return None
    if not math.isfinite(value):
        raise ValueError("not a moment")
    return float(value)
