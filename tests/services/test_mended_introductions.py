"""A frozen plan is mended when somebody leaves, comes late, or is kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.enlisted import enlist
from tests.sample import cafe
from tests.services.introduced_people import EDITION, NAMES, came, house, leave, plan_of
from tests.services.office import sent, store_of
from tests.services.small_crowd import deliver_all
from worker.domain.facts import Facts
from worker.domain.introductions import Exclusion, Rung, Swap, pair
from worker.domain.ledger import Policy
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.plan import Plan
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.introductions import draft, freeze, places, standing_plan
from worker.services.tools import Tools


def test_who_leaves_before_the_mail_takes_their_pairs_along_and_only_they_do() -> None:
    tools = house(*NAMES)
    campaign.arm(tools, "cafe-12")
    freeze(tools, EDITION)
    before = plan_of(tools)

    leave(tools, "anne")
    campaign.reschedule(tools, "cafe-12")

    after = plan_of(tools)
    assert "anne" not in after.places
    assert {two for two in before.pairs if "anne" not in two} <= after.pairs
    assert all(after.places[name.lower()].suggestions for name in NAMES[1:])


def test_who_is_left_with_nobody_is_attached_and_says_so() -> None:
    tools = house("Anne", "Bruno", "Clara", "David")
    tools.store.keep_apart(Exclusion("clara", "bruno", tools.store.now()))
    tools.store.keep_apart(Exclusion("clara", "david", tools.store.now()))
    campaign.arm(tools, "cafe-12")
    freeze(tools, EDITION)
    assert plan_of(tools).places["clara"].names == ("anne",)
    tools.store.let_meet(("clara", "david"))

    leave(tools, "anne")
    campaign.reschedule(tools, "cafe-12")

    place = plan_of(tools).places["clara"]
    assert (place.rung, place.names) == (Rung.ATTACHED, ("david",))


def test_who_comes_late_is_attached_to_a_frozen_plan() -> None:
    tools = house("Anne", "Bruno")
    campaign.arm(tools, "cafe-12")
    freeze(tools, EDITION)

    enlist(tools, "cafe-12", [came("Clara")])
    campaign.reschedule(tools, "cafe-12")

    after = plan_of(tools)
    assert ("anne", "bruno") in after.pairs
    assert after.places["clara"].rung is Rung.ATTACHED


def test_a_name_that_was_said_stays_said_and_nobody_is_added_to_who_was_written_to() -> None:
    said: list[Facts] = []
    tools = house("Anne", "Bruno", "Clara", meanwhile=said.append)
    campaign.arm(tools, "cafe-12")
    first = _write_the_first_nudge(tools)
    [*others] = plan_of(tools).places[first].names

    leave(tools, others[0])
    enlist(tools, "cafe-12", [came("Emma")])
    deliver_all(tools)

    assert pair(first, others[0]) in plan_of(tools).pairs
    assert "emma" not in plan_of(tools).places[first].names
    assert sent(tools).count(f"cafe-12.nudge.{first}") == 1
    assert not any(
        p.person.id == others[0] for f in said[said.index(_last(said, first)) + 1 :] for p in f.partners
    )


def _last(said: list[Facts], person: str) -> Facts:
    return next(facts for facts in said if facts.place and facts.guest.person.id == person)


def _write_the_first_nudge(tools: Tools) -> str:
    """Deliver until one nudge has left; gives its reader."""
    while True:
        for lane in Lane:
            deliver_batch(tools, lane, go_on=lambda: True)
        written = [key for key in sent(tools) if ".nudge." in key]
        if written:
            return written[0].rpartition(".")[2]
        store_of(tools).leap()


def test_a_mail_that_leaves_while_the_plan_is_mended_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    tools = house("Anne", "Bruno", "Clara", "David")
    store = store_of(tools)
    campaign.arm(tools, "cafe-12")
    freeze(tools, EDITION)
    before = plan_of(tools)
    gone = next(name for name, place in before.places.items() if len(place.names) == 2)
    [first, second] = before.places[gone].names
    written = store.plan

    def a_mail_overtakes(drawn: Plan, policies: Mapping[str, Policy], *, reason: Reason) -> int:
        monkeypatch.setattr(store, "plan", written)
        _as_if_sent(tools, first)
        return written(drawn, policies, reason=reason)

    leave(tools, gone)
    monkeypatch.setattr(store, "plan", a_mail_overtakes)
    campaign.reschedule(tools, "cafe-12")

    assert plan_of(tools).places[first].names == before.places[first].names
    assert first in plan_of(tools).places[gone].names
    assert gone not in plan_of(tools).places[second].names


def _as_if_sent(tools: Tools, person: str) -> None:
    kept = store_of(tools).memory.messages[MessageKey("cafe-12", "nudge", person)]
    store_of(tools).memory.move(kept, State.CLAIMED, Reason.DUE)
    store_of(tools).memory.move(kept, State.SENDING, Reason.GATE)


def test_an_exclusion_made_after_freezing_parts_them_without_a_word() -> None:
    tools = house(*NAMES)
    campaign.arm(tools, "cafe-12")
    freeze(tools, EDITION)
    two = min(plan_of(tools).pairs)

    tools.store.keep_apart(Exclusion(*two, tools.store.now()))
    campaign.reschedule(tools, "cafe-12")

    assert two not in plan_of(tools).pairs
    assert all(place.suggestions for place in plan_of(tools).places.values())


def test_a_swap_holds_through_drawing_and_freezing() -> None:
    tools = house(*NAMES)
    drawn = draft(tools, EDITION)
    person, (dropped, *_) = "anne", drawn.places["anne"].names
    chosen = next(n.lower() for n in NAMES if n.lower() not in {person, *drawn.places["anne"].names})

    tools.store.save_swaps("cafe-12", [Swap(person, dropped, chosen)])
    freeze(tools, EDITION)

    assert chosen in plan_of(tools).places[person].names
    assert dropped not in plan_of(tools).places[person].names
    assert all(1 <= len(place.names) <= 2 for place in plan_of(tools).places.values())


def test_somebody_without_a_name_is_not_introduced_but_hosted() -> None:
    tools = house("Anne", "Bruno")
    nameless = replace(came("Zoe"), person=replace(came("Zoe").person, name="", first_name=""))
    enlist(tools, "cafe-12", [nameless])

    assert standing_plan(tools, EDITION).places["zoe"].rung is Rung.HOST
    assert places(tools, EDITION, ["anne"])["anne"].names == ("bruno",)


def test_wishes_of_earlier_editions_still_count() -> None:
    tools = house(*NAMES)
    enlist(tools, "cafe-11", [came(name) for name in NAMES])
    tools.store.save_edition(cafe(11))
    tools.store.wish("cafe-11", "anne", "farid")
    tools.store.wish("cafe-12", "farid", "anne")

    [told] = [one for one in draft(tools, EDITION).suggestions if one.pair == ("anne", "farid")]
    assert told.points.hook == 1000


def test_languages_that_nobody_named_are_those_of_the_mail_and_the_edition() -> None:
    english = replace(came("Zoe"), person=replace(came("Zoe").person, language="en"))
    tools = house("Anne")
    enlist(tools, "cafe-12", [english])

    assert draft(tools, EDITION).pairs == {("anne", "zoe")}

    enlist(tools, "cafe-12", [replace(english, languages=("en",))])
    assert draft(tools, EDITION).pairs == frozenset()
