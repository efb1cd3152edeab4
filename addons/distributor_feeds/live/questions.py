"""Asking all services at once."""

import logging
import threading
import time
from collections import deque

from .adapters import find
from .crew import Crew
from .exchange import Connection
from .vocabulary import MESSAGES, Answer, Trouble

_logger = logging.getLogger(__name__)

#: The threads of this process.
CREW = Crew()

MOST_SECONDS = 60.0
MOST_REQUESTS = 200


class _Question:
    """One service, the items it is asked about, and what it has said so far.

    Threads work on it; whoever waits looks at it when the time is over.
    """

    def __init__(self, service, items, until, surroundings):
        self.service, self.items, self.until = service, items, until
        self.breakers, self.cache, self.policy, self.crew, self.changed = surroundings
        self.started = time.monotonic()
        self.ended = None
        self.told, self.reason, self.answered = {}, "", False
        self._requests, self._workers = deque(), 1
        self._adapter, self._over = None, False

    def work(self):
        """The first thread: make the requests, call for help, take part."""
        try:
            self._adapter = find(self.service)
            requests = self._adapter.build(self.items)[:MOST_REQUESTS]
        except Exception as error:
            self._fail(error, "adapter")
            self._leave()
            return
        self._requests.extend(requests)
        for _helper in range(min(len(requests), self._adapter.parallel) - 1):
            with self.changed:
                self._workers += 1
            if not self.crew.start(self.service.key, self._take_part):
                self._leave()
                break
        self._take_part()

    def _take_part(self):
        """Send requests, one after the other, until none is left."""
        connection = Connection(self.service, self.policy, self.until)
        try:
            while request := self._next():
                self._keep(request, self._one(connection, request))
        except Exception as error:
            self._fail(error, "content")
        finally:
            connection.close()
            self._leave()

    def _one(self, connection, request):
        try:
            return self._adapter.interpret(request, connection.send(request))
        except Trouble as trouble:
            if trouble.reason != "unknown":
                raise
            return {}  # to say so is an answer

    def _next(self):
        with self.changed:
            return self._requests.popleft() if self._requests else None

    def _keep(self, request, found):
        """Take over what was asked for, and nothing else.

        :param dict found: ``{ref: [Stock, …]}``
        """
        asked = {item.ref: item for item in request.items}
        told = {ref: found.get(ref, []) for ref in asked}
        with self.changed:
            if self._over:
                return
            self.answered = True
            self.told.update(told)
            for ref, stocks in told.items():
                self.cache.put(self.service.key, asked[ref], stocks)

    def _fail(self, error, otherwise):
        """Note what went wrong. Only reasons are kept: texts may hold secrets."""
        if isinstance(error, Trouble):
            reason = error.reason
        else:
            reason = otherwise
            _logger.info(
                "%s: %s in the adapter", self.service.name, type(error).__name__
            )
        with self.changed:
            self.reason = self.reason or reason

    def _leave(self):
        with self.changed:
            self._workers -= 1
            if not self._workers and not self._over:
                self.ended = time.monotonic()
                self.changed.notify_all()

    def close(self):
        """End it, whether its threads are through or not, and tell what became of it.

        Called with the lock held. What comes later is thrown away.
        """
        self._over = True
        self._requests.clear()
        if self.ended is None:
            self.reason = "timeout"
        elif not self.reason and not any(self.told.values()):
            self.reason = "unknown"
        if self.reason == "adapter":  # not the service's fault
            self.breakers.release(self.service.key)
        else:
            self.breakers.record(self.service.key, self.answered)
        return self.reason, (self.ended or time.monotonic()) - self.started


def ask(questions, deadline=1.5, *, breakers, cache, policy, crew=CREW):
    """Ask services about items, all at once.

    It never raises for anything a service does, and takes as long as the slowest
    service that answers, at most the deadline. There is no second try within it.
    Call it while no database row is locked.

    :param questions: list of ``(Service, [Item, …])``, one per service
    :param float deadline: seconds, at most 60
    :param breakers: `Breakers`
    :param cache: `Cache`
    :param policy: `transport.Policy`: which addresses may be reached
    :param crew: `Crew` that lends the threads
    :return: ``{key: Answer}``, one per question
    """
    start = time.monotonic()
    deadline = min(max(deadline, 0.0), MOST_SECONDS)
    changed = threading.Condition()
    surroundings = breakers, cache, policy, crew, changed
    answers, running = {}, {}
    for service, items in questions:
        answer = answers[service.key] = Answer(service.key, "live")
        missing = []
        for item in items:
            stocks = cache.get(service.key, item)
            if stocks is None:
                missing.append(item)
            elif stocks:
                answer.items[item.ref] = stocks
        if not missing:
            _close(answer, "" if answer.items or not items else "unknown")
        elif not breakers.allow(service.key):
            _close(answer, "open")
        else:
            until = start + min(deadline, max(service.timeout, 0.0))
            question = _Question(service, missing, until, surroundings)
            if crew.start(service.key, question.work):
                running[service.key] = question
            else:
                breakers.release(service.key)
                _close(answer, "busy")
    with changed:
        _wait(changed, running.values())
        for key, question in running.items():
            reason, answers[key].seconds = question.close()
            answers[key].items.update(
                (ref, stocks) for ref, stocks in question.told.items() if stocks
            )
            _close(answers[key], reason)
    return answers


def _wait(changed, questions):
    """Wait until each question is through or its time is over."""
    while waiting := [one.until for one in questions if one.ended is None]:
        seconds = max(waiting) - time.monotonic()
        if seconds <= 0:
            return
        changed.wait(seconds)


def _close(answer, reason):
    """Put a reason into an answer."""
    if reason == "unknown" and answer.items:
        reason = ""  # what it knows was told a moment ago
    answer.reason, answer.message = reason, MESSAGES.get(reason, "")
    if reason in ("timeout", "open", "unknown"):
        answer.status = reason
    elif reason:
        answer.status = "error"
