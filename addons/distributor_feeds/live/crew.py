"""A bounded number of threads."""

import threading
from collections import Counter


class Crew:
    """Starts threads, but never more than a number at once.

    A thread is made for each piece of work and ends with it: that costs a tenth of a
    millisecond, and nothing is left over. The threads are daemons: one that hangs in
    the name service, which has no timeout, does not keep the process from ending.

    :param int total: threads at once
    :param int per_service: threads at once for one service, so that one that hangs
        does not use up the threads of the others
    """

    def __init__(self, total=64, per_service=16):
        self._total, self._per_service = total, per_service
        self._lock, self._busy = threading.Lock(), Counter()

    def start(self, key, work):
        """Run ``work`` in a thread.

        :param key: of the service
        :param work: callable without arguments that does not raise
        :return: False when there are too many already
        """
        with self._lock:
            if (
                self._busy[key] >= self._per_service
                or self._busy.total() >= self._total
            ):
                return False
            self._busy[key] += 1

        def run():
            try:
                work()
            finally:
                self._leave(key)

        try:
            threading.Thread(target=run, name=f"live-{key}", daemon=True).start()
        except RuntimeError:  # the system gives no more threads
            self._leave(key)
            return False
        return True

    def busy(self):
        """How many threads run."""
        with self._lock:
            return self._busy.total()

    def _leave(self, key):
        with self._lock:
            self._busy[key] -= 1
            if not self._busy[key]:
                del self._busy[key]
