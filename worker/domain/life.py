"""Signs of life: who runs this house, and when each was last heard of. Real time, never mapped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: Between two signs of a part; after how long without one it counts as gone; after how long it is forgotten.
EVERY, GONE, FORGOTTEN = timedelta(seconds=5), timedelta(minutes=1), timedelta(days=1)


class Part(StrEnum):
    """What gives signs. `tick` is no process: it is somebody's look at the schedule."""

    WORKER = "worker"
    BEAT = "beat"
    WEB = "web"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class LifeSign:
    """The last sign of one part, `ago` before now. `lanes` are the Celery queues a worker listens to."""

    part: Part
    name: str
    at: datetime
    ago: timedelta
    lanes: tuple[str, ...] = ()

    @property
    def is_alive(self) -> bool:
        """Whether it was heard of within the last minute."""
        return self.ago < GONE


def listeners(signs: Iterable[LifeSign], lane: str) -> int:
    """How many workers that are alive listen to a lane."""
    return sum(sign.is_alive and lane in sign.lanes for sign in signs if sign.part is Part.WORKER)


def last_of(signs: Iterable[LifeSign], part: Part) -> LifeSign | None:
    """The latest sign of a part, whoever gave it."""
    return min((sign for sign in signs if sign.part is part), key=lambda sign: sign.ago, default=None)
