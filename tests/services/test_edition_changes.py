"""A Café moves, is renamed or called off: everybody who holds an older state is told once, with the latest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.edition_changes import (
    a_day_passes,
    armed,
    changes_sent,
    deliver_what_is_due,
    everybody_invited,
    got,
    half_an_hour_later,
    invited,
    meeting,
)
from tests.services.incoming import answer, mailbox_of
from tests.services.office import states
from worker.domain.change import Details
from worker.domain.edition import Venue
from worker.domain.errors import Refused
from worker.services import campaign
from worker.services.edition_changes import call_off, change
from worker.services.receive import receive
from worker.services.tools import Tools


@pytest.fixture
def tools() -> Tools:
    return everybody_invited()


def test_a_move_tells_everybody_once_and_asks_again(tools: Tools) -> None:
    change(tools, invited(tools), half_an_hour_later(tools))
    deliver_what_is_due(tools)
    campaign.reschedule(tools, "cafe-12")
    deliver_what_is_due(tools)

    assert meeting(tools).revision == 1
    assert meeting(tools).end - meeting(tools).start == timedelta(minutes=90)
    assert changes_sent(tools) == ["update-1.anne", "update-1.bruno"]


def test_who_declined_is_not_told_of_a_move_but_of_the_end(tools: Tools) -> None:
    mailbox_of(tools).put(answer("anne", "DECLINED"))
    receive(tools)

    change(tools, invited(tools), half_an_hour_later(tools))
    deliver_what_is_due(tools)
    assert changes_sent(tools) == ["update-1.bruno"]
    assert states(tools)["update-1.anne"] == "skipped declined"

    call_off(tools, invited(tools))
    deliver_what_is_due(tools)
    assert changes_sent(tools) == ["cancel-2.anne", "cancel-2.bruno", "update-1.bruno"]


def test_whose_invitation_has_not_left_gets_it_with_the_new_hour_and_nothing_else() -> None:
    tools = armed()

    change(tools, invited(tools), half_an_hour_later(tools))
    change(tools, invited(tools), half_an_hour_later(tools))
    a_day_passes(tools)

    assert got(tools) == ["invitation.anne", "invitation.bruno"]
    assert {r.version for r in tools.store.records("cafe-12") if r.key.step == "invitation"} == {2}


def test_two_moves_in_a_row_are_one_mail_with_the_latest(tools: Tools) -> None:
    change(tools, invited(tools), half_an_hour_later(tools))
    change(tools, invited(tools), half_an_hour_later(tools))
    deliver_what_is_due(tools)

    assert changes_sent(tools) == ["update-2.anne", "update-2.bruno"]
    assert states(tools)["update-1.anne"] == "skipped superseded"


def test_a_move_taken_back_before_it_was_told_is_told_as_nothing_lost(tools: Tools) -> None:
    first = meeting(tools).start
    change(tools, invited(tools), half_an_hour_later(tools))
    deliver_what_is_due(tools)

    change(tools, invited(tools), Details(start=first))
    deliver_what_is_due(tools)

    assert meeting(tools).revision == 2
    assert changes_sent(tools) == ["update-1.anne", "update-1.bruno", "update-2.anne", "update-2.bruno"]


def test_another_title_or_room_keeps_the_answers(tools: Tools) -> None:
    venue = meeting(tools).venue

    change(tools, invited(tools), Details(title="Oser demander", venue=Venue("Salle B", venue.address)))
    deliver_what_is_due(tools)

    assert (meeting(tools).revision, meeting(tools).version) == (0, 1)
    assert changes_sent(tools) == ["update-1.anne", "update-1.bruno"]


def test_a_cancelled_cafe_invites_nobody_any_more_and_is_not_moved_again() -> None:
    tools = armed()

    call_off(tools, invited(tools))
    a_day_passes(tools)

    assert got(tools) == []
    assert states(tools)["invitation.anne"] == "skipped called_off"
    with pytest.raises(Refused, match="was called off"):
        change(tools, invited(tools), Details(title="Quand même"))
