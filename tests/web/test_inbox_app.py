"""The inbox pages, asked over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.local_inbox import LocalInbox
from tests.sample_mails import INVITE, invitation, plain_mail
from worker.web.inbox_search import PAGE
from worker.web.inbox_sentences import ENGLISH, FRENCH, words_for


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalInbox]:
    with LocalInbox(tmp_path_factory.mktemp("data")) as inbox:
        yield inbox


@pytest.fixture
def inbox(served: LocalInbox) -> LocalInbox:
    served.empty()
    return served


def newest(inbox: LocalInbox) -> str:
    """The address of the newest mail's page."""
    return f"/mails/{inbox.mails.everything()[0].name}"


def test_an_empty_inbox_says_so(inbox: LocalInbox) -> None:
    page = inbox.get("/")

    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert FRENCH.nothing_yet in page.text


def test_the_list_shows_date_person_subject_and_calendar(inbox: LocalInbox) -> None:
    inbox.hand_over(invitation(), "zoe@example.org")

    page = inbox.get("/").text

    assert ">mar. 24 nov. 11:30</time>" in page
    assert ">Zoé Lambert</a>" in page
    assert ">Notre prochain Café</a>" in page
    assert "Invitation</span>" in page


@pytest.mark.parametrize("query", ["q=zoe", "q=ZO%C3%89+cafe", "q=zoe%40example.org", "to=zoe%40example.org"])
def test_a_person_is_found_by_name_word_or_address(inbox: LocalInbox, query: str) -> None:
    inbox.hand_over(plain_mail(), "ana@example.org")
    inbox.hand_over(invitation(), "zoe@example.org")

    found = json.loads(inbox.get(f"/api/mails?{query}").text)

    assert [mail["delivered_to"] for mail in found] == ["zoe@example.org"]


def test_the_api_lists_envelope_headers_and_moments(inbox: LocalInbox) -> None:
    inbox.hand_over(invitation(), "zoe@example.org")

    (mail,) = json.loads(inbox.get("/api/mails").text)

    assert mail["return_path"] == "bounces@example.org"
    assert mail["message_id"] == "<cafe-2.invitation.k7f3@example.org>"
    assert (mail["date"], mail["method"]) == ("2026-11-24T10:30:00+00:00", "REQUEST")
    assert "words" not in mail


def test_a_long_list_is_turned_page_by_page(inbox: LocalInbox) -> None:
    for number in range(PAGE + 1):
        inbox.maildir.keep(f"Delivered-To: ana@example.org\r\nSubject: mail-{number}.\r\n\r\n".encode())

    first, second = inbox.get("/?q=mail").text, inbox.get("/?q=mail&page=2").text

    assert "mail-0." not in first
    assert 'href="/?q=mail&amp;page=2"' in first
    assert "mail-0." in second
    assert "mail-1." not in second


def test_the_page_of_an_invitation_has_its_calendar_card(inbox: LocalInbox) -> None:
    inbox.hand_over(invitation(), "zoe@example.org")

    page = inbox.get(newest(inbox)).text.replace("\u00a0", " ").replace("\u202f", " ")

    assert "Café n° 2 : la marque personnelle" in page
    assert "jeudi 10 décembre 2026, de 8 h 30 à 10 h" in page
    assert "Brasserie du Parc, 4 rue Inventée, Paris" in page
    assert "Zoé Lambert &lt;zoe@example.org&gt;" in page


def test_the_ics_comes_back_as_it_was_sent_and_as_a_calendar(inbox: LocalInbox) -> None:
    inbox.hand_over(invitation(), "zoe@example.org")

    answer = inbox.get(f"{newest(inbox)}/invite.ics")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=REQUEST"
    assert answer.text == INVITE


def test_the_html_of_a_mail_can_do_nothing(inbox: LocalInbox) -> None:
    inbox.hand_over(plain_mail())

    page, html = inbox.get(newest(inbox)), inbox.get(f"{newest(inbox)}/html")

    assert f'sandbox src="{newest(inbox)}/html"' in page.text
    assert "alert(1)" not in page.text
    policy = html.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;")


def test_text_source_and_eml_are_what_was_received(inbox: LocalInbox) -> None:
    inbox.hand_over(plain_mail())
    kept = inbox.maildir.read(inbox.mails.everything()[0].name)

    text, source, eml = (inbox.get(newest(inbox) + end) for end in ("/text", "/source", ".eml"))

    assert text.text.startswith("Bonjour Ana,")
    assert (source.body, source.headers["Content-Type"]) == (kept, "text/plain; charset=utf-8")
    assert (eml.body, eml.headers["Content-Type"]) == (kept, "message/rfc822")


