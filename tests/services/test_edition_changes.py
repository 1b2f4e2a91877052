"""A Café moves, is renamed or called off: everybody who holds an older state is told once, with the latest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.sample import PARIS, cafe, guest
from tests.services.incoming import answer, mailbox_of, office_with_mailbox
from tests.services.office import opened, sent, states, store_of
from worker.domain.answer import Stance
from worker.domain.change import Details
from worker.domain.delivery import Opening, Settlement
from worker.domain.edition import Meeting, Venue
from worker.domain.errors import Refused
from worker.domain.inbound import Why
from worker.domain.lifecycle import State
from worker.domain.reason import Reason
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.answer_sheet import answer_sheet
from worker.services.deliver import deliver_batch
from worker.services.edition_changes import call_off, change, from_file, invite_again, uninvite
from worker.services.invitations import Invitation, invitation
from worker.services.receive import receive
from worker.services.tend import watch
from worker.services.tools import Tools

ANNE, BRUNO = guest("Anne"), guest("Bruno")


def invited(tools: Tools) -> Invitation:
    return invitation(tools.store, "cafe-13")


def meeting(tools: Tools) -> Meeting:
    return invited(tools).meeting


def half_an_hour_later(tools: Tools) -> Details:
    return Details(start=meeting(tools).start + timedelta(minutes=30))


def deliver_what_is_due(tools: Tools) -> None:
    while sum(deliver_batch(tools, lane, go_on=lambda: True) for lane in Lane):
        pass


def a_day_passes(tools: Tools) -> None:
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    deliver_what_is_due(tools)


def armed() -> Tools:
    """Nobody has the invitation yet."""
    tools = office_with_mailbox()
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")
    return tools


def got(tools: Tools) -> list[str]:
    """What guests got; their organizers are asked who was there."""
    return sorted(key.partition(".")[2] for key in sent(tools) if not key.endswith(".paule"))


def stance_of(tools: Tools, person: str) -> Stance:
    return next(
        row.stance for row in answer_sheet(tools, invited(tools)).rows if row.guest.person.id == person
    )


@pytest.fixture
def tools() -> Tools:
    """Everybody has the invitation."""
    tools = armed()
    a_day_passes(tools)
    assert got(tools) == ["invitation.anne", "invitation.bruno"]
    return tools


def changes_sent(tools: Tools) -> list[str]:
    return [key for key in got(tools) if not key.startswith("invitation.")]


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


def test_an_update_never_overtakes_an_invitation_that_is_just_leaving() -> None:
    tools = armed()
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    lease = tools.limits.gate_lease
    claims = tools.store.claim(Lane.CAMPAIGN, token="slow", limit=1, lease=lease)
    tools.store.open_gate([Opening(claim, (), None) for claim in claims], lease=lease)
    [person] = (claim.key.person for claim in claims)

    change(tools, invited(tools), half_an_hour_later(tools))

    [update] = [r for r in tools.store.records("cafe-12") if r.key.step == "update-1"]
    assert (update.key.person, update.state) == (person, State.SCHEDULED)
    assert update.due == tools.store.now() + lease
    tools.store.settle([Settlement(claim, State.SENT, Reason.ACCEPTED) for claim in claims])
    assert states(tools)[f"update-1.{person}"].startswith("scheduled")


def test_an_invitation_that_is_greylisted_meanwhile_needs_no_update() -> None:
    tools = armed()
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    lease = tools.limits.gate_lease
    claims = tools.store.claim(Lane.CAMPAIGN, token="slow", limit=1, lease=lease)
    tools.store.open_gate([Opening(claim, (), None) for claim in claims], lease=lease)

    change(tools, invited(tools), half_an_hour_later(tools))
    later = tools.store.now() + timedelta(minutes=5)
    tools.store.settle(
        [Settlement(claim, State.DEFERRED, Reason.REFUSED_FOR_NOW, due=later) for claim in claims]
    )
    store_of(tools).set_clock(tools.store.now() + timedelta(hours=1))
    deliver_what_is_due(tools)
    campaign.reschedule(tools, "cafe-12")
    deliver_what_is_due(tools)

    assert got(tools) == ["invitation.anne", "invitation.bruno"]


def test_who_slips_through_the_gate_while_the_plan_is_drawn_is_told_all_the_same() -> None:
    tools = armed()
    store_of(tools).set_clock(tools.store.now() + timedelta(days=1))
    lease = tools.limits.gate_lease
    claims = tools.store.claim(Lane.CAMPAIGN, token="quick", limit=2, lease=lease)
    plan = tools.store.plan

    def meanwhile(*drawn: object, **why: object) -> int:
        tools.store.open_gate([Opening(claim, (), None) for claim in claims], lease=lease)
        tools.store.settle([Settlement(claim, State.SENT, Reason.ACCEPTED) for claim in claims])
        return plan(*drawn, **why)  # type: ignore[arg-type]

    store_of(tools).plan = meanwhile  # type: ignore[method-assign]
    change(tools, invited(tools), half_an_hour_later(tools))
    deliver_what_is_due(tools)

    assert changes_sent(tools) == ["update-1.anne", "update-1.bruno"]


def test_a_change_that_was_kept_but_not_planned_is_found_by_the_chore(tools: Tools) -> None:
    edition = tools.store.edition("cafe-12")
    assert edition is not None
    later = replace(meeting(tools), start=meeting(tools).start + timedelta(minutes=30))

    tools.store.save_edition(from_file(tools, replace(edition, next=later)))
    watch(tools)
    deliver_what_is_due(tools)

    assert changes_sent(tools) == ["update-1.anne", "update-1.bruno"]


def test_a_yes_to_the_old_hour_is_older_and_a_new_one_counts(tools: Tools) -> None:
    mailbox_of(tools).put(answer("anne"))
    receive(tools)
    change(tools, invited(tools), half_an_hour_later(tools))
    deliver_what_is_due(tools)

    mailbox_of(tools).put(answer("anne", sequence=1))
    receive(tools)

    assert [a.sequence for a in tools.store.answers("cafe-13", ["anne"])] == [0, 1]
    assert states(tools)["update-1.anne"] == "sent accepted"


def test_the_file_of_an_edition_is_a_change_like_any_other(tools: Tools) -> None:
    edition = tools.store.edition("cafe-12")
    assert edition is not None
    assert from_file(tools, edition) == edition

    moved = replace(cafe(12), next=replace(meeting(tools), start=meeting(tools).start + timedelta(hours=1)))
    kept = from_file(tools, moved)

    assert kept.next is not None
    assert (kept.next.revision, kept.next.version) == (1, 1)
    call_off(tools, invited(tools))
    assert from_file(tools, moved).next == meeting(tools)


def test_the_edition_that_was_moved_follows_when_it_is_known_itself(tools: Tools) -> None:
    tools.store.save_edition(cafe(13))

    change(tools, invited(tools), half_an_hour_later(tools))

    own = tools.store.edition("cafe-13")
    assert own is not None
    assert own.meeting.start == meeting(tools).start


def test_what_would_change_nothing_or_lies_in_the_past_is_refused(tools: Tools) -> None:
    with pytest.raises(Refused, match="is so already"):
        change(tools, invited(tools), Details(title=meeting(tools).title))
    with pytest.raises(Refused, match="must begin in the future"):
        change(tools, invited(tools), Details(start=cafe(12).meeting.start.replace(tzinfo=PARIS)))

    begun = invited(tools)
    store_of(tools).set_clock(begun.meeting.start)
    with pytest.raises(Refused, match="has begun"):
        uninvite(tools, begun, "anne")
