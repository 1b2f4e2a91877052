"""Who is introduced to whom: drawn, frozen before the first mail, said in each."""

from __future__ import annotations

from dataclasses import replace

from tests.enlisted import enlist
from tests.sample import cafe, guest
from tests.services.introduced_people import EDITION, NAMES, came, house, leave, plan_of
from tests.services.office import opened, states
from tests.services.small_crowd import deliver_all
from worker.domain.facts import Facts
from worker.domain.introductions import IntroductionPlan, Rung
from worker.domain.person import Consent, Presence
from worker.services import campaign
from worker.services.introductions import draft, freeze


def test_a_draft_changes_nothing_and_is_what_will_be_frozen() -> None:
    tools = house(*NAMES)

    drawn = draft(tools, EDITION)
    assert tools.store.introductions("cafe-12") is None
    freeze(tools, EDITION)

    assert plan_of(tools).places == drawn.places
    assert plan_of(tools).frozen == tools.store.now()


def test_only_people_present_who_agreed_and_may_be_written_to_are_introduced() -> None:
    tools = house("Anne", "Bruno", "Clara", "David")
    absent = guest("Emma", presence=Presence.ABSENT, introduced=Consent.GIVEN)
    silent = guest("Farid", presence=Presence.PRESENT)
    enlist(tools, "cafe-12", [absent, silent, replace(came("Clara"), introduced=Consent.REFUSED)])
    leave(tools, "david")

    assert set(draft(tools, EDITION).places) == {"anne", "bruno"}


def test_the_plan_is_frozen_before_its_first_mail_is_composed_and_never_drawn_again() -> None:
    frozen: list[IntroductionPlan | None] = []

    def look(facts: Facts) -> None:
        if facts.place:
            frozen.append(tools.store.introductions("cafe-12"))

    tools = house(*NAMES, meanwhile=look)
    campaign.arm(tools, "cafe-12")
    assert tools.store.introductions("cafe-12") is None
    deliver_all(tools)

    assert len(frozen) == len(NAMES)
    assert {plan and plan.frozen for plan in frozen} == {plan_of(tools).frozen}
    assert plan_of(tools).version == 0


def test_each_mail_says_what_the_plan_says() -> None:
    said: list[Facts] = []
    tools = house(*NAMES, meanwhile=said.append)

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    told = {facts.guest.person.id: facts for facts in said if facts.place}
    assert {person: facts.place for person, facts in told.items()} == plan_of(tools).places
    assert all(tuple(p.person.id for p in f.partners) == (f.place and f.place.names) for f in told.values())


def test_somebody_alone_hears_from_the_host() -> None:
    said: list[Facts] = []
    tools = house("Anne", meanwhile=said.append)

    campaign.arm(tools, "cafe-12")
    deliver_all(tools)

    [facts] = [facts for facts in said if facts.place]
    assert facts.place is not None
    assert (facts.place.rung, facts.partners) == (Rung.HOST, ())
    assert states(tools)["nudge.anne"] == "sent accepted"


def test_nobody_is_told_of_the_same_person_in_two_editions() -> None:
    tools = house(*NAMES)
    freeze(tools, EDITION)
    first = plan_of(tools).pairs
    later = cafe(13)
    opened(tools, *(came(name) for name in NAMES), edition=later)

    assert first
    assert not draft(tools, later).pairs & first
