"""The page behind the question: it shows one side only, and nothing happens before a button is pressed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.dialogues import DAY, asked, later
from tests.services.office import states
from tests.web.attendee_site import SECRET, AttendeeSite
from worker.domain.dialogue import Said
from worker.mail.tokens import Use, introduction_token, signed
from worker.services.dialogue import answer
from worker.services.tools import Tools


@pytest.fixture
def tools() -> Tools:
    """Anne and Bruno have been asked about each other."""
    known, _ = asked("Anne", "Bruno")
    return known


@pytest.fixture
def site(tools: Tools) -> Iterator[AttendeeSite]:
    with AttendeeSite(tools) as pages:
        yield pages


def path(person: str = "anne", edition: str = "cafe-12") -> str:
    return f"/introduction/{introduction_token(edition, person, (SECRET,))}"


def test_looking_changes_nothing_and_names_nobody(site: AttendeeSite, tools: Tools) -> None:
    page = site.get(path())

    assert page.status == 200
    assert "Bruno" not in page.text
    assert "bruno" not in page.text
    assert 'method="post"' in page.text
    assert tools.store.voices("cafe-12")["anne"].said == {}


def test_a_yes_and_a_yes_make_it(site: AttendeeSite, tools: Tools) -> None:
    first = site.post(path(), b"answer=yes&number=1")
    assert "Vous avez dit oui" in first.text
    site.post(path("bruno"), b"answer=yes&number=1")

    assert states(tools)["introduced-1.anne"].startswith("scheduled")


def test_the_page_of_one_side_is_the_same_whatever_the_other_said(site: AttendeeSite, tools: Tools) -> None:
    silent = site.get(path()).text

    answer(tools, "cafe-12", "bruno", Said.NO)
    refused = site.get(path()).text
    answer(tools, "cafe-12", "bruno", Said.YES)

    assert silent == refused == site.get(path()).text


def test_what_nobody_asked_is_not_kept(site: AttendeeSite, tools: Tools) -> None:
    for body in (
        b"answer=yes&number=9",
        b"answer=perhaps&number=1",
        b"answer=yes",
        b"met=yes",
        b"wish=all",
        b"\xff",
    ):
        assert site.post(path(), body).status == 200

    assert tools.store.voices("cafe-12")["anne"].said == {}
    assert tools.store.voices("cafe-12")["anne"].met is None


def test_a_token_of_another_use_or_hand_leads_nowhere(site: AttendeeSite) -> None:
    forged = path()[:-1] + ("a" if path()[-1] != "a" else "b")
    other = f"/introduction/{signed(Use.PAGE, 'cafe-12.anne', (SECRET,))}"

    answers = [site.get(one) for one in (forged, other, path("nobody"), path(edition="cafe-99"))]

    assert {page.status for page in answers} == {404}
    assert len({page.text for page in answers}) == 1


def test_after_the_last_day_there_is_no_button_for_it(site: AttendeeSite, tools: Tools) -> None:
    later(tools, 8 * DAY)

    page = site.get(path())

    assert "n’attend plus de réponse" in page.text
    assert 'name="answer"' not in page.text


def test_a_break_is_one_button_and_so_is_the_way_back(site: AttendeeSite, tools: Tools) -> None:
    assert "sont en pause" in site.post(path(), b"wish=rest").text
    assert tools.store.rests("cafe", ["anne"])["anne"].since is not None

    assert "Mettre en pause" in site.post(path(), b"wish=back").text
    assert tools.store.rests("cafe", ["anne"])["anne"].since is None


def test_names_are_thanked_for_whether_they_were_there_or_not(site: AttendeeSite, tools: Tools) -> None:
    there = site.post(path(), b"names=Bruno").text
    nobody = site.post(path(), b"names=Wolfgang").text

    assert there == nobody
    assert tools.store.wishes(["cafe-12"]) == {("anne", "bruno")}
