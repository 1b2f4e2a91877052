"""`apres edition`: what changes is read before it is, and says how many are told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cli.conftest import Apres
from tests.services.office import states, store_of
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.invitations import invitation
from worker.services.tools import Tools


@pytest.fixture
def tools(tools: Tools) -> Tools:
    """Everybody has the invitation to number 13."""
    campaign.arm(tools, "cafe-12")
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    while deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True):
        pass
    return tools


def start(tools: Tools) -> str:
    return f"{invitation(tools.store, 'cafe-13').meeting.start:%Y-%m-%d %H:%M}"


def test_a_move_is_shown_and_told(apres: Apres, tools: Tools) -> None:
    said = apres("edition move cafe-13 --start 09:00 --yes")

    assert (said.code, start(tools)) == (0, "2027-01-12 09:00")
    assert "Everybody is told, and asked again." in said.out
    assert "Noted: 4 mails to tell people" in said.out


def test_without_a_yes_nothing_moves(apres: Apres, tools: Tools) -> None:
    before = start(tools)

    assert apres("edition move cafe-13 --start 2027-01-13 9h30").code in {0, 2}
    assert start(tools) == before


@pytest.mark.parametrize("hour", ["morning", "25:00", "2027-02-30 09:00", "2027-03-28 02:30"])
def test_an_hour_that_there_is_not_is_refused(apres: Apres, tools: Tools, hour: str) -> None:
    said = apres(f'edition move cafe-13 --start "{hour}" --yes')

    assert (said.code, said.err != "") == (2, True)


def test_another_room_asks_nobody_again(apres: Apres, tools: Tools) -> None:
    said = apres('edition update cafe-13 --venue "Salle B" --yes')

    assert "asked again" not in said.out
    assert invitation(tools.store, "cafe-13").meeting.venue.name == "Salle B"
    assert apres('edition update cafe-13 --venue "Salle B" --yes').code == 2


def test_a_cafe_is_called_off_for_all_or_for_one(apres: Apres, tools: Tools) -> None:
    assert apres("edition cancel cafe-13 --for Anne --yes").code == 0
    assert states(tools)["uninvite.anne"].startswith("scheduled")

    assert apres("edition cancel cafe-13 --yes").code == 0
    assert states(tools)["cancel-1.bruno"].startswith("scheduled")
