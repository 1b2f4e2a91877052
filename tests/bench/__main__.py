"""`make bench`: everything the project says about its speed, measured again on this machine.

QUICK=1 takes smaller campaigns and one run of each; BENCH_JSON names a file for the figures.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import rivals
from tests.bench.composing import ics_per_second
from tests.bench.delay import far_away, ours, smtplib_reused
from tests.bench.figures import Report, ratios
from tests.bench.lateness import lateness
from tests.bench.parts import compose_us, invitations, ledger_us, smtp_us
from tests.bench.planning import plan, tick_idle
from tests.bench.product import product_run, sample_is_equal
from tests.bench.signing import signed_per_second
from tests.bench.sink import Sink, floor_seconds, smtp_sink
from tests.bench.workplace import INVITATION, THANK_YOU
from worker.config import read_settings
from worker.domain.errors import Unsettled


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: runs, and mails of one run; `slope` are the sizes of 1k, 10k and 100k.

    `spread` mails fall due within `seconds`.
    """

    runs: int
    slope: tuple[int, int, int]
    naive: int
    post_office: int
    planned_people: int
    plans: int
    spread: int
    seconds: float
    far: int


THOROUGH = Scale(5, (1_000, 10_000, 100_000), 1_000, 1_500, 100_000, 3, 20_000, 60, 100)
QUICK = Scale(1, (1_000, 3_000, 6_000), 150, 300, 10_000, 1, 1_500, 4.5, 25)
_SLOPE = ("1k", "10k", "100k")


def main(scale: Scale) -> None:
    """Measure, tell and write."""
    report = Report()
    if scale is QUICK:
        print(f"QUICK: one run each, and for {', '.join(_SLOPE)} recipients only {scale.slope}", flush=True)
    with TemporaryDirectory(prefix="apres-bench-") as folder, smtp_sink(Path(folder)) as sink:
        sizes, group = (sample_is_equal(INVITATION), sample_is_equal(THANK_YOU)), read_settings().group
        print(f"One crash puts at most {group} mails of a worker process in doubt (APRES_GROUP).")
        print("Against the floor, the naive way and django-post_office, run by run in turn:", flush=True)
        _compare(report, sink, scale, sizes)
        print("Where the time goes, in microseconds a mail:", flush=True)
        _parts(report, sink, scale)
        print("Large campaigns, planning and waiting:", flush=True)
        _slopes(report, sink, scale)
    if file := os.environ.get("BENCH_JSON"):
        report.write(Path(file))


def _compare(report: Report, sink: Sink, scale: Scale, sizes: tuple[int, int]) -> None:
    """`sizes` are those of an invitation and of a thank-you, which has no calendar, in octets."""
    floor, product, plain, naive, post_office = [list[float]() for _ in range(5)]
    campaign, (size, without_calendar) = scale.slope[1], sizes
    for _ in range(scale.runs):
        floor.append(campaign / floor_seconds(sink, campaign, size))
        product.append(product_run(campaign, sink, INVITATION).per_second)
        if rivals.NAIVE.is_file():
            naive.append(rivals.naive_per_second(sink, scale.naive))
        plain.append(product_run(campaign, sink, THANK_YOU).per_second)
        post_office.append(rivals.post_office_per_second(sink, scale.post_office, without_calendar))
    report.tell("messages_per_s.floor", floor)
    report.tell("messages_per_s.product", product)
    report.tell("messages_per_s.naive", naive)
    report.tell("messages_per_s.post_office", post_office)
    report.tell("ratio_floor", ratios(product, floor), goal="goal ≥ 0.6")
    if naive:
        report.tell("ratio_naive", ratios(product, naive), goal="goal ≥ 30")
    report.tell("ratio_post_office", ratios(plain, post_office), goal="goal ≥ 10")
    report.tell("us_per_message.10k", [1e6 / speed for speed in product])


def _parts(report: Report, sink: Sink, scale: Scale) -> None:
    report.tell("compose_us", _repeat(scale, compose_us), goal="goal ≤ 100")
    report.tell("ics_per_s", ics_per_second(scale.runs), goal="goal ≥ 20000")
    report.tell("signed_per_s", signed_per_second(scale.runs), goal="goal ≥ 1000")
    report.tell("ledger_us", _repeat(scale, ledger_us))
    report.tell("smtp_us", _repeat(scale, lambda: smtp_us(sink.port)))
    letters = invitations(scale.far)
    with far_away(sink.port, 0.010) as port:
        paired = [ours(letters, port) / smtplib_reused(letters, port) for _ in range(scale.runs)]
    report.tell("rtt10ms_ratio", paired, goal="goal ≥ 3")


def _slopes(report: Report, sink: Sink, scale: Scale) -> None:
    small, _, large = scale.slope
    report.tell("us_per_message.1k", _repeat(scale, lambda: 1e6 / product_run(small, sink).per_second))
    longest = product_run(large, sink)
    report.tell("us_per_message.100k", [1e6 / longest.per_second])
    report.tell("worker_growth_mb", [longest.growth_mb], goal="goal ≤ 10 from the first tenth on")
    planned = [plan(scale.planned_people) for _ in range(scale.plans)]
    report.tell("plan_per_s", [each.per_second for each in planned], goal="goal ≥ 20000")
    report.tell("bytes_per_message", [each.bytes_per_message for each in planned], goal="goal ≤ 400")
    report.tell("tick_idle_us", _repeat(scale, lambda: tick_idle(1000, 100)))
    late = lateness(scale.spread, sink, scale.seconds)
    report.tell("lateness_p50_s", [late.p50])
    report.tell("lateness_p99_s", [late.p99], goal="goal ≤ 3")


def _repeat(scale: Scale, measure: Callable[[], float]) -> list[float]:
    return [measure() for _ in range(scale.runs)]


if __name__ == "__main__":
    try:
        main(QUICK if os.environ.get("QUICK") else THOROUGH)
    except Unsettled as error:
        sys.exit(f"no figures: {error}")
