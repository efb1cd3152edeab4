"""A cart of 20 lines asked at 5 distributors of 300 ms each, and at one that is dead.

Claims: with the dead one never more than the deadline and 100 ms; without it as long as
the slowest distributor and 100 ms, and so at least 3.5 times as fast as one after the
other. The answers must be equal and complete before anything is timed. Nothing is
remembered between the rounds, and no thread may be left after them.
"""

import contextlib
import time

from ._measure import Sample, claim, measure

ITEMS = 20
SERVICES = 5
SECONDS = 0.3
DEADLINE = 1.5
ROUNDS = 5


def run(env, site=None):
    from odoo.addons.distributor_feeds.live import Breakers, Cache, Crew, Item, ask
    from odoo.addons.distributor_feeds.tests import live_servers as servers

    crew = Crew()
    items = [Item(code=f"A{n}", ref=n) for n in range(ITEMS)]

    def asked(*questions):
        return ask(
            list(questions),
            DEADLINE,
            breakers=Breakers(),
            cache=Cache(),
            policy=servers.POLICY,
            crew=crew,
        )

    with contextlib.ExitStack() as stack:
        urls = [
            stack.enter_context(
                servers.http_service(lambda h: servers.stock(h, SECONDS))
            ).url
            for _service in range(SERVICES)
        ]
        living = [(servers.service(url, key), items) for key, url in enumerate(urls)]
        dead_url = stack.enter_context(servers.raw_service(servers.never))
        dead = servers.service(dead_url, SERVICES), items

        def together():
            return asked(*living)

        def with_dead():
            return asked(*living, dead)

        def one_by_one():
            answers = {}
            for question in living:
                answers.update(asked(question))
            return answers

        told = [_told(work()) for work in (together, one_by_one, with_dead)]
        if told[0] != told[1] or told[0] != told[2]:
            raise AssertionError("the answers differ")
        if {len(found) for found in told[0].values()} != {ITEMS}:
            raise AssertionError("items were not answered")
        samples = {together: Sample(), one_by_one: Sample(), with_dead: Sample()}
        for _round in range(ROUNDS):
            for work, sample in samples.items():
                measure(env, work, sample)
        time.sleep(0.2)
        if crew.busy():
            raise AssertionError(f"{crew.busy()} threads are left")
    for work, sample in samples.items():
        print(f"  {work.__name__} {sample.describe()}")
    _claim_at_most("live_check", samples[with_dead], DEADLINE)
    _claim_at_most("live_check_slowest", samples[together], SECONDS)
    ratio = samples[one_by_one].median / samples[together].median
    claim(
        "live_check_parallel",
        f"{1000 * samples[together].median:.0f}ms",
        f"{1000 * samples[one_by_one].median:.0f}ms",
        ratio,
        ratio >= 3.5,
    )


def _told(answers):
    """What was said, without the moments when."""
    return {
        key: {
            ref: [(one.quantity, one.price) for one in stocks]
            for ref, stocks in answer.items.items()
        }
        for key, answer in answers.items()
        if answer.items
    }


def _claim_at_most(name, sample, seconds):
    """Every single run counts, not the median: a shopper meets the worst one."""
    worst, allowed = max(sample.seconds), seconds + 0.1
    claim(
        name,
        f"{1000 * worst:.0f}ms",
        f"{1000 * allowed:.0f}ms",
        worst / allowed,
        worst <= allowed,
    )
