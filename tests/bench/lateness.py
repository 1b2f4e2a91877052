"""How late a mail is when many fall due within a minute and the relay keeps up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from tests.bench.product import wait_for_workers
from tests.bench.sink import Sink
from tests.bench.workplace import Workplace, workplace
from worker.domain.campaign import Campaign, Status
from worker.domain.edition import Edition
from worker.domain.ledger import Policy
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Doubt, Lane

#: Real seconds from the plan to the first mail that falls due; the workers are up already.
_HEAD_START = 1.0
_STEP = "invitation"


@dataclass(frozen=True, slots=True)
class Lateness:
    """Seconds from the due moment to the relay's reply, as the ledger has them."""

    p50: float
    p99: float


def lateness(count: int, sink: Sink, within: float) -> Lateness:
    """So many mails due evenly over these seconds, on the real clock, with worker and beat as anybody runs them."""
    with TemporaryDirectory(prefix="apres-bench-") as folder, workplace(Path(folder), sink.port) as place:
        edition = place.invite(count)
        place.store.set_clock(None)
        before = sink.accepted()
        place.start("worker", "beat")
        wait_for_workers(place)
        _plan(place, edition, count, within)
        sink.wait_for(before + count, _HEAD_START + within + 300)
        place.wait_until_sent(edition, count)
        return _measured(place, edition)


def _plan(place: Workplace, edition: Edition, count: int, within: float) -> None:
    first = place.store.now() + timedelta(seconds=_HEAD_START)
    gap = timedelta(seconds=within / count)
    wanted = tuple(
        Wanted(MessageKey(edition.id, _STEP, f"p{n:07d}"), first + n * gap, None) for n in range(count)
    )
    policies = {_STEP: Policy(Lane.CAMPAIGN, Doubt.AGAIN)}
    place.store.plan(Plan(edition.id, wanted, frozenset({_STEP})), policies, reason=Reason.PLANNED)
    campaign = place.store.campaign(edition.id)
    place.store.steer(Campaign(edition.id, Status.ARMED, campaign.generation))


def _measured(place: Workplace, edition: Edition) -> Lateness:
    due: dict[MessageKey, datetime] = {}
    late: list[float] = []
    for entry in place.store.entries(edition.id):
        if entry.after is State.SCHEDULED and entry.due and entry.before is None:
            due[entry.key] = entry.due
        elif entry.after is State.SENT:
            late.append((entry.at - due[entry.key]).total_seconds())
    cuts = quantiles(late, n=100)
    return Lateness(p50=cuts[49], p99=cuts[98])
