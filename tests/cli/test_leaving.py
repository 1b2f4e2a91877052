"""A pause that comes while mails leave: who got theirs is named, and about whom nobody knows yet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cli.conftest import Apres
from tests.services.office import store_of
from worker.cli import leaving
from worker.domain.delivery import Claim, Opening, Settlement
from worker.domain.lifecycle import State
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.services.tools import Tools

HOUR = timedelta(hours=1)


def two_past_their_gate(apres: Apres, tools: Tools) -> tuple[Claim, ...]:
    """Armed, and the first two thank-yous have passed their gate."""
    apres("arm cafe-12 --yes")
    store_of(tools).set_clock(tools.store.next_due(Lane.CAMPAIGN))
    claims = tools.store.claim(Lane.CAMPAIGN, token="t1", limit=2, lease=HOUR)
    tools.store.open_gate([Opening(claim, (), None) for claim in claims], lease=HOUR)
    return claims


def test_an_unanswered_mail_is_named_as_possibly_leaving(
    apres: Apres, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_past_their_gate(apres, tools)
    monkeypatch.setattr(leaving, "PATIENCE", 0.0)

    said = apres("pause cafe-12")

    assert "May still be leaving (the relay has not answered):" in said.out
    assert "Anne" in said.out
    assert "Had left already" not in said.out


def test_a_pause_waits_for_the_answer(apres: Apres, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = two_past_their_gate(apres, tools)
    monkeypatch.setattr(leaving, "PATIENCE", 60.0)
    answered = [Settlement(claim, State.SENT, Reason.ACCEPTED) for claim in (first, second)]
    monkeypatch.setattr("worker.cli.leaving.time.sleep", lambda _seconds: tools.store.settle(answered))

    said = apres("pause cafe-12")

    assert "Had left already:" in said.out
    assert "May still be leaving" not in said.out
