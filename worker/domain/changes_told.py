"""Who is told of a change, by which mail: whoever holds an older state of the invitation, once, with the latest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from worker.domain.audience import Circumstances, hindrance
from worker.domain.edition import Edition, Meeting
from worker.domain.message import MessageKey
from worker.domain.person import Guest
from worker.domain.plan import Decision, Unwanted, Wanted
from worker.domain.reason import Reason
from worker.domain.rule import parse_rule
from worker.domain.sequence import Audience, CalendarPart, Doubt, Lane, Purpose, Step, Unless


def _step(name: str, calendar: CalendarPart, *unless: Unless) -> Step:
    """Urgent and at any hour; received twice it is still one appointment. Due with the change, not by a rule."""
    return Step(
        name=name,
        at=parse_rule("end + 1 h"),
        audience=Audience.INVITED,
        purpose=Purpose.INVITATIONS,
        keep_for=timedelta(days=60),
        lane=Lane.URGENT,
        in_doubt=Doubt.AGAIN,
        calendar=calendar,
        unless=unless,
    )


UPDATE = _step("update", CalendarPart.REQUEST, Unless.DECLINED)
CANCEL = _step("cancel", CalendarPart.CANCEL)
UNINVITE = _step("uninvite", CalendarPart.CANCEL)
REINVITE = _step("reinvite", CalendarPart.REQUEST)

#: Steps that belong to no file: every edition may need them.
CHANGE_STEPS: Mapping[str, Step] = {step.name: step for step in (UPDATE, CANCEL, UNINVITE, REINVITE)}

#: Steps that speak of one person's seat, and not of a state of the Café.
_OF_SEATS = frozenset({UNINVITE, REINVITE})


@dataclass(frozen=True, slots=True)
class Told:
    """What the calendars of an edition's guests say, by person.

    `held` is the version of the invitation that the last mail past its gate carried; those in `leaving` are with the
    relay just now and are done after `patience`. `outdated` are mails of changes that wait although another came.
    `turns` are those of seats given back; who is to be told so, since when, stands in `again`.
    """

    held: Mapping[str, int] = field(default_factory=dict)
    leaving: frozenset[str] = frozenset()
    outdated: tuple[MessageKey, ...] = ()
    uninvited: Mapping[str, datetime] = field(default_factory=dict)
    turns: Mapping[str, int] = field(default_factory=dict)
    again: Mapping[str, datetime] = field(default_factory=dict)
    patience: timedelta = timedelta(minutes=11)


#: Nothing has changed since the first mail.
NOTHING_TOLD = Told()


def changes_to_tell(
    edition: Edition, guests: Mapping[str, Guest], told: Told, circumstances: Circumstances, now: datetime
) -> Iterator[Decision]:
    """One decision for each holder of an older state, none for whose invitation has yet to leave: it will be new.

    A mail of a change that waits is superseded by a later change, and by an older invitation that was just leaving and
    came back: it will be new as well.
    """
    meeting = edition.next
    if meeting is None:
        return
    decisions = [
        *_given_again(edition, guests, told, circumstances, now),
        *_of_holders(edition, meeting, guests, told, circumstances, now),
    ]
    yield from decisions
    named = {decision.key for decision in decisions}
    rounds = {step_name(step, meeting.version) for step in CHANGE_STEPS.values()}
    rounds |= {seat_name(step, turn) for step in _OF_SEATS for turn in told.turns.values()}
    for key in told.outdated:
        if key.step not in rounds or (key not in named and key.person in guests):
            yield Unwanted(key, Reason.SUPERSEDED)


def _of_holders(
    edition: Edition,
    meeting: Meeting,
    guests: Mapping[str, Guest],
    told: Told,
    circumstances: Circumstances,
    now: datetime,
) -> Iterator[Decision]:
    for person, version in told.held.items():
        mail = _mail_for(meeting, told, person, version)
        if person in guests and mail is not None:
            key = MessageKey(edition.id, mail.name(meeting, told.turns.get(person, 0)), person)
            reason = hindrance(mail.step, guests[person], circumstances)
            yield Unwanted(key, reason) if reason else _wanted(meeting, key, mail.due(told, person, now), now)


def _wanted(meeting: Meeting, key: MessageKey, due: datetime, now: datetime) -> Decision:
    until = meeting.start.astimezone(UTC)
    if until < max(due, now):
        return Unwanted(key, Reason.EXPIRED)
    return Wanted(key, due, until, version=meeting.version)


def step_name(step: Step, version: int) -> str:
    """With its round: one for each state of the invitation."""
    return seat_name(step, 0) if step in _OF_SEATS else f"{step.name}-{version}"


def seat_name(step: Step, turn: int) -> str:
    """With its round: one for each turn of somebody's seat."""
    return f"{step.name}-{turn}" if turn else step.name


def _given_again(
    edition: Edition, guests: Mapping[str, Guest], told: Told, circumstances: Circumstances, now: datetime
) -> Iterator[Decision]:
    for person, since in told.again.items():
        if edition.upcoming is not None and person in guests:
            key = MessageKey(edition.id, seat_name(REINVITE, told.turns.get(person, 0)), person)
            reason = hindrance(REINVITE, guests[person], circumstances)
            yield Unwanted(key, reason) if reason else _wanted(edition.upcoming, key, since, now)


@dataclass(frozen=True, slots=True)
class _Mail:
    step: Step
    since: datetime

    def name(self, meeting: Meeting, turn: int) -> str:
        return seat_name(self.step, turn) if self.step in _OF_SEATS else step_name(self.step, meeting.version)

    def due(self, told: Told, person: str, now: datetime) -> datetime:
        """With the change; while an older mail is just leaving, not before it has left."""
        return max(self.since, now + told.patience) if person in told.leaving else self.since


def _mail_for(meeting: Meeting, told: Told, person: str, version: int) -> _Mail | None:
    if person in told.uninvited:
        return _Mail(UNINVITE, told.uninvited[person])
    if version >= meeting.version:
        return None
    return _Mail(CANCEL if meeting.called_off else UPDATE, meeting.past[-1].until)
