"""Workers that share one relay, on the memory twin and on real Redis."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count

from tests.stores.contract import (
    HOUR,
    AnyStore,
    key,
    sending,
)
from worker.domain.delivery import Claim
from worker.domain.sequence import Lane

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


GUESTS = [key(f"p{number:03}") for number in range(300)]


#: So many workers side by side on one empty ledger, held to these limits.
Crew = Callable[..., list[AnyStore]]


token = count(1)


def claimed(store: AnyStore, limit: int = 20, lane: Lane = Lane.CAMPAIGN) -> list[Claim]:
    return list(store.claim(lane, token=f"t{next(token)}", limit=limit, lease=HOUR))


def passed(store: AnyStore, claims: list[Claim]) -> int:
    return sending(store, claims).count(None)
