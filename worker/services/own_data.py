"""What we hold about one person, for that person: to read, to take along, and to choose from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from worker.domain.address import normalise
from worker.domain.answer import Answer
from worker.domain.consent import PURPOSES
from worker.domain.edition import Edition
from worker.domain.ledger import Record
from worker.domain.message import MessageKey
from worker.domain.own_draft import OwnDraft
from worker.domain.person import Consent, Guest
from worker.domain.sequence import Purpose
from worker.domain.suppression import EVERYTHING, Cause, Suppression
from worker.services.choices import decide
from worker.services.consents import answers
from worker.services.tools import Tools

#: What a person may switch by itself.
CHOICES = PURPOSES


@dataclass(frozen=True, slots=True)
class Attendance:
    """One edition they were on the list of, what was planned for them there, what they answered to its invitation.

    `drafts` are letters that were rewritten for them.
    """

    edition: Edition
    guest: Guest
    messages: tuple[Record, ...]
    answers: tuple[Answer, ...] = ()
    drafts: tuple[tuple[MessageKey, OwnDraft], ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """All of it: the newest entry tells who they are. `agreed` and `refused` is what they said yes and no to."""

    attendances: tuple[Attendance, ...]
    refused: tuple[Suppression, ...]
    agreed: frozenset[Purpose] = frozenset()

    @property
    def guest(self) -> Guest:
        """Who they are, as last imported."""
        return self.attendances[-1].guest

    def gets(self, purpose: Purpose) -> bool:
        """Whether mails of this purpose may still reach them."""
        scopes = {refusal.scope for refusal in self.refused}
        return purpose in self.agreed and not scopes & {EVERYTHING, f"purpose:{purpose}"}


def holding(tools: Tools, person: str) -> Holding | None:
    """What we hold about the person of this id; None when nothing."""
    found = [attendance for name in tools.store.known_editions() if (attendance := _at(tools, name, person))]
    if not found:
        return None
    found.sort(key=lambda attendance: attendance.edition.meeting.start)
    fields = [_refusal(tools, found[-1].guest, scope).field for scope in _scopes(found)]
    last = found[-1].edition.id
    agreed = (
        each for each, given in answers(tools, last, CHOICES, [person]).items() if given is Consent.GIVEN
    )
    standing = tuple(tools.store.standing(fields).values())
    return Holding(tuple(found), standing, frozenset(purpose for _, purpose in agreed))


def refuse(tools: Tools, person: Holding, purpose: Purpose, *, read: str = "") -> None:
    """No more mails of this purpose, from the next gate on; `read` is what stood on the button."""
    tools.store.suppress(_refusal(tools, person.guest, f"purpose:{purpose}"))
    decide(tools, person.guest.person.id, [purpose], Consent.REFUSED, where="me", read=read)


def allow(tools: Tools, person: Holding, purpose: Purpose, *, read: str = "") -> None:
    """Mails of this purpose again, as `read` says.

    "Everything" ends too, and the other purposes then stand refused one by one.
    """
    everything = any(refusal.scope == EVERYTHING for refusal in person.refused)
    for other in CHOICES if everything else ():
        if other is not purpose:
            refuse(tools, person, other)
    for refusal in person.refused:
        if refusal.cause is Cause.UNSUBSCRIBED and refusal.scope in {EVERYTHING, f"purpose:{purpose}"}:
            tools.store.lift(refusal.fingerprint, refusal.scope)
    decide(tools, person.guest.person.id, [purpose], Consent.GIVEN, where="me", read=read)


def exported(person: Holding) -> dict[str, Any]:
    """All of it as plain values, for a file of their own; moments are UTC."""
    return {
        "person": asdict(person.guest.person),
        "refused": [
            {"scope": r.scope, "since": r.since, "cause": r.cause, "note": r.note} for r in person.refused
        ],
        "editions": [_exported(attendance) for attendance in person.attendances],
    }


def _exported(attendance: Attendance) -> dict[str, Any]:
    kept = asdict(attendance.guest)
    kept.pop("person")
    messages = [
        {"key": str(r.key), "state": r.state, "reason": r.reason, "due": r.due} for r in attendance.messages
    ]
    answers = [
        {"meeting": a.meeting, "answer": a.partstat, "received": a.received, "comment": a.comment}
        for a in attendance.answers
    ]
    rewritten = [{"key": str(key), "text": draft.text} for key, draft in attendance.drafts]
    kept |= {"messages": messages, "answers": answers, "rewritten": rewritten}
    return {"edition": attendance.edition.id, **kept}


def _at(tools: Tools, name: str, person: str) -> Attendance | None:
    edition, guest = tools.store.edition(name), tools.store.guests(name, [person]).get(person)
    if edition is None or guest is None:
        return None
    own = tuple(record for record in tools.store.records(name) if record.key.person == person)
    said = tools.store.answers(edition.next.id, [person]) if edition.next else ()
    drafts = tuple((key, draft) for key, draft in tools.store.drafts(name).items() if key.person == person)
    return Attendance(edition, guest, own, said, drafts)


def _scopes(found: list[Attendance]) -> tuple[str, ...]:
    series = sorted({f"series:{attendance.edition.series.id}" for attendance in found})
    return (EVERYTHING, *series, *(f"purpose:{purpose}" for purpose in CHOICES))


def _refusal(tools: Tools, guest: Guest, scope: str) -> Suppression:
    fingerprint = tools.fingerprint(normalise(guest.person.address))
    return Suppression(fingerprint, Cause.UNSUBSCRIBED, tools.store.now(), scope)
