"""An answer on a page: looking never answers, a button does, and the calendar's later word still counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.sample import guest
from tests.services.office import office, opened, states
from tests.web.attendee_site import SECRET, AttendeeSite, rsvp_path, stop_path
from worker.domain.answer import Answer, Partstat, in_force
from worker.domain.change import Details
from worker.domain.person import Presence
from worker.mail.tokens import Use, signed
from worker.services import campaign, edition_changes
from worker.services.invitations import invitation
from worker.services.tools import Tools
from worker.web.attendee_words import attendee_words
from worker.web.rsvp_words import ENGLISH, FRENCH


@pytest.fixture
def tools() -> Tools:
    """Anne came; Carol reads English. The campaign is armed."""
    tools = office()
    opened(tools, guest("Anne", presence=Presence.PRESENT), guest("Carol", language="en"))
    campaign.arm(tools, "cafe-12")
    return tools


@pytest.fixture
def site(tools: Tools) -> Iterator[AttendeeSite]:
    with AttendeeSite(tools) as site:
        yield site


def answers(tools: Tools) -> dict[str, Partstat]:
    return {who: said.partstat for who, said in in_force(tools.store.answers("cafe-13")).items()}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_answers_nothing(site: AttendeeSite, tools: Tools, method: str) -> None:
    site.get(rsvp_path(), method)
    site.get(f"{rsvp_path()}?answer=yes", method)

    assert answers(tools) == {}


def test_the_page_tells_when_and_where_and_offers_three_buttons(site: AttendeeSite) -> None:
    page = site.get(rsvp_path())

    assert page.status == 200
    assert "janvier 2027" in page.text
    assert "4 place des Victoires" in page.text
    assert page.text.count('<button type="submit" name="answer"') == 3
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize(
    ("pressed", "said"),
    [("yes", Partstat.ACCEPTED), ("maybe", Partstat.TENTATIVE), ("no", Partstat.DECLINED)],
)
def test_a_button_is_an_answer(site: AttendeeSite, tools: Tools, pressed: str, said: Partstat) -> None:
    page = site.post(rsvp_path(), f"answer={pressed}".encode())

    assert answers(tools) == {"anne": said}
    assert attendee_words("fr").rsvp.said[said] in page.text


def test_the_same_button_twice_is_one_answer(site: AttendeeSite, tools: Tools) -> None:
    site.post(rsvp_path(), b"answer=yes")
    site.post(rsvp_path(), b"answer=yes")

    assert len(tools.store.answers("cafe-13")) == 1


@pytest.mark.parametrize("body", [b"", b"answer=", b"answer=perhaps", b"answer=delegated", b"other=yes"])
def test_any_other_word_answers_nothing(site: AttendeeSite, tools: Tools, body: bytes) -> None:
    assert site.post(rsvp_path(), body).status == 200
    assert answers(tools) == {}


def test_a_change_of_mind_counts_and_so_does_a_later_calendar(site: AttendeeSite, tools: Tools) -> None:
    site.post(rsvp_path(), b"answer=yes")
    site.post(rsvp_path(), b"answer=no")
    assert answers(tools) == {"anne": Partstat.DECLINED}

    later = tools.store.now() + timedelta(seconds=1)
    tools.store.record_answer(Answer("cafe-13", "anne", Partstat.ACCEPTED, 0, later, later, "calendar-1"))

    assert answers(tools) == {"anne": Partstat.ACCEPTED}
    assert "vous venez" in site.get(rsvp_path()).text


def test_who_answered_before_the_date_moved_is_asked_again(site: AttendeeSite, tools: Tools) -> None:
    site.post(rsvp_path(), b"answer=yes")
    invited = invitation(tools.store, "cafe-13")
    moved = Details(
        title=invited.meeting.title,
        venue=invited.meeting.venue,
        start=invited.meeting.start + timedelta(hours=1),
    )
    edition_changes.change(tools, invited, moved)

    page = site.get(rsvp_path())

    assert "ont changé depuis votre réponse" in page.text
    site.post(rsvp_path(), b"answer=yes")
    assert in_force(tools.store.answers("cafe-13"))["anne"].sequence == 1


def test_an_answer_after_the_beginning_changes_nothing(site: AttendeeSite, tools: Tools) -> None:
    edition = tools.store.edition("cafe-12")
    assert edition is not None
    assert edition.next is not None
    begun = replace(edition.next, start=tools.store.now(), end=tools.store.now() + timedelta(hours=1))
    tools.store.save_edition(replace(edition, next=begun))

    page = site.post(rsvp_path(), b"answer=yes")

    assert answers(tools) == {}
    assert FRENCH.over in page.text
    assert "<button" not in page.text


def test_who_is_no_longer_invited_cannot_answer(site: AttendeeSite, tools: Tools) -> None:
    tools.store.uninvite("cafe-12", "anne", tools.store.now())

    site.post(rsvp_path(), b"answer=yes")

    assert answers(tools) == {}


def test_it_speaks_the_language_we_write(site: AttendeeSite) -> None:
    assert ENGLISH.question in site.get(rsvp_path("carol")).text


@pytest.mark.parametrize(
    "path",
    [
        rsvp_path(secret=b"another"),
        rsvp_path("nobody"),
        f"/rsvp/{signed(Use.PAGE, 'cafe-12.anne', (SECRET,))}",
        f"/rsvp/{signed(Use.ANSWER, 'anne', (SECRET,))}",
        f"/rsvp/{stop_path().rpartition('/')[2]}",
        "/rsvp/x",
    ],
)
def test_a_foreign_link_leads_to_the_neutral_page(site: AttendeeSite, tools: Tools, path: str) -> None:
    looked, pressed = site.get(path), site.post(path, b"answer=yes")

    assert (looked.status, pressed.status) == (404, 404)
    assert looked.text == site.get("/elsewhere").text
    assert answers(tools) == {}


def test_no_further_invitation_waits_for_who_said_no(site: AttendeeSite, tools: Tools) -> None:
    before = states(tools)

    site.post(rsvp_path(), b"answer=no")

    assert states(tools).keys() == before.keys()
