"""No mail says a name, an address or an organisation of anybody but its reader and those who agreed to be named."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from tests.mail.answering import IDENTITY
from tests.mail.letters import ours
from tests.sample import HOST, cafe
from tests.services.office import office, opened, relay_of, store_of
from worker.domain.dialogue import Said
from worker.domain.edition import Edition, Introductions, Naming
from worker.domain.message import Letter
from worker.domain.person import Consent, Guest, Person, Presence
from worker.domain.sequence import Lane
from worker.domain.suppression import Cause, Suppression
from worker.mail.compose import LetterWriter
from worker.mail.kinds import as_in_schedules
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.dialogue import answer
from worker.services.tools import Limits, Tools

SECTORS, INTERESTS = (
    ("santé", "droit", "design", "conseil"),
    ("open data", "vélo", "chant", "écriture", "jardins"),
)


@dataclass(frozen=True)
class Played:
    """What one campaign sent, and who agreed to what."""

    guests: dict[str, Guest]
    letters: tuple[Letter, ...]
    yes: frozenset[tuple[str, str]]
    gone: frozenset[str]


def _room(size: int, chance: random.Random) -> list[Guest]:
    """People whose every word is their own, so that it can be looked for."""
    return [
        Guest(
            Person(
                f"p{n}",
                f"Prénom{n}z Famille{n}z",
                f"Prénom{n}z",
                f"p{n}@boite{n}z.example.org",
                chance.choice(("fr", "en")),
            ),
            chance.choices((Presence.PRESENT, Presence.ABSENT), (9, 1))[0],
            chance.choices((Consent.GIVEN, Consent.REFUSED, Consent.NOT_ASKED), (7, 2, 1))[0],
            organisation=f"Maison{n}z",
            sector=chance.choice(SECTORS),
            interests=tuple(chance.sample(INTERESTS, 2)),
        )
        for n in range(size)
    ]  # fmt: skip


def _played(size: int, mode: Naming, seed: str) -> Played:
    """Everybody is asked or told, most answer at random, some withdraw on the way; until nothing is due."""
    chance = random.Random(seed)  # noqa: S311 - a draw that can be drawn again
    tools = office(limits=Limits(undo=timedelta(0), batch=200))
    tools = replace(tools, composer=LetterWriter(IDENTITY, ours(), as_in_schedules(tools.sequence)))
    edition: Edition = replace(cafe(12), introductions=Introductions(mode))
    guests = _room(size, chance)
    opened(tools, *guests, edition=edition)
    campaign.arm(tools, "cafe-12")
    _deliver(tools, "nudge")
    gone = _withdrawn(tools, chance, guests)
    yes = _answered(tools, chance, mode)
    gone |= _withdrawn(tools, chance, guests)
    _deliver(tools, "")
    return Played({g.person.id: g for g in guests}, tuple(relay_of(tools).kept), yes, gone)


def _withdrawn(tools: Tools, chance: random.Random, guests: list[Guest]) -> frozenset[str]:
    people = [guest.person for guest in guests if chance.random() < 0.05]
    for person in people:
        print_ = f"print-{person.address}"
        tools.store.suppress(Suppression(print_, Cause.UNSUBSCRIBED, tools.store.now()))
    return frozenset(person.id for person in people)


def _answered(tools: Tools, chance: random.Random, mode: Naming) -> frozenset[tuple[str, str]]:
    said: set[tuple[str, str]] = set()
    if mode is Naming.ASK_FIRST:
        for person, voice in tools.store.voices("cafe-12").items():
            for other, asked in voice.asked.items():
                word = chance.choice((Said.YES, Said.YES, Said.NO, None))
                if word:
                    answer(tools, "cafe-12", person, word, [asked.number])
                if word is Said.YES:
                    said.add((person, other))
    return frozenset(said)


def _deliver(tools: Tools, until: str) -> None:
    store = store_of(tools)
    while any(r.due and (not until or r.key.step_name == until) for r in store.records("cafe-12")):
        store.leap()
        for lane in Lane:
            while deliver_batch(tools, lane, go_on=lambda: True):
                pass


def _text(letter: Letter) -> str:
    mail = message_from_bytes(letter.content, policy=default)
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *map(str, parts)])


def _leaks(played: Played) -> Iterator[str]:
    """Each person who is told of in a mail that may not speak of them."""
    for letter in played.letters:
        reader = letter.key.person
        told = {f"p{n}" for n in re.findall(r"(?:Prénom|Famille|Maison|boite)(\d+)z", _text(letter))} - {
            reader
        }
        for other in told:
            allowed = (
                played.guests.get(reader) is not None
                and letter.key.step_name in {"nudge", "introduced", "met", "met-again"}
                and all(
                    played.guests[one].introduced is Consent.GIVEN
                    and played.guests[one].presence is Presence.PRESENT
                    for one in (reader, other)
                )
            )
            if not allowed or (played.yes and not {(reader, other), (other, reader)} <= played.yes):
                yield f"{letter.key} tells of {other}"


@pytest.mark.parametrize("mode", Naming)
@pytest.mark.parametrize("seed", ["one", "two"])
def test_forty_people(mode: Naming, seed: str) -> None:
    _check(_played(40, mode, seed), mode)


@pytest.mark.exhaustive
@pytest.mark.parametrize("mode", Naming)
def test_two_thousand_people(mode: Naming) -> None:
    _check(_played(2000, mode, "many"), mode)


def _check(played: Played, mode: Naming) -> None:
    steps = {letter.key.step_name for letter in played.letters}

    assert not list(_leaks(played))
    assert {"nudge", "met"} <= steps
    assert ("introduced" in steps) == (mode is Naming.ASK_FIRST)
    naming = "nudge" if mode is Naming.NAMED else "introduced"
    named = [_text(one) for one in played.letters if one.key.step_name == naming]
    assert all(HOST.name in text for text in named)
    assert any(len(set(re.findall(r"Famille\d+z", text))) > 1 for text in named)


def test_a_leak_would_be_found() -> None:
    played = _played(40, Naming.ASK_FIRST, "one")
    letter = next(one for one in played.letters if one.key.step_name == "nudge")
    leaky = replace(
        letter, pieces=(letter.content.replace(b"\r\n\r\n", b"\r\nX-Other: Maison39z\r\n\r\n", 1),)
    )

    assert list(_leaks(replace(played, letters=(leaky,))))
