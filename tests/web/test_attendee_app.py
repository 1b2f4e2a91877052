"""The way out of our mails: looking changes nothing, a button does, for good and at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sample import guest
from tests.services.office import office, opened, sent, states
from tests.web.attendee_site import SECRET, AttendeeSite, stop_path
from worker.domain.person import Presence
from worker.domain.sequence import Lane
from worker.domain.suppression import Cause
from worker.services import campaign, suppress
from worker.services.deliver import deliver_batch
from worker.services.tools import Tools
from worker.web.attendee_words import ENGLISH, FRENCH

ONE_CLICK = b"List-Unsubscribe=One-Click"
MULTIPART = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'


@pytest.fixture
def tools() -> Tools:
    """Anne and Bruno came; Carol came and reads English."""
    tools, here = office(), Presence.PRESENT
    opened(
        tools,
        guest("Anne", presence=here),
        guest("Bruno", presence=here),
        guest("Carol", presence=here, language="en"),
    )
    return tools


@pytest.fixture
def site(tools: Tools) -> Iterator[AttendeeSite]:
    with AttendeeSite(tools) as site:
        yield site


def stopped(tools: Tools, person: str = "anne") -> set[str]:
    """The scopes in which this person is suppressed."""
    print_of = f"print-{person}@example.org"
    fields = [f"{print_of}/{scope}" for scope in ("all", "purpose:invitations", "purpose:thanks")]
    return {field.partition("/")[2] for field in tools.store.standing(fields)}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_changes_nothing(site: AttendeeSite, tools: Tools, method: str) -> None:
    site.get(stop_path(), method)

    assert stopped(tools) == set()


def test_the_page_offers_a_button_for_this_kind_and_one_for_everything(site: AttendeeSite) -> None:
    page = site.get(stop_path())

    assert page.status == 200
    assert "Ne plus recevoir les invitations</button>" in page.text
    assert "Ne plus rien recevoir</button>" in page.text
    assert "Set-Cookie" not in page.headers
    assert "<script" not in page.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [(ONE_CLICK, "application/x-www-form-urlencoded"), (MULTIPART, "multipart/form-data; boundary=x")],
)
def test_one_click_stops_this_kind_without_a_redirect(
    site: AttendeeSite, tools: Tools, body: bytes, kind: str
) -> None:
    first, second = site.post(stop_path(), body, kind), site.post(stop_path(), body, kind)

    assert (first.status, second.status) == (200, 200)
    assert stopped(tools) == {"purpose:invitations"}


def test_everything_is_everything(site: AttendeeSite, tools: Tools) -> None:
    page = site.post(stop_path(), b"extent=everything")

    assert FRENCH.stopped_all in page.text
    assert stopped(tools) == {"all"}


def test_it_holds_before_the_next_hand_off(site: AttendeeSite, tools: Tools) -> None:
    campaign.arm(tools, "cafe-12")
    tools.store.leap()

    site.post(stop_path(purpose="thanks"), ONE_CLICK)
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    assert "cafe-12.thank-you.anne" not in sent(tools)
    assert states(tools)["thank-you.anne"] == "skipped suppressed"


def test_there_is_a_way_back(site: AttendeeSite, tools: Tools) -> None:
    site.post(stop_path(), ONE_CLICK)

    page = site.post(f"{stop_path()}/back")

    assert FRENCH.back_said in page.text
    assert stopped(tools) == set()


def test_the_way_back_lifts_nobody_elses_word(site: AttendeeSite, tools: Tools) -> None:
    suppress.suppress(tools, "anne@example.org", because="asked by telephone")

    site.post(f"{stop_path()}/back")

    [kept] = tools.store.standing(["print-anne@example.org/all"]).values()
    assert kept.cause is Cause.BY_HAND


@pytest.mark.parametrize(
    "path",
    [
        "/stop/cafe.invitations.anne.aaaaaaaaaaaaaaaaaaaaaaaaaa",
        stop_path(secret=b"another"),
        "/stop/x",
        "/elsewhere",
        "/stop/%00",
        "/stop/" + "a" * 5000,
    ],
)
def test_a_link_that_is_not_ours_leads_to_the_same_neutral_page(
    site: AttendeeSite, tools: Tools, path: str
) -> None:
    looked, pressed = site.get(path), site.post(path, ONE_CLICK)

    assert looked.status == 404
    assert looked.text == site.get("/stop/other").text
    assert pressed.status in {404, 405}
    assert stopped(tools) == set()


def test_an_old_link_works_after_the_key_has_changed(tools: Tools) -> None:
    with AttendeeSite(tools, (b"a newer secret", SECRET)) as site:
        site.post(stop_path(), ONE_CLICK)

    assert stopped(tools) == {"purpose:invitations"}


def test_somebody_we_hold_nothing_about_is_told_the_same(site: AttendeeSite) -> None:
    page = site.post(stop_path(person="zoe"), b"extent=everything")

    assert (page.status, "Zoe" in page.text) == (200, False)


def test_the_page_speaks_the_language_we_write_to_them(site: AttendeeSite) -> None:
    page = site.get(stop_path(person="carol"), **{"Accept-Language": "fr"})

    assert ENGLISH.stop_question in page.text
    assert '<html lang="en">' in page.text


def test_every_answer_forbids_scripts_frames_and_caching(site: AttendeeSite) -> None:
    for page in (site.get(stop_path()), site.get("/nowhere"), site.post(stop_path(), ONE_CLICK)):
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
