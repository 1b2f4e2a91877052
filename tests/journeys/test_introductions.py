"""Introductions through real Celery, Redis and SMTP: asked, answered, made; a crash in the middle never plans again."""

from __future__ import annotations

from collections import Counter
from email import message_from_bytes
from email.policy import default

from tests.journeys.house import House, people
from worker.domain.consent import Means
from worker.domain.dialogue import Said
from worker.domain.introductions import IntroductionPlan, Pair
from worker.domain.person import Consent
from worker.domain.sequence import Purpose
from worker.services import campaign
from worker.services.consents import Said as Word
from worker.services.consents import Wording, record
from worker.services.dialogue import answer
from worker.services.suppress import replan

NAMES = ("Anne", "Bruno", "Clara", "David", "Emma", "Farid", "Gaby", "Hugo")
EDITION = "cafe-12"


def plan_of(house: House) -> IntroductionPlan:
    plan = house.store.introductions(EDITION)
    assert plan is not None
    return plan


def three_pairs(plan: IntroductionPlan) -> list[Pair]:
    """Of six different people."""
    pairs: list[Pair] = []
    for two in sorted(plan.pairs):
        if not {person for pair in pairs for person in pair} & set(two):
            pairs.append(two)
    return pairs[:3]


def say(house: House, person: str, other: str, word: Said) -> None:
    number = house.store.voices(EDITION, [person])[person].asked[other].number
    assert answer(house.tools, EDITION, person, word, [number]) == (number,)


def withdraw(house: House, person: str) -> None:
    """They take their yes to introductions back, on their page."""
    no = Word(person, Purpose.INTRODUCTIONS, Consent.REFUSED, Wording("button", "Non"), Means.PAGE)
    record(house.tools, [no])
    replan(house.tools)


def names_in(house: House, step: str) -> dict[tuple[str, str], set[str]]:
    """Who of the others is named anywhere in each mail of these steps, by key and reader."""
    known = {guest.person.id: guest.person.first_name for guest in house.store.guests(EDITION).values()}
    found: dict[tuple[str, str], set[str]] = {}
    for mail in house.relay.mails:
        parsed = message_from_bytes(mail.content, policy=default)
        _, kind, person = str(parsed["Message-ID"]).strip("<>").rpartition("@")[0].split(".")
        if kind.startswith(step):
            parts = [part.get_content() for part in parsed.walk() if part.get_content_maintype() == "text"]
            text = "\n".join([*map(str, parsed.values()), *map(str, parts)]).replace(person, "")
            found[kind, person] = {who for who, name in known.items() if who != person and name in text}
    return found


def test_asked_answered_and_made_or_not(house: House) -> None:
    house.open_edition(*people(house.tools, NAMES))
    worker, _ = house.start("worker"), house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, EDITION)
    house.wait_until(lambda: any(".nudge." in key for key in house.received()))
    frozen = plan_of(house)
    house.kill(worker)
    house.wait_until_settled()

    assert plan_of(house) == frozen
    nudges = Counter(key for key in house.received() if ".nudge." in key)
    assert set(nudges.values()) == {1}
    assert set().union(*names_in(house, "nudge").values()) == set()

    (anne, bruno), (clara, david), (emma, farid) = three_pairs(frozen)
    campaign.pause(house.tools, EDITION)
    for two in ((anne, bruno), (bruno, anne), (clara, david), (emma, farid), (farid, emma)):
        say(house, *two, Said.YES)
    say(house, david, clara, Said.NO)
    withdraw(house, farid)
    campaign.resume(house.tools, EDITION)
    house.wait_until(lambda: sum(".met." in key for key in house.received()) == 2)

    told = names_in(house, "introduced-")
    assert {person: names for (_, person), names in told.items()} == {anne: {bruno}, bruno: {anne}}
    assert {person for _, person in names_in(house, "met")} == {anne, bruno}
    assert set(Counter(house.received()).values()) == {1}
    assert plan_of(house).pairs <= frozen.pairs
