"""What the mails that follow a proposal speak of, asked again just before they leave: who is told whose name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from worker.domain.delivery import Claim
from worker.domain.dialogue import SILENCE, Met, Voice
from worker.domain.edition import Edition
from worker.domain.facts import Facts
from worker.domain.follow_ups import INTRODUCED, MET, RESTING
from worker.domain.introductions import Place
from worker.domain.person import Guest
from worker.domain.reason import Reason
from worker.ports.dialogues import Uttered
from worker.services.introductions import here_now
from worker.services.proposing import with_names
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class _Now:
    """What is true of one batch just now: `here` are those who may still be told of, and told."""

    edition: Edition
    voices: Mapping[str, Voice]
    here: Mapping[str, Guest]
    places: Mapping[str, Place]
    resting: frozenset[str]


def of_follow_ups(tools: Tools, edition: Edition, claims: Sequence[Claim]) -> dict[Claim, Facts | Reason]:
    """Facts for each claim of a follow-up, or why there is nothing to say any more. Names are kept before they go."""
    if not claims:
        return {}
    now = _now(tools, edition, {claim.key.person for claim in claims})
    visits = tools.store.earlier_visits(edition.id, {claim.key.person for claim in claims})
    found = {claim: _found(tools, now, claim, visits[claim.key.person]) for claim in claims}
    told: dict[str, frozenset[str]] = {}
    for claim, facts in found.items():
        if isinstance(facts, Facts) and claim.key.step_name == INTRODUCED.name:
            names = frozenset(partner.person.id for partner in facts.partners)
            told[claim.key.person] = names | told.get(claim.key.person, frozenset())
    tools.store.utter(edition.id, {person: Uttered(named=names) for person, names in told.items()})
    return found


def _now(tools: Tools, edition: Edition, people: set[str]) -> _Now:
    voices = tools.store.voices(edition.id, people)
    others = {other for voice in voices.values() for other in (*voice.made, *voice.told)}
    rests = tools.store.rests(edition.series.id, people)
    return _Now(
        edition,
        voices,
        here_now(tools, edition, people | others),
        tools.store.places(edition.id, people) or {},
        frozenset(person for person, rest in rests.items() if rest.since and rest.edition == edition.id),
    )


def _found(tools: Tools, now: _Now, claim: Claim, visits: int) -> Facts | Reason:
    person, step = claim.key.person, claim.key.step_name
    if step == RESTING.name:
        return _resting(tools, now, person)
    if person not in now.here:
        return Reason.WITHDRAWN
    voice, known = now.voices.get(person, SILENCE), tuple[Guest, ...]()
    if step == INTRODUCED.name:
        name = voice.numbered(int(claim.key.step.rpartition("-")[2]))
        known = (now.here[name],) if name and name in voice.made and name in now.here else ()
    elif voice.met is not (None if step == MET.name else Met.NOT_YET):
        return Reason.ANSWERED
    elif not voice.told:
        return Reason.NOBODY_NAMED
    else:
        known = tuple(now.here[name] for name in voice.told if name in now.here)
    if not known:
        return Reason.WITHDRAWN
    why = _place(now, person, known) if step == INTRODUCED.name else None
    return with_names(tools, Facts(now.edition, now.here[person], visits, known, place=why))


def _resting(tools: Tools, now: _Now, person: str) -> Facts | Reason:
    """It goes to somebody who is not to be introduced, and only while that is so."""
    guest = tools.store.guests(now.edition.id, [person]).get(person)
    if guest is None:
        return Reason.NOT_ON_LIST
    return Facts(now.edition, guest) if person in now.resting else Reason.ANSWERED


def _place(now: _Now, person: str, known: tuple[Guest, ...]) -> Place | None:
    """Why these people, in their order; None where the plan does not say it of all of them any more."""
    place = now.places.get(person)
    said = {one.other(person): one for one in place.suggestions} if place else {}
    if place is None or any(guest.person.id not in said for guest in known):
        return None
    return Place(person, place.rung, tuple(said[guest.person.id] for guest in known))
