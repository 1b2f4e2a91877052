"""What must hold after any run, whatever was done to it. Each invariant gives a sentence for every violation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.faults.history import History, Injected
from worker.domain.ledger import Entry, Record
from worker.domain.lifecycle import FINAL, State
from worker.domain.reason import Reason
from worker.services.material import AT_ANY_HOUR

Invariant = Callable[[History], Iterator[str]]

#: Deliverable messages that must have been sent, so that skipping everything is no way to pass.
SENT_AT_LEAST = 0.95


def the_run_ends(history: History) -> Iterator[str]:
    """Every message is in one final state or visibly in doubt, within the bound of the run."""
    yield from history.complaints
    if not history.ended:
        yield f"{history.edition}: the run did not end"
    for record in history.records:
        if record.state not in FINAL | {State.IN_DOUBT}:
            yield f"{record.key} is still {record.state} ({record.reason})"


def nothing_is_lost(history: History) -> Iterator[str]:
    """What the ledger calls sent is in the inbox, and what is in the inbox is sent or in doubt."""
    for record in history.records:
        arrived = history.times[str(record.key)]
        if record.state is State.SENT and not arrived:
            yield f"lost: {record.key} is sent and did not arrive"
        if arrived and record.state not in {State.SENT, State.IN_DOUBT, State.BOUNCED}:
            yield f"{record.key} arrived and is {record.state} ({record.reason})"
    known = {str(record.key) for record in history.records}
    yield from (f"{key} arrived and was never planned" for key in history.times if key not in known)


def nothing_is_doubled(history: History) -> Iterator[str]:
    """Two mails for one key only after a doubt that was resolved as "again", with the same Message-ID."""
    again = {str(entry.key) for entry in history.entries if entry.reason is Reason.AGAIN}
    ids: dict[str, set[str]] = {}
    for mail in history.received:
        ids.setdefault(mail.key, set()).add(mail.message_id)
    for key, times in history.times.items():
        if times > 1 and key not in again:
            yield f"doubled: {key} arrived {times} times"
        if len(ids[key]) > 1:
            yield f"{key} arrived under {len(ids[key])} Message-IDs"


def doubts_are_bounded(history: History) -> Iterator[str]:
    """One interruption puts at most one group in doubt."""
    doubts = sum(entry.after is State.IN_DOUBT for entry in history.entries)
    most = history.injected.interruptions * history.group
    if doubts > most:
        yield f"{history.edition}: {doubts} doubts, and at most {most} are explained"


def every_end_names_its_cause(history: History) -> Iterator[str]:
    """A skipped, dead or bounced message names something that was done on purpose; otherwise it is lost."""
    injected = history.injected
    for record in history.records:
        person = record.key.person
        if record.state is State.BOUNCED and person not in injected.refused:
            yield f"lost: {record.key} bounced without a cause ({record.reply})"
        if record.state is State.DEAD and record.key not in injected.poisoned:
            yield f"lost: {record.key} is dead without a cause ({record.reason})"
        if record.state is State.SKIPPED and not _explained(record, injected):
            yield f"lost: {record.key} was skipped without a cause ({record.reason})"


def _explained(record: Record, injected: Injected) -> bool:
    person = record.key.person
    whose = {
        Reason.SUPPRESSED: person in injected.suppressed or person in injected.refused,
        Reason.ABSENT: person in injected.absent,
    }
    return whose.get(record.reason, record.reason in injected.causes)


def most_are_sent(history: History) -> Iterator[str]:
    """At least 95 % of what could be delivered was sent; who cancels a campaign wants the contrary."""
    injected = history.injected
    kept = [r for r in history.records if r.state is not State.SKIPPED and r.key not in injected.poisoned]
    kept = [record for record in kept if record.key.person not in injected.refused]
    sent = sum(record.state is State.SENT for record in kept)
    if Reason.CANCELLED not in injected.causes and sent < SENT_AT_LEAST * len(kept):
        yield f"{history.edition}: only {sent} of {len(kept)} deliverable messages were sent"


def counts_sum(history: History) -> Iterator[str]:
    """The counters say what the records say."""
    counted: dict[tuple[str, State], int] = {}
    for record in history.records:
        place = (record.key.step, record.state)
        counted[place] = counted.get(place, 0) + 1
    if counted != dict(history.counts):
        yield f"{history.edition}: counters say {dict(history.counts)}, the records {counted}"


def _is_gate(entry: Entry) -> bool:
    """And not `apres reconcile`, which walks a message through states that it was in before."""
    return entry.after is State.SENDING and entry.reason is Reason.GATE


def no_gate_at_a_wrong_time(history: History) -> Iterator[str]:
    """No gate before the due moment, after `keep_for` or outside the window, by the ledger's own time."""
    due, untils = {}, history.untils()
    for entry in history.entries:
        if entry.due is not None:
            due[entry.key] = entry.due
        if not _is_gate(entry):
            continue
        until = untils.get(entry.key)
        if entry.key in due and entry.at < due[entry.key]:
            yield f"{entry.key} passed its gate before its time"
        if until is not None and entry.at > until:
            yield f"{entry.key} passed its gate after its keep_for"
        if entry.key.step_name not in AT_ANY_HOUR and history.window.first_open(entry.at) > entry.at:
            yield f"{entry.key} passed its gate outside its window"


def no_gate_against_a_decision(history: History) -> Iterator[str]:
    """No gate while the campaign was paused, nor for a person who had been suppressed."""
    for number, entry in enumerate(history.entries):
        if not _is_gate(entry):
            continue
        if any(first <= number < last for first, last in history.injected.pauses):
            yield f"{entry.key} passed its gate during a pause"
        if number >= history.injected.suppressed.get(entry.key.person, len(history.entries)):
            yield f"{entry.key} passed its gate though {entry.key.person} was suppressed"


INVARIANTS: tuple[Invariant, ...] = (
    the_run_ends,
    nothing_is_lost,
    nothing_is_doubled,
    doubts_are_bounded,
    every_end_names_its_cause,
    most_are_sent,
    counts_sum,
    no_gate_at_a_wrong_time,
    no_gate_against_a_decision,
)


def violations(history: History) -> list[str]:
    """Every sentence of every invariant; empty when all hold."""
    return [sentence for invariant in INVARIANTS for sentence in invariant(history)]
