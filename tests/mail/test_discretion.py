"""A letter that would tell of somebody else is not made; the others are, byte for byte as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from tests.crowd import crowd
from tests.mail.letters import sources
from tests.sample import cafe
from worker.domain.circle import Circle
from worker.domain.edition import Edition, Extract, Notes
from worker.domain.errors import WouldTell
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.person import Guest
from worker.mail.compose import LetterWriter
from worker.mail.identity import Identity
from worker.mail.rendering import Templates

IDENTITY = Identity(
    "Café des Victoires", "bonjour@cafe.example.org", "cafe.example.org", "bounce.cafe.example.org",
    rsvp_address="rsvp@cafe.example.org", page_url="https://cafe.example.org", secrets=(b"a secret",),
)  # fmt: skip
AT = datetime(2026, 12, 9, 8, 0, tzinfo=UTC)
STEPS = ("thank-you", "invitation", "nudge")


@cache
def writer(words: str = "") -> LetterWriter:
    """With these words at the end of the French thank-you."""
    name, own = "fr/thank-you.md.j2", sources()
    return LetterWriter(IDENTITY, Templates({**own, name: f"{own[name]}\n{words}\n"}))


def facts(edition: Edition, people: list[Guest], number: int, circle: Circle | None, step: str) -> Facts:
    others = (people[number - 1], people[number - 2]) if step in ("nudge", "introduced") else ()
    return Facts(edition, people[number], number % 3, others, circle=circle)


def compose(letters: LetterWriter, known: Facts, step: str) -> bytes:
    return letters.compose(MessageKey(known.edition.id, step, known.guest.person.id), known, AT).content


@pytest.mark.parametrize("step", STEPS)
def test_nobodys_mail_is_held_back_for_nothing_and_none_changes(step: str) -> None:
    people, edition, letters = crowd(1000), cafe(12), writer()
    circle = Circle(edition, people)

    for number in range(0, 1000, 20):
        looked_at = facts(edition, people, number, circle, step)
        mail = compose(letters, looked_at, step)
        if number % 200 == 0:
            assert mail == compose(letters, replace(looked_at, circle=None), step)


#: Further mails to guests that need no more facts than these.
KINDS = (*STEPS, "host", "introduced", "reinvite", "resting")


@pytest.mark.exhaustive
@pytest.mark.parametrize("step", KINDS)
def test_of_ten_thousand_people_nobodys_mail_is_held_back_for_nothing(step: str) -> None:
    people, edition, letters = crowd(10_000, seed=2026), cafe(12), writer()
    circle = Circle(edition, people)

    for number in range(len(people)):
        assert compose(letters, facts(edition, people, number, circle, step), step)


@pytest.mark.parametrize("size", [40, 10_000])
def test_whatever_tells_of_somebody_else_is_found_wherever_it_stands(size: int) -> None:
    people = crowd(size)
    circle, victims = Circle(cafe(12), people), people[5 :: size // 6]
    for place in (notes, title, partner):
        for words in (words for victim in victims for words in seeds(victim)):
            known, step = place(people, words)
            with pytest.raises(WouldTell) as told:
                compose(writer(), replace(known, circle=circle), step)
            assert words not in str(told.value)


def test_a_template_that_names_somebody_is_held_back_from_everybody_else() -> None:
    people = crowd(40)
    circle, victim = Circle(cafe(12), people), people[7]
    letters = writer(
        f"Merci aussi à *{victim.person.first_name}*\n{victim.person.name.split(' ', 1)[1]} pour la salle."
    )

    for number in (1, 2, 7):
        known = facts(cafe(12), [french(one) for one in people], number, circle, "thank-you")
        if number == 7:
            assert compose(letters, known, "thank-you")
        else:
            with pytest.raises(WouldTell):
                compose(letters, known, "thank-you")


def seeds(victim: Guest) -> list[str]:
    """What may be told of somebody."""
    whole = [victim.person.name, victim.person.name.upper(), victim.person.address]
    return [*whole, *([victim.organisation] if "&" in victim.organisation else [])]


def french(reader: Guest) -> Guest:
    """The same, reading French."""
    return replace(reader, person=replace(reader.person, language="fr"))


def notes(people: list[Guest], words: str) -> tuple[Facts, str]:
    """Told by the notes of the debate."""
    edition = cafe(12, notes=Notes(ready=True, extracts=(Extract(f"Comme le dit {words}, osons."),)))
    return Facts(edition, french(people[0])), "thank-you"


def title(people: list[Guest], words: str) -> tuple[Facts, str]:
    """Told by the title of the next Café, also in the calendar."""
    edition = cafe(12)
    assert edition.next is not None
    named = replace(edition, next=replace(edition.next, title=f"Autour de {words}"))
    return Facts(named, french(people[0])), "invitation"


def partner(people: list[Guest], words: str) -> tuple[Facts, str]:
    """Told by what somebody else wrote of themselves."""
    other = replace(people[1], organisation=f"associée de {words}", interests=(), sector="")
    return Facts(cafe(12), french(people[0]), partners=(other,)), "introduced"
