"""Introductions from the command line: read the plan, swap, forbid, wish, and ask why."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Apres
from tests.enlisted import enlist
from tests.sample import cafe, guest
from worker.domain.person import Consent, Presence
from worker.services.introductions import freeze
from worker.services.tools import Tools


@pytest.fixture(autouse=True)
def six_people(tools: Tools) -> None:
    """Anne, Bruno, Emma, Farid, Gaëlle and Hugo came and agreed."""
    more = ("Emma", "Farid", "Gaelle", "Hugo")
    enlist(
        tools,
        "cafe-12",
        [guest(n, presence=Presence.PRESENT, introduced=Consent.GIVEN) for n in more],
    )


def told(apres: Apres) -> Any:
    return json.loads(apres("introduce plan cafe-12 --json").out)


def partners(apres: Apres, person: str) -> list[str]:
    names: list[str] = told(apres)["people"][person]["names"]
    return names


def stranger(apres: Apres, person: str) -> str:
    """Somebody whom this person is not introduced to."""
    plan: dict[str, Any] = told(apres)["people"]
    return next(other for other in plan if other != person and other not in plan[person]["names"])


def test_the_plan_tells_who_meets_whom_why_and_how_it_is_shared_out(apres: Apres, tools: Tools) -> None:
    said = apres("introduce plan cafe-12")

    assert said.code == 0
    assert "A draft" in said.out
    assert "Anne Test" in said.out
    assert "never crossed before" in said.out
    assert "6 people, 6 introductions; 6 with a name, 0 with the host." in said.out
    assert "Names each: 6 × 2. Repeats avoided: 0." in said.out
    assert tools.store.introductions("cafe-12") is None


def test_the_plan_for_machines_is_mutual_and_has_its_reasons(apres: Apres) -> None:
    plan = told(apres)

    people = plan["people"]
    assert all(person in people[other]["names"] for person in people for other in people[person]["names"])
    assert all(
        one["grounds"] and one["total"] == sum(one["points"].values()) for one in plan["introductions"]
    )


def test_somebody_alone_is_shown_with_the_host(apres: Apres, tools: Tools) -> None:
    for other in ("Bruno", "Emma", "Farid", "Gaelle", "Hugo"):
        enlist(tools, "cafe-12", [guest(other, presence=Presence.ABSENT)])

    said = apres("introduce plan cafe-12")

    assert "the host’s letter" in said.out
    assert "0 with a name, 1 with the host" in said.out


def test_a_frozen_plan_says_so(apres: Apres, tools: Tools) -> None:
    freeze(tools, cafe(12))

    assert "Frozen" in apres("introduce plan cafe-12").out


def test_a_swap_changes_the_plan_and_nothing_twice(apres: Apres) -> None:
    dropped, chosen = partners(apres, "anne")[0], stranger(apres, "anne")

    said = apres(f"introduce swap cafe-12 anne {dropped} {chosen}")

    assert said.code == 0
    assert chosen in partners(apres, "anne")
    assert dropped not in partners(apres, "anne")
    assert all(len(place["names"]) == 2 for place in told(apres)["people"].values())
    again = apres(f"introduce swap cafe-12 anne {dropped} {chosen}")
    assert (again.code, "are not introduced" in again.err) == (2, True)


def test_a_swap_can_be_swapped_back(apres: Apres) -> None:
    dropped, chosen = partners(apres, "anne")[0], stranger(apres, "anne")
    apres(f"introduce swap cafe-12 anne {dropped} {chosen}")

    apres(f"introduce swap cafe-12 anne {chosen} {dropped}")

    assert dropped in partners(apres, "anne")
    assert told(apres)["swaps_not_kept"] == []


def test_no_swap_once_the_plan_is_frozen_and_none_that_is_forbidden(apres: Apres, tools: Tools) -> None:
    dropped, chosen = partners(apres, "anne")[0], stranger(apres, "anne")
    apres(f"introduce forbid cafe-12 anne {chosen}")
    dropped = partners(apres, "anne")[0]

    refused = apres(f"introduce swap cafe-12 anne {dropped} {chosen}")
    assert (refused.code, "cannot be introduced" in refused.err) == (2, True)

    freeze(tools, cafe(12))
    late = apres(f"introduce swap cafe-12 anne {dropped} {chosen}")
    assert (late.code, "frozen" in late.err) == (2, True)


def test_a_pair_that_is_forbidden_is_parted_until_it_is_allowed(apres: Apres) -> None:
    other = partners(apres, "anne")[0]

    assert apres(f"introduce forbid cafe-12 anne {other}").code == 0
    assert other not in partners(apres, "anne")
    assert "asked not to" in apres(f"introduce explain cafe-12 anne {other}").out

    assert apres(f"introduce allow cafe-12 anne {other}").code == 0
    assert other in partners(apres, "anne")
    assert apres(f"introduce allow cafe-12 anne {other}").code == 2


def test_two_wishes_bring_people_together(apres: Apres) -> None:
    other = stranger(apres, "anne")

    apres(f"introduce wish cafe-12 anne {other}")
    apres(f"introduce wish cafe-12 {other} anne")

    assert other in partners(apres, "anne")
    assert "both wish to meet again" in apres(f"introduce plan cafe-12 --explain anne {other}").out
    assert apres(f"introduce wish cafe-12 anne {other} --undo").code == 0
    assert apres(f"introduce wish cafe-12 anne {other} --undo").code == 2


def test_why_two_people_are_or_are_not_introduced(apres: Apres) -> None:
    said = apres(f"introduce explain cafe-12 anne {partners(apres, 'anne')[0]}")
    assert "In the plan." in said.out
    assert "Points: " in said.out

    said = apres("introduce explain cafe-12 anne clara")
    assert "Clara Test takes no part: did not come." in said.out
    assert "introductions (cafe-12): agreed, 08 Dec 10:00:00, by the list" in said.out
    assert "text read: “J’accepte un mot de remerciement" in said.out
    assert "Clara Test: nothing in the log of consents." in said.out

    data = json.loads(apres(f"introduce explain cafe-12 anne {stranger(apres, 'anne')} --json").out)
    assert (data["planned"], data["obstacle"]) == (False, None)


def test_a_french_session_reads_french(apres: Apres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APRES_LANGUAGE", "fr")

    said = apres("introduce plan cafe-12")

    assert "Brouillon" in said.out
    assert "jamais croisés avant" in said.out
    assert "Noms par personne : 6 × 2. Répétitions évitées : 0." in said.out
