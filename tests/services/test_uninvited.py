"""One person is expected no more, or again: they are told once, and nobody else is."""

from __future__ import annotations

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
)
from tests.services.incoming import answer, mailbox_of
from tests.services.office import states
from worker.domain.answer import Stance
from worker.domain.change import Details
from worker.domain.errors import Refused
from worker.domain.inbound import Why
from worker.services.answer_sheet import answer_sheet
from worker.services.edition_changes import call_off, change, invite_again, uninvite
from worker.services.receive import receive
from worker.services.tend import watch
from worker.services.tools import Tools


def stance_of(tools: Tools, person: str) -> Stance:
    return next(
        row.stance for row in answer_sheet(tools, invited(tools)).rows if row.guest.person.id == person
    )


@pytest.fixture
def tools() -> Tools:
    return everybody_invited()


def test_one_person_is_uninvited_and_nobody_else(tools: Tools) -> None:
    uninvite(tools, invited(tools), "anne")
    deliver_what_is_due(tools)
    change(tools, invited(tools), half_an_hour_later(tools))
    deliver_what_is_due(tools)
    call_off(tools, invited(tools))
    deliver_what_is_due(tools)

    assert changes_sent(tools) == ["cancel-2.bruno", "uninvite.anne", "update-1.bruno"]


def test_who_is_uninvited_before_their_invitation_left_hears_nothing() -> None:
    tools = armed()

    uninvite(tools, invited(tools), "anne")
    a_day_passes(tools)

    assert got(tools) == ["invitation.bruno"]
    assert states(tools)["invitation.anne"] == "skipped uninvited"


def test_who_is_invited_again_gets_a_new_invitation_and_is_asked_anew(tools: Tools) -> None:
    mailbox_of(tools).put(answer("anne"))
    receive(tools)
    uninvite(tools, invited(tools), "anne")
    deliver_what_is_due(tools)
    invite_again(tools, invited(tools), "anne")
    deliver_what_is_due(tools)
    assert changes_sent(tools) == ["reinvite-1.anne", "uninvite.anne"]
    assert stance_of(tools, "anne") is Stance.NONE

    mailbox_of(tools).put(answer("anne", "ACCEPTED", stamp="20261209T100000Z"))
    mailbox_of(tools).put(
        answer("anne", "DECLINED", stamp="20261209T110000Z", uid="cafe-13.anne.1@cafe.example.org")
    )
    receive(tools)

    assert [one.why for one in tools.store.kept_aside()] == [Why.TAKEN_BACK]
    assert stance_of(tools, "anne") is Stance.NO


def test_who_is_invited_again_follows_every_later_change_once(tools: Tools) -> None:
    uninvite(tools, invited(tools), "anne")
    deliver_what_is_due(tools)
    change(tools, invited(tools), half_an_hour_later(tools))
    deliver_what_is_due(tools)
    invite_again(tools, invited(tools), "anne")
    for _ in range(2):
        deliver_what_is_due(tools)
        watch(tools)
    change(tools, invited(tools), Details(title="Autrement"))
    deliver_what_is_due(tools)
    uninvite(tools, invited(tools), "anne")
    deliver_what_is_due(tools)
    invite_again(tools, invited(tools), "anne")
    deliver_what_is_due(tools)

    assert [key for key in changes_sent(tools) if key.endswith("anne")] == [
        "reinvite-1.anne",
        "reinvite-2.anne",
        "uninvite-1.anne",
        "uninvite.anne",
        "update-2.anne",
    ]


def test_who_was_not_told_yet_simply_stays_invited(tools: Tools) -> None:
    uninvite(tools, invited(tools), "anne")
    invite_again(tools, invited(tools), "anne")
    deliver_what_is_due(tools)
    assert changes_sent(tools) == []

    with pytest.raises(Refused, match="is invited to cafe-13 already"):
        invite_again(tools, invited(tools), "anne")


def test_who_was_uninvited_before_their_invitation_left_gets_it_after_all() -> None:
    tools = armed()
    uninvite(tools, invited(tools), "anne")
    invite_again(tools, invited(tools), "anne")
    a_day_passes(tools)

    assert got(tools) == ["invitation.anne", "invitation.bruno"]
