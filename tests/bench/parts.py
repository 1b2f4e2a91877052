"""The parts of a mail's way, each by itself: composing, the ledger, the relay."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.workplace import INVITATION, workplace
from worker import bootstrap
from worker.adapters.relay_address import RelayAddress, Tls
from worker.adapters.smtp import SmtpTransport
from worker.config import read_settings
from worker.domain.delivery import Opening, Settlement
from worker.domain.errors import Unsettled
from worker.domain.facts import Facts
from worker.domain.lifecycle import State
from worker.domain.message import Letter, MessageKey
from worker.domain.reason import Reason
from worker.domain.reply import Reply
from worker.domain.sequence import Lane
from worker.services import campaign

_LEASE = timedelta(minutes=15)


def invitations(count: int) -> list[Letter]:
    """So many different invitations, as the composer writes them."""
    with TemporaryDirectory(prefix="apres-bench-") as folder, workplace(Path(folder), 25) as place:
        edition = place.invite(count)
        composer, now = bootstrap.composer(), place.store.now()
        return [
            composer.compose(MessageKey(edition.id, INVITATION.step, person), Facts(edition, guest), now)
            for person, guest in place.store.guests(edition.id).items()
        ]


def compose_us(count: int = 2_000) -> float:
    """Microseconds of one core for one invitation with text, HTML and calendar, once frames are prepared."""
    with TemporaryDirectory(prefix="apres-bench-") as folder, workplace(Path(folder), 25) as place:
        edition = place.invite(count)
        composer, now = bootstrap.composer(), place.store.now()
        guests = place.store.guests(edition.id)
        work = [
            (MessageKey(edition.id, INVITATION.step, p), Facts(edition, guest)) for p, guest in guests.items()
        ]
        composer.compose(*work[0], now)
        began = time.process_time()
        for key, facts in work:
            _ = composer.compose(key, facts, now).content
        return (time.process_time() - began) / count * 1e6


def ledger_us(count: int = 4_000) -> float:
    """Microseconds for one message's claim, gate and settlement: AOF always, batches and groups as set."""
    with TemporaryDirectory(prefix="apres-bench-") as folder, workplace(Path(folder), 25) as place:
        edition = place.invite(count)
        campaign.arm(bootstrap.tools(), edition.id)
        began = time.perf_counter()
        while _one_batch(bootstrap.tools().limits.batch):
            pass
        return (time.perf_counter() - began) / count * 1e6


def _one_batch(size: int) -> int:
    tools = bootstrap.tools()
    claims = tools.store.claim(Lane.CAMPAIGN, token=tools.new_token(), limit=size, lease=_LEASE)
    ended: list[Settlement] = []
    for start in range(0, len(claims), tools.limits.group):
        group = claims[start : start + tools.limits.group]
        tools.store.turn(ended, [Opening(claim, (), None) for claim in group], lease=_LEASE)
        ended = [Settlement(claim, State.SENT, Reason.ACCEPTED) for claim in group]
    tools.store.settle(ended)
    return len(claims)


def smtp_us(port: int, count: int = 2_000) -> float:
    """Microseconds for one composed letter over one connection, every gate open."""
    letters = invitations(count)
    address = RelayAddress(host="127.0.0.1", port=port, tls=Tls.NONE, letters_per_line=count + 1)
    with SmtpTransport(address, group=read_settings().group).connect() as line:
        if isinstance(line, Reply):
            raise Unsettled(f"no line to the relay: {line}")
        began = time.perf_counter()
        replies = list(line.submit(letters, lambda group: frozenset(letter.key for letter in group)))
        seconds = time.perf_counter() - began
    if len(replies) != count:
        raise Unsettled(f"{len(replies)} of {count} letters were answered")
    return seconds / count * 1e6