def test_views_and_widths_are_plain_links(inbox: LocalInbox) -> None:
    inbox.hand_over(plain_mail())

    narrow, text = inbox.get(f"{newest(inbox)}?width=360"), inbox.get(f"{newest(inbox)}?view=text")

    assert '<iframe class="w360"' in narrow.text
    assert f'href="{newest(inbox)}?view=html&amp;width=600"' in narrow.text
    assert "Merci d’être venue hier." in text.text
    assert "<iframe" not in text.text


def test_a_mail_cannot_write_into_the_page(inbox: LocalInbox) -> None:
    inbox.hand_over(
        plain_mail('"<b>x</b>" <ana@example.org>', "<script>alert(2)</script>"), "ana@example.org"
    )

    for page in (inbox.get("/?q=<b>"), inbox.get(newest(inbox)), inbox.get(f"{newest(inbox)}?view=source")):
        assert "<script" not in page.text
        assert "<b>x" not in page.text


@pytest.mark.parametrize("path", ["/", "/?live=1", "/api/mails", "/healthz", "/mails/none", "/nowhere"])
def test_every_answer_is_guarded_and_sets_no_cookie(inbox: LocalInbox, path: str) -> None:
    headers = inbox.get(path).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Set-Cookie"] is None


@pytest.mark.parametrize(
    "path", ["/mails/none", "/mails/none/html", "/mails/..%2f..%2finbox.json", "/mails/.%2e/text"]
)
def test_what_is_not_a_mail_is_a_page_that_says_so(inbox: LocalInbox, path: str) -> None:
    answer = inbox.get(path)

    assert answer.status == 404
    assert FRENCH.lost in answer.text


def test_the_list_renews_itself_only_when_asked(inbox: LocalInbox) -> None:
    assert 'http-equiv="refresh"' in inbox.get("/?live=1").text
    assert 'http-equiv="refresh"' not in inbox.get("/").text
    assert "<script" not in inbox.get("/?live=1").text


@pytest.mark.parametrize(
    ("accept", "words"),
    [
        ("", FRENCH),
        ("de", FRENCH),
        ("fr-CA,en;q=0.9", FRENCH),
        ("fr,en", FRENCH),
        ("en-GB,en;q=0.9,fr;q=0.8", ENGLISH),
        ("de,en;q=0.3", ENGLISH),
        ("en;q=x", FRENCH),
    ],
)
def test_english_is_for_those_who_prefer_it(accept: str, words: object) -> None:
    assert words_for(accept) is words


def test_the_pages_speak_the_reader_s_language(inbox: LocalInbox) -> None:
    inbox.hand_over(invitation(), "zoe@example.org")

    page = inbox.get(newest(inbox), language="en-GB").text.replace("\u00a0", " ")

    assert '<html lang="en">' in page
    assert "Thursday 10 December 2026, from 8:30 am to 10 am" in page


BROKEN = {
    "empty": b"",
    "only a body": b"\r\n\r\nhello",
    "bad header words": b"Subject: =?utf-8?b?!!!?= =?x-none?q?a?=\r\nTo: \xff\xfe <\r\nDate: 99 Foo 0\r\n\r\nx",
    "bad charset": b"Content-Type: text/html; charset=klingon\r\n\r\n<p>\xe9",
    "bad multipart": b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--y\r\n\r\n",
    "endless nesting": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(600)
    ),
    "bad calendar": b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nnonsense",
    "half an event": b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:x\r\n"
    b"DURATION:y\r\nSEQUENCE:z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "surrogates": b"Subject: =?utf-7?q?+2AA-?=\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+2AA-",
    "far future": b"Date: Fri, 31 Dec 9999 23:59:59 -1200\r\n\r\n",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN)
def test_a_malformed_mail_is_listed_and_shown_all_the_same(inbox: LocalInbox, raw: bytes) -> None:
    inbox.maildir.keep(raw)

    paths = ["/", "/api/mails", newest(inbox), f"{newest(inbox)}?view=source", f"{newest(inbox)}/source"]
    statuses = [inbox.get(path).status for path in paths]

    assert statuses == [200] * len(paths)
    assert inbox.get(f"{newest(inbox)}/source").body == raw
