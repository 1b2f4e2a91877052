"""Who is told of a change: whoever holds an older state; a mail of it that nobody needs any more says why it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.sample import cafe, guest
from worker.domain.audience import Circumstances
from worker.domain.changes_told import UPDATE, Told, changes_to_tell, step_name
from worker.domain.edition import Edition, Version
from worker.domain.message import MessageKey
from worker.domain.person import Guest
from worker.domain.plan import Decision, Unwanted
from worker.domain.reason import Reason

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ANA = guest("Ana")
WAITING = MessageKey("cafe-12", step_name(UPDATE, 1), "ana")


def moved() -> Edition:
    """Edition 12, whose next meeting has changed once."""
    edition = cafe(12)
    assert edition.next is not None
    was = edition.next
    past = (Version(was.title, was.start, was.end, was.venue, was.revision, NOW),)
    return replace(edition, next=replace(was, past=past))


def decisions(told: Told, *guests: Guest) -> list[Decision]:
    """What is to be told to these guests."""
    edition = moved()
    people = {one.person.id: one for one in guests}
    return list(changes_to_tell(edition, people, told, Circumstances(edition), NOW + timedelta(hours=1)))


def test_whoever_holds_an_older_state_is_told_once() -> None:
    [told] = decisions(Told(held={ANA.person.id: 0}, outdated=(WAITING,)), ANA)

    assert told.key == WAITING
    assert not isinstance(told, Unwanted)


def test_a_mail_of_a_change_is_superseded_when_the_older_invitation_came_back_and_will_be_new() -> None:
    assert decisions(Told(outdated=(WAITING,)), ANA) == [Unwanted(WAITING, Reason.SUPERSEDED)]


def test_nothing_is_decided_here_about_whoever_left_the_list() -> None:
    assert decisions(Told(outdated=(WAITING,))) == []
