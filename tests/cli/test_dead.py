"""`apres dead`: set aside, listed by reason, sent after all or given up."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.cli.conftest import Apres
from tests.sample import cafe
from tests.services.office import PlainComposer, sent, states, store_of
from worker.cli import wiring
from worker.domain.sequence import Lane
from worker.services.deliver import deliver_batch
from worker.services.tools import Tools


@pytest.fixture
def broken(apres: Apres, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> Apres:
    """Anne's thank-you could not be composed; Bruno's left."""
    monkeypatch.setattr(wiring, "proofread", lambda _edition: None)
    _composer(tools).broken_for = "anne"
    apres("arm cafe-12 --yes")
    store_of(tools).set_clock(cafe(12).meeting.end + timedelta(hours=4))
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)
    return apres


def _composer(tools: Tools) -> PlainComposer:
    assert isinstance(tools.composer, PlainComposer)
    return tools.composer


def test_nothing_set_aside_says_so(apres: Apres) -> None:
    said = apres("dead list")

    assert (said.code, said.out.strip()) == (0, "Nothing is set aside.")


def test_it_is_listed_by_reason_with_what_to_do(broken: Apres) -> None:
    said = broken("dead list cafe-12")

    assert said.code == 1
    assert "compose_failed · the mail could not be composed · 1" in said.out
    assert "cafe-12.thank-you.anne" in said.out
    assert "Anne Test" in said.out
    assert "apres dead requeue --reason" in " ".join(said.out.split())
    assert broken("dead list cafe-99").code == 0


def test_machines_get_keys_and_reasons(broken: Apres) -> None:
    [told] = json.loads(broken("dead list --json").out)

    assert (told["key"], told["reason"]) == ("cafe-12.thank-you.anne", "compose_failed")


@pytest.mark.parametrize(
    "which",
    [
        "cafe-12.thank-you.anne",
        "--reason compose_failed",
        "--step thank-you",
        "--all",
        "--all --edition cafe-12",
    ],
)
def test_put_right_it_leaves_after_all_and_the_matter_is_closed(
    broken: Apres, tools: Tools, which: str
) -> None:
    _composer(tools).broken_for = ""
    assert broken("todo").code == 1

    said = broken(f"dead requeue {which} --yes")
    waits = states(tools)["thank-you.anne"]
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    assert said.code == 0
    assert waits == "scheduled by_hand"
    assert "cafe-12.thank-you.anne" in sent(tools)
    assert broken("todo").code == 0


@pytest.mark.parametrize("which", ["--reason poison", "--step nudge", "--all --edition cafe-99"])
def test_what_does_not_match_stays(broken: Apres, tools: Tools, which: str) -> None:
    said = broken(f"dead requeue {which} --yes")

    assert (said.code, said.out.strip()) == (0, "No mail set aside matches.")
    assert states(tools)["thank-you.anne"] == "dead compose_failed"


def test_without_a_yes_nothing_moves(broken: Apres, tools: Tools) -> None:
    broken("dead requeue --all")

    assert states(tools)["thank-you.anne"] == "dead compose_failed"


def test_a_guard_still_stands_in_its_way(broken: Apres, tools: Tools) -> None:
    _composer(tools).broken_for = ""
    broken("suppress anne@example.org")

    broken("dead requeue --all --yes")
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    assert states(tools)["thank-you.anne"] == "skipped suppressed"
    assert "cafe-12.thank-you.anne" not in sent(tools)


def test_giving_up_is_for_good_and_told(broken: Apres, tools: Tools) -> None:
    broken("dead drop cafe-12.thank-you.anne --yes")

    assert states(tools)["thank-you.anne"] == "skipped by_hand"
    assert broken("dead list").code == 0
    assert "decided by hand" in " ".join(broken("why cafe-12 Anne").out.split())


def test_what_was_sent_cannot_be_sent_again(broken: Apres, tools: Tools) -> None:
    said = broken("dead requeue cafe-12.thank-you.bruno --yes")

    assert said.code == 2
    assert "is not set aside" in said.err
    assert broken("doubts cafe-12 cafe-12.thank-you.anne --again").code == 2


def test_one_says_which(broken: Apres) -> None:
    assert broken("dead requeue").code == 2
