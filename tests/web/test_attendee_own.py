"""A person's own page: everything we hold, a switch for each kind of mail, and nobody else's data."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.sample import guest
from tests.services.office import office, opened
from tests.web.attendee_site import SECRET, AttendeeSite, stop_path
from worker.domain.person import Presence
from worker.mail.tokens import Use, signed
from worker.services import campaign, suppress
from worker.services.tools import Tools
from worker.web.attendee_words import FRENCH


def path(person: str = "anne", secret: bytes = SECRET) -> str:
    return f"/me/{signed(Use.PAGE, person, (secret,))}"


@pytest.fixture
def tools() -> Tools:
    """Anne came, Bruno too; the campaign is armed."""
    tools = office()
    opened(tools, *(guest(name, presence=Presence.PRESENT) for name in ("Anne", "Bruno")))
    campaign.arm(tools, "cafe-12")
    return tools


@pytest.fixture
def site(tools: Tools) -> Iterator[AttendeeSite]:
    with AttendeeSite(tools) as site:
        yield site


def refused(tools: Tools) -> set[str]:
    fields = [
        f"print-anne@example.org/{scope}"
        for scope in ("all", "purpose:thanks", "purpose:invitations", "purpose:introductions")
    ]
    return {field.partition("/")[2] for field in tools.store.standing(fields)}


def test_it_shows_what_we_hold_and_about_nobody_else(site: AttendeeSite) -> None:
    page = site.get(path())

    assert page.status == 200
    assert "anne@example.org" in page.text
    assert FRENCH.presence["present"] in page.text
    assert "Bruno" not in page.text


def test_one_kind_is_switched_off_and_on_again(site: AttendeeSite, tools: Tools) -> None:
    off = site.post(path(), b"purpose=invitations&wish=refuse")
    assert "Vous ne recevez pas les invitations." in off.text
    assert refused(tools) == {"purpose:invitations"}

    on = site.post(path(), b"purpose=invitations&wish=allow")

    assert "Vous recevez les invitations." in on.text
    assert refused(tools) == set()


def test_allowing_one_kind_after_everything_keeps_the_others_off(site: AttendeeSite, tools: Tools) -> None:
    site.post(stop_path(), b"extent=everything")
    assert refused(tools) == {"all"}

    site.post(path(), b"purpose=thanks&wish=allow")

    assert refused(tools) == {"purpose:invitations", "purpose:introductions"}


def test_what_an_organizer_noted_is_not_theirs_to_lift_by_a_link(site: AttendeeSite, tools: Tools) -> None:
    suppress.suppress(tools, "anne@example.org", scope="purpose:thanks")

    site.post(path(), b"purpose=thanks&wish=allow")

    assert refused(tools) == {"purpose:thanks"}


@pytest.mark.parametrize("body", [b"", b"purpose=organizers&wish=refuse", b"purpose=thanks&wish=dance"])
def test_anything_else_changes_nothing(site: AttendeeSite, tools: Tools, body: bytes) -> None:
    answer = site.post(path(), body)

    assert answer.status == 200
    assert refused(tools) == set()


def test_everything_can_be_taken_along(site: AttendeeSite) -> None:
    answer = site.get(f"{path()}/data.json")

    taken = json.loads(answer.text)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert taken["person"]["address"] == "anne@example.org"
    assert {message["key"] for message in taken["editions"][0]["messages"]} >= {"cafe-12.thank-you.anne"}
    assert "bruno" not in answer.text


@pytest.mark.parametrize("link", [path(secret=b"another"), path("nobody"), "/me/x", f"/me/{'a' * 3000}"])
@pytest.mark.parametrize("suffix", ["", "/data.json"])
def test_a_link_that_is_nobodys_leads_to_the_neutral_page(site: AttendeeSite, link: str, suffix: str) -> None:
    answer = site.get(link + suffix)

    assert (answer.status, answer.text) == (404, site.get("/nowhere").text)
