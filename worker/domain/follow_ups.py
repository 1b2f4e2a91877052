"""The mails that follow a proposal: the introduction itself, "did you meet?", once more, and that introductions rest.

Their moments come from what people said, not from a rule of the sequence; they keep its sending hours.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from worker.domain.dialogue import SILENCE, Met, Voice
from worker.domain.edition import Edition
from worker.domain.message import MessageKey
from worker.domain.person import Consent, Guest, Presence
from worker.domain.plan import Decision, Unwanted, Wanted
from worker.domain.reason import Reason
from worker.domain.rule import parse_rule
from worker.domain.sequence import Audience, Doubt, Purpose, Step

#: After the names are out: people need a week to find a date.
TIME_TO_MEET = timedelta(days=10)
_TIME_TO_ARRANGE, _FRIDAY = timedelta(days=6), 4
#: Before the next Café, at the same hour: soon enough to still find twenty minutes.
ONCE_MORE = timedelta(days=4)


def _step(name: str, keep_for: timedelta) -> Step:
    """Due with what people say, not by its rule. A person decides about a doubt, as about any nudge."""
    return Step(
        name=name,
        at=parse_rule("end + 1 h"),
        audience=Audience.INTRODUCED,
        purpose=Purpose.INTRODUCTIONS,
        keep_for=keep_for,
        in_doubt=Doubt.HOLD,
    )


INTRODUCED = _step("introduced", timedelta(days=10))
MET = _step("met", timedelta(days=7))
MET_AGAIN = _step("met-again", timedelta(days=4))
RESTING = _step("resting", timedelta(days=10))

#: Steps that belong to no file: every sequence that introduces people has them.
FOLLOW_UP_STEPS: Mapping[str, Step] = {step.name: step for step in (INTRODUCED, MET, MET_AGAIN, RESTING)}

OpensAt = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Talk:
    """What planning knows of an edition's introductions. `voices` is what was asked and said, by person.

    `nudges` are the moments at which the first mail falls due where it names people. `opens` is the sending window,
    `barred` whom no introduction may reach.
    """

    edition: Edition
    guests: Mapping[str, Guest]
    voices: Mapping[str, Voice]
    opens: OpensAt
    now: datetime
    barred: Container[str] = frozenset()
    nudges: Mapping[str, datetime] = field(default_factory=dict)


def follow_ups(talk: Talk) -> Iterator[Decision]:
    """One decision for each mail that what was said so far asks for."""
    for person in talk.guests:
        voice = talk.voices.get(person, SILENCE)
        yield from introductions(talk, person, voice)
        yield from _meetings(talk, person, voice)


def introductions(talk: Talk, person: str, voice: Voice) -> Iterator[Decision]:
    """A mail to this person for each introduction that both said yes to."""
    for other, made_at in voice.made.items():
        key = introduced_key(talk.edition.id, person, voice.asked[other].number)
        if other in talk.guests and may_meet(talk, person) and may_meet(talk, other):
            yield _kept(talk, INTRODUCED, key, made_at)
        else:
            yield Unwanted(key, Reason.WITHDRAWN)


def introduced_key(edition: str, person: str, number: int) -> MessageKey:
    """The one mail that tells this person the name behind a proposal's number."""
    return MessageKey(edition, f"{INTRODUCED.name}-{number}", person)


def day_to_meet(told: date) -> date:
    """The Friday by which people who learn of each other that day can have had their coffee: six to twelve days."""
    earliest = told + _TIME_TO_ARRANGE
    return earliest + timedelta(days=(_FRIDAY - earliest.weekday()) % 7)


def keys_wanted(edition: str, person: str, voice: Voice) -> Iterator[MessageKey]:
    """The mails that what was said so far asks for: each has a decision in the plan."""
    for other in voice.made:
        yield introduced_key(edition, person, voice.asked[other].number)
    if voice.met is Met.NOT_YET:
        yield MessageKey(edition, MET_AGAIN.name, person)


def may_meet(talk: Talk, person: str) -> bool:
    """Whether they were there, still agree to be introduced, and may be written to."""
    guest = talk.guests.get(person)
    return guest is not None and is_willing(guest) and person not in talk.barred


def is_willing(guest: Guest) -> bool:
    """Whether they were there and agreed to be introduced."""
    return guest.presence is Presence.PRESENT and guest.introduced is Consent.GIVEN


def _meetings(talk: Talk, person: str, voice: Voice) -> Iterator[Decision]:
    """Whether they met, ten days after the last name they got; once more before the next Café after a "not yet"."""
    named_at = max([*voice.told.values(), *voice.made.values()], default=talk.nudges.get(person))
    if named_at is None:
        return
    due, key = named_at + TIME_TO_MEET, MessageKey(talk.edition.id, MET.name, person)
    yield Unwanted(key, Reason.ANSWERED) if voice.met else _asked_whether(talk, MET, key, due)
    if voice.met is Met.NOT_YET:
        yield _once_more(talk, person, due)


def _once_more(talk: Talk, person: str, asked_at: datetime) -> Decision:
    key, following = MessageKey(talk.edition.id, MET_AGAIN.name, person), talk.edition.upcoming
    if following is None:
        return Unwanted(key, Reason.NO_NEXT_EDITION)
    due = following.start - ONCE_MORE
    if due <= asked_at:
        return Unwanted(key, Reason.EXPIRED)
    return _asked_whether(talk, MET_AGAIN, key, due)


def _asked_whether(talk: Talk, step: Step, key: MessageKey, due: datetime) -> Decision:
    return _kept(talk, step, key, due) if may_meet(talk, key.person) else Unwanted(key, Reason.WITHDRAWN)


def _kept(talk: Talk, step: Step, key: MessageKey, due: datetime) -> Decision:
    opens = talk.opens(due)
    until = opens + step.keep_for
    return Unwanted(key, Reason.EXPIRED) if until < talk.now else Wanted(key, opens, until)
