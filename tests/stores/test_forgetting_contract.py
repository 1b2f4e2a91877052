"""What taking somebody out of a store promises, on the memory twin and on real Redis."""

from __future__ import annotations

from dataclasses import replace

from tests.sample import cafe, guest
from tests.stores.contract import ANNE, BRUNO, NOON, AnyStore, armed, states
from worker.domain.answer import Answer, Partstat
from worker.domain.edition import Extract, Notes
from worker.domain.erasure import Forgotten
from worker.domain.inbound import Aside, Why
from worker.domain.introductions import Exclusion, IntroductionPlan, Points, Rung, Suggestion, Swap
from worker.domain.person import Presence

GONE = Forgotten("anne", "print-anne", frozenset({"anne@example.org"}), frozenset({"Anne Test"}))
PEOPLE = [guest("Anne", presence=Presence.PRESENT), guest("Bruno", presence=Presence.PRESENT)]


def test_a_person_is_on_no_list_any_more_and_the_others_are(store: AnyStore) -> None:
    for number in (11, 12):
        store.save_edition(cafe(number))
        store.save_guests(f"cafe-{number}", PEOPLE)

    store.forget_person(GONE)
    store.forget_person(GONE)

    assert store.guests("cafe-12") == {"bruno": PEOPLE[1]}
    assert store.earlier_visits("cafe-12", ["anne", "bruno"]) == {"anne": 0, "bruno": 1}


def test_nor_in_answers_and_notes(store: AnyStore) -> None:
    store.uninvite("cafe-12", "anne", NOON)
    for person in ("anne", "bruno"):
        said = Answer("cafe-13", person, Partstat.ACCEPTED, 0, NOON, NOON, f"mail-{person}", "À bientôt !")
        store.record_answer(said)
        store.keep_aside(
            Aside(f"m-{person}", Why.WORDS, NOON, sender=f"{person}@example.org", subject="Bonjour")
        )
        store.keep_original(f"m-{person}", f"From: {person}@example.org\r\n\r\n".encode() + b"\xff")

    store.forget_person(GONE)

    assert store.uninvited("cafe-12") == {}
    assert [answer.person for answer in store.answers("cafe-13")] == ["bruno"]
    assert [aside.mail for aside in store.kept_aside()] == ["m-bruno"]
    assert [kept.mail for number in store.originals() if (kept := store.original(number))] == ["m-bruno"]


def test_nor_in_introductions_wishes_and_exclusions(store: AnyStore) -> None:
    told = [
        Suggestion(a, b, Points(), ()) for a, b in (("anne", "bruno"), ("anne", "emma"), ("bruno", "clara"))
    ]
    store.freeze_introductions(IntroductionPlan("cafe-12", tuple(told), frozenset({"farid"}), frozen=NOON))
    for person, other in (("clara", "anne"), ("anne", "clara"), ("clara", "bruno")):
        store.wish("cafe-12", person, other)
    store.keep_apart(Exclusion("anne", "emma", NOON, "emma"))
    store.keep_apart(Exclusion("bruno", "emma", NOON))
    store.save_swaps("cafe-12", (Swap("anne", "david", "bruno"), Swap("bruno", "david", "clara")))

    store.forget_person(GONE)

    assert store.suggested(["cafe-12"]) == {("bruno", "clara")}
    places = store.places("cafe-12", ["anne", "bruno", "emma", "farid"])
    assert {person: place.rung for person, place in (places or {}).items()} == {
        "bruno": Rung.MATCHED,
        "emma": Rung.HOST,
        "farid": Rung.HOST,
    }
    assert store.wishes(["cafe-12"]) == {("clara", "bruno")}
    assert store.exclusions() == (Exclusion("bruno", "emma", NOON),)
    assert store.swaps("cafe-12") == (Swap("bruno", "david", "clara"),)


def test_a_namesake_stays(store: AnyStore) -> None:
    other = guest("Bruno")
    namesake = replace(other, person=replace(other.person, name="Anne Test"))
    store.save_guests("cafe-12", [PEOPLE[0], namesake])

    store.forget_person(GONE)

    assert store.guests("cafe-12") == {"bruno": namesake}


def test_what_they_said_in_the_debate_stays_without_their_name(store: AnyStore) -> None:
    said = (Extract("Se présenter, c’est écouter.", "Anne Test"), Extract("Oser.", "Clara Test"))
    store.save_edition(cafe(12, notes=Notes(ready=True, extracts=said)))

    store.forget_person(GONE)

    edition = store.edition("cafe-12")
    assert edition is not None
    assert [extract.author for extract in edition.notes.extracts] == ["", "Clara Test"]


def test_moves_and_counts_stay(store: AnyStore) -> None:
    armed(store, ANNE, BRUNO)
    before = (states(store), store.counts("cafe-12"), list(store.entries("cafe-12")))

    store.forget_person(GONE)

    assert (states(store), store.counts("cafe-12"), list(store.entries("cafe-12"))) == before


def test_every_edition_is_known_planned_or_not(store: AnyStore) -> None:
    for number in (12, 11):
        store.save_edition(cafe(number))

    assert store.known_editions() == ("cafe-11", "cafe-12")
