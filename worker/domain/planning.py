"""From an edition, its guests and its sequence to a plan. Pure: the same facts give the same plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product

from worker.domain.answer import Answer
from worker.domain.audience import Circumstances, hindrance, waits_for
from worker.domain.caps import NO_CAPS, Caps, Gone, Measure, capped
from worker.domain.changes_told import CHANGE_STEPS, NOTHING_TOLD, UPDATE, Told, changes_to_tell
from worker.domain.dialogue import Voice
from worker.domain.edition import Edition, Naming
from worker.domain.follow_ups import FOLLOW_UP_STEPS, RESTING, Talk, follow_ups
from worker.domain.message import MessageKey
from worker.domain.moment import Anchors, WorkingCalendar, moment
from worker.domain.person import Guest, Presence
from worker.domain.plan import Decision, Plan, Unwanted, Wanted
from worker.domain.reason import Reason
from worker.domain.reminders import Reminder
from worker.domain.rest import Rest
from worker.domain.sequence import Audience, CalendarPart, Gate, GateKind, Purpose, Sequence, Step, expires_at
from worker.domain.summaries import SUMMARY, summaries
from worker.domain.window import Window


@dataclass(frozen=True, slots=True)
class Setting:
    """What planning knows: the edition as it is, who is on its list, who is suppressed for which step.

    `voices` are what was said about introductions, `rests` for whom these rest. `unconsented` are those who have not
    agreed to a step, and the reason each.
    `ended_at` overrides the edition's end when an organizer declared it over; `now` is the ledger's clock.
    """

    edition: Edition
    guests: tuple[Guest, ...]
    organizers: tuple[Guest, ...]
    sequence: Sequence
    reminders: tuple[Reminder, ...]
    calendar: WorkingCalendar
    window: Window
    now: datetime
    ended_at: datetime | None = None
    suppressed: Callable[[Step], frozenset[str]] = lambda _step: frozenset()
    unconsented: Callable[[Step], Mapping[str, Reason]] = lambda _step: {}
    answers: Mapping[str, Answer] = field(default_factory=dict)
    told: Told = NOTHING_TOLD
    caps: Caps = NO_CAPS
    gone: Gone = field(default_factory=Gone)
    writers: frozenset[str] = frozenset()
    voices: Mapping[str, Voice] = field(default_factory=dict)
    rests: Mapping[str, Rest] = field(default_factory=dict)

    @property
    def anchors(self) -> Anchors:
        """The moments that rules count from."""
        meeting, following = self.edition.meeting, self.edition.upcoming
        end = self.ended_at.astimezone(meeting.zone) if self.ended_at else meeting.end
        return Anchors(min(meeting.start, end), end, meeting.zone, following.start if following else None)


def draw(setting: Setting) -> Plan:
    """One decision for each step and guest, then the reminders to organizers."""
    mails = [
        _decide(setting, step, guest, circumstances)
        for step in setting.sequence.steps
        for circumstances in (_circumstances(setting, step),)  # once a step: it asks the ledger
        for guest in setting.guests
    ]
    measure = Measure(setting.caps, setting.gone, setting.window, setting.now, _worth(setting.sequence))
    within = list(capped(mails, measure))
    followed = (*_changes(setting), *follow_ups(_talk(setting, within)), *_resting(setting))
    decisions = (*within, *followed, *_reminders(setting), *_summaries(setting))
    reminding = (reminder.step for reminder in setting.reminders)
    steps = (*setting.sequence.steps, *reminding, SUMMARY, *CHANGE_STEPS.values(), *FOLLOW_UP_STEPS.values())
    return Plan(setting.edition.id, decisions, frozenset(step.name for step in steps))


def _worth(sequence: Sequence) -> dict[str, int]:
    """Of what we write unasked, the invitation matters most, then the thank-you, then introductions, then the rest."""
    ordered = {Purpose.THANKS: 2, Purpose.INTRODUCTIONS: 1}
    return {
        step.name: ordered.get(step.purpose, 0) if step.calendar is CalendarPart.NONE else 3
        for step in sequence.steps
    }


def _circumstances(setting: Setting, step: Step) -> Circumstances:
    return Circumstances(
        edition=setting.edition,
        suppressed=setting.suppressed(step),
        unconsented=setting.unconsented(step),
        answers=setting.answers,
        uninvited=setting.told.uninvited,
        writers=setting.writers,
        resting={person for person, rest in setting.rests.items() if rest.since},
    )


def _talk(setting: Setting, mails: Iterable[Decision]) -> Talk:
    """Where people are named at once, "did you meet?" is planned with the first mail; else with two yeses."""
    introducing = {step.name for step in _introducing(setting)}
    named = introducing if setting.edition.introductions.mode is Naming.NAMED else frozenset[str]()
    return Talk(
        edition=setting.edition,
        guests={guest.person.id: guest for guest in setting.guests},
        voices=setting.voices,
        opens=setting.window.first_open,
        now=setting.now,
        barred=_kept_from(setting),
        nudges={d.key.person: d.due for d in mails if isinstance(d, Wanted) and d.key.step in named},
    )


def _introducing(setting: Setting) -> list[Step]:
    return [step for step in setting.sequence.steps if step.audience is Audience.INTRODUCED]


def _kept_from(setting: Setting) -> frozenset[str]:
    """Whom no introduction may reach now."""
    steps = _introducing(setting)
    barred = (setting.suppressed(step) | setting.unconsented(step).keys() for step in steps)
    resting = {person for person, rest in setting.rests.items() if rest.since}
    return frozenset[str]().union(resting, *barred)


def _resting(setting: Setting) -> Iterator[Decision]:
    """In place of the first mail, to those for whom introductions rest since this edition."""
    for step, guest in product(_introducing(setting)[:1], setting.guests):
        rest = setting.rests.get(guest.person.id)
        if (
            rest
            and rest.since
            and rest.edition == setting.edition.id
            and guest.presence is not Presence.ABSENT
        ):
            gates = [gate for gate in step.gates if waits_for(gate.kind, guest, setting.edition)]
            yield _schedule(
                setting, step, MessageKey(setting.edition.id, RESTING.name, guest.person.id), gates
            )


def _decide(setting: Setting, step: Step, guest: Guest, circumstances: Circumstances) -> Decision:
    key = MessageKey(setting.edition.id, step.name, guest.person.id)
    reason = hindrance(step, guest, circumstances)
    gates = [gate for gate in step.gates if waits_for(gate.kind, guest, setting.edition)]
    if reason is not None and not (reason is Reason.PRESENCE_UNKNOWN and _awaits_presence(gates)):
        return Unwanted(key, reason)
    return _schedule(setting, step, key, gates)


def _awaits_presence(gates: Iterable[Gate]) -> bool:
    return any(gate.kind is GateKind.PRESENCE for gate in gates)


def _schedule(setting: Setting, step: Step, key: MessageKey, gates: list[Gate]) -> Decision:
    moments = [
        moment(rule, setting.anchors, setting.calendar) for rule in (step.at, *(gate.by for gate in gates))
    ]
    known = [at for at in moments if at is not None]
    if len(known) < len(moments):
        return Unwanted(key, Reason.NO_NEXT_EDITION)
    due = setting.window.first_open(max(known))
    latest = setting.window.first_open(max([*known, *_deadlines(setting, step)]))
    until = expires_at(step, latest, setting.anchors, setting.calendar)
    if until < max(due, setting.now):
        return Unwanted(key, Reason.EXPIRED)
    waiting = _WAITING_FOR[gates[0].kind] if gates else None
    return Wanted(key, due, until, waiting, _version(setting, step))


def _version(setting: Setting, step: Step) -> int:
    following = setting.edition.next
    return following.version if following and step.calendar is not CalendarPart.NONE else 0


def _deadlines(setting: Setting, step: Step) -> list[datetime]:
    """A mail may be kept from its last deadline on, whether or not it still waits: a late mark must not shorten it."""
    moments = (moment(gate.by, setting.anchors, setting.calendar) for gate in step.gates)
    return [at for at in moments if at is not None]


_WAITING_FOR = {GateKind.PRESENCE: Reason.PRESENCE_UNKNOWN, GateKind.NOTES: Reason.NOTES_READY}


def _reminders(setting: Setting) -> Iterator[Decision]:
    unknown = any(guest.presence is Presence.UNKNOWN for guest in setting.guests)
    for reminder in setting.reminders:
        for organizer in setting.organizers:
            key = MessageKey(setting.edition.id, reminder.step.name, organizer.person.id)
            if unknown:
                yield _remind(setting, reminder, key)
            else:
                yield Unwanted(key, Reason.PRESENCE_MARKED)


def _changes(setting: Setting) -> Iterator[Decision]:
    guests = {guest.person.id: guest for guest in setting.guests}
    return changes_to_tell(
        setting.edition, guests, setting.told, _circumstances(setting, UPDATE), setting.now
    )


def _summaries(setting: Setting) -> Iterator[Decision]:
    zone = setting.edition.meeting.zone
    return summaries(setting.edition.id, setting.answers.values(), setting.organizers, zone, setting.now)


def _remind(setting: Setting, reminder: Reminder, key: MessageKey) -> Decision:
    """At any hour (organizers are not guests), before the moment it speaks of and never after it."""
    named = moment(reminder.step.at, setting.anchors, setting.calendar)
    if named is None:
        return Unwanted(key, Reason.NO_NEXT_EDITION)
    due = named - reminder.lead
    until = named if reminder.lead else due + reminder.step.keep_for
    return Unwanted(key, Reason.EXPIRED) if until < setting.now else Wanted(key, due, until)
