"""Measuring two things side by side, and the line a claim ends with."""

import gc
import resource
import statistics
import time
from dataclasses import dataclass, field


@dataclass
class Sample:
    """Medians of several runs of one way to do the work."""

    seconds: list = field(default_factory=list)
    cpu: list = field(default_factory=list)
    queries: list = field(default_factory=list)

    @property
    def median(self):
        return statistics.median(self.seconds)

    def describe(self):
        return (
            f"{1000 * self.median:.1f} ms "
            f"(cpu {1000 * statistics.median(self.cpu):.1f} ms, "
            f"{statistics.median(self.queries):.0f} queries, n={len(self.seconds)})"
        )


def _cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measure(env, work, sample, before=None):
    """Run ``work`` once and add its figures to ``sample``.

    :param env: Odoo environment whose cursor counts the queries
    :param before: prepares the run outside the measurement
    :return: what ``work`` returned
    """
    if before:
        before()
    env.flush_all()
    env.invalidate_all()
    gc.collect()
    queries, cpu, start = env.cr.sql_log_count, _cpu(), time.perf_counter()
    result = work()
    env.flush_all()
    sample.seconds.append(time.perf_counter() - start)
    sample.cpu.append(_cpu() - cpu)
    sample.queries.append(env.cr.sql_log_count - queries)
    return result


def claim(name, ours, peer, ratio, holds):
    """Print the closing line of a claim.

    :param str ours: our figure with its unit
    :param str peer: the peer's figure with its unit
    :param float ratio: as docs/performance.md defines it for this claim
    :param bool holds: whether the claim is met
    """
    verdict = "ok" if holds else "FAIL"
    print(f"bench {name}: ours {ours} peer {peer} ratio {ratio:.3g} {verdict}")
