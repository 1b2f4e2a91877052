"""Who is at work, and how the servers are, in sentences; what is wrong in red."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from worker.cli.speech import say
from worker.domain.life import LifeSign, Part, last_of, listeners
from worker.domain.sequence import QUEUES
from worker.services.queues import Queues

_MEBIBYTE = 1024 * 1024


def workers(now: Queues) -> Iterator[Text]:
    """Celery's queues, each process with its last sign of life, and the last look at the schedule."""
    lengths = " · ".join(f"{queue} {length}" for queue, length in now.lengths.items())
    yield Text(say(f"Files Celery : {lengths}", f"Celery queues: {lengths}"))
    for sign in now.signs:
        if sign.part is not Part.TICK:
            lanes = f" ({', '.join(sign.lanes)})" if sign.lanes else ""
            yield _signed(f"{sign.part} {sign.name}{lanes}", sign)
    for queue in QUEUES:
        if not listeners(now.signs, queue):
            yield _wrong(f"Aucun worker n’écoute {queue}.", f"No worker listens to {queue}.")
    if not any(sign.part is Part.BEAT and sign.is_alive for sign in now.signs):
        yield _wrong("Aucun beat.", "No beat.")
    tick = last_of(now.signs, Part.TICK)
    if tick:
        yield _signed(say("dernier regard au calendrier", "last look at the schedule"), tick)


def servers(now: Queues) -> Iterator[Text]:
    """The ledger's memory, and each thing that is wrong with it."""
    used, limit = now.health.used // _MEBIBYTE, now.health.limit // _MEBIBYTE
    if limit:
        yield Text(say(f"Redis : {used} Mo sur {limit}", f"Redis: {used} MB of {limit}"))
    yield from (Text(fault, style="red") for fault in now.health.faults)
    if now.ledger.held:
        yield _wrong(
            "Le registre est retenu : rien ne part. → apres reconcile",
            "The ledger is held: nothing leaves. → apres reconcile",
        )


def _signed(who: str, sign: LifeSign) -> Text:
    seconds = int(sign.ago.total_seconds())
    told = say(f"{who} : il y a {seconds} s", f"{who}: {seconds} s ago")
    return Text(told, style="" if sign.is_alive else "red")


def _wrong(french: str, english: str) -> Text:
    return Text(say(french, english), style="red")
