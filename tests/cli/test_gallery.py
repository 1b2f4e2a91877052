"""The gallery of a preview."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from tests.sample import cafe, guest
from tests.sample_mails import invitation
from worker.cli.gallery import gallery
from worker.domain.message import Envelope, Letter, MessageKey
from worker.domain.plan import Wanted
from worker.services.preview import Sample

KEY = MessageKey("cafe-12", "invitation", "k7f3")
WANTED = Wanted(KEY, due=datetime(2026, 12, 9, 8, 0, tzinfo=UTC))


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> str:
    """One invitation, in French."""
    monkeypatch.setenv("APRES_LANGUAGE", "fr")
    letter = Letter(KEY, Envelope("bounce@example.org", "zoe@example.org"), (invitation().as_bytes(),))
    return gallery(cafe(12), [Sample(WANTED, guest("Zoé"), letter)]).replace("\u00a0", " ")


def test_each_mail_tells_when_to_whom_and_what(page: str) -> None:
    assert "mercredi 9 décembre à 9 h" in page
    assert "Zoé Lambert &lt;zoe@example.org&gt;" in page
    assert 'href="cafe-12.invitation.k7f3.eml"' in page


def test_the_calendar_card_tells_what_a_calendar_will_show(page: str) -> None:
    assert "jeudi 10 décembre à 8 h 30 – jeudi 10 décembre à 10 h" in page
    assert "UID cafe-2.k7f3@example.org" in page


def test_a_mail_stands_in_a_frame_where_nothing_runs(page: str) -> None:
    [frame] = re.findall(r"<iframe ([^>]*)></iframe>", page)

    assert frame.startswith("sandbox ")
    assert "<p>Merci <b>Ana</b>" in unescape(frame)
    assert "<script" not in page


def test_a_mail_that_cannot_be_made_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APRES_LANGUAGE", "en")

    page = gallery(cafe(12), [Sample(WANTED, guest("Zoé"), None, "line 3: no such word")])

    assert "cannot be composed: line 3: no such word" in page
