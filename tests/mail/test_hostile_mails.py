"""Whole mails with hostile names, subjects and venues: two readers find the headers as ever, and what was meant."""

from __future__ import annotations

import base64
import email
import email.policy
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser

import pytest

from tests.judges import judge
from tests.mail.letters import ours
from tests.sample import cafe, guest
from worker.domain.edition import Edition, Venue
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.person import Presence
from worker.mail.compose import LetterWriter
from worker.mail.encoded_word import clean
from worker.mail.identity import Identity

IDENTITY = Identity(
    "Café des Victoires", "bonjour@cafe.example.org", "cafe.example.org", "bounce.cafe.example.org",
    rsvp_address="rsvp@cafe.example.org", page_url="https://cafe.example.org", secrets=(b"secret",),
)  # fmt: skip
AT = datetime(2026, 12, 9, 8, 0, tzinfo=UTC)
STEPS = ("thank-you", "invitation", "nudge")
ZOE = guest("Zoe", presence=Presence.PRESENT)

#: What breaks readers of mail: line ends of every kind, encoded words, comments, quotes, halves, controls, directions.
SHARP = [
    "\r\n", "\n", "\r", "\x00", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1b[31m", "\u202e", "\u2066", "\ufeff",
    "\ud800", "=?utf-8?q?a=0D=0ABcc:_x=40y?=", "=?utf-8?b?", "?=", "Bcc: x@y.example", "\r\nBcc: x@y.example",
    "\r\n\r\n<script>", "Subject: other", '"', "\\", "<", ">", "<evil@example.org>", ",", ";", ":", "(", ")", "@", "%s",
    "%b", "%(x)s", "{{ 7 * 7 }}", "{% raw %}", "[x](https://evil.example)", "**", "`", "# ", "&amp;", "</title>", "--",
    "BEGIN:VEVENT", "\\n", "é", "名前", "ﷺ", "👩‍👩‍👧‍👦", "e\u0301" * 5, "\u200d", "\U000f0000", "a" * 300, " ", "\t",
]  # fmt: skip


def hostile(dice: random.Random) -> str:
    pieces = dice.choices([*SHARP, *"abcdefgh ABC éèà"], k=dice.randint(1, 8))
    return "".join(pieces)


def cases(seed: int, count: int) -> Iterator[tuple[str, Facts]]:
    """Steps and facts. An edition is hostile for a few people at a time, as it would be."""
    dice = random.Random(seed)  # noqa: S311 - the same every time
    edition = cafe(12)
    for number in range(count):
        if number % 8 == 0:
            edition = _edition(dice)
        name = hostile(dice)
        person = replace(ZOE.person, name=name, first_name=dice.choice([name, hostile(dice), ""]))
        partner = replace(guest("Ana", presence=Presence.PRESENT), organisation=hostile(dice))
        yield STEPS[number % 3], Facts(edition, replace(ZOE, person=person), partners=(partner,))


def _edition(dice: random.Random) -> Edition:
    known, following = cafe(12), cafe(12).next
    assert following is not None
    return replace(
        known,
        series=replace(known.series, name=f"Café {hostile(dice)}", postal_address=f"1 rue {hostile(dice)}"),
        organizers=(replace(known.host, name=f"Paule {hostile(dice)}"),),
        next=replace(
            following, title=f"Dire {hostile(dice)}", venue=Venue(f"Bar {hostile(dice)}", hostile(dice))
        ),
    )


def names_of(step: str) -> list[str]:
    plain = Facts(cafe(12), ZOE, partners=(guest("Ana", presence=Presence.PRESENT),))
    return _header_names(_composed(step, plain))


def _composed(step: str, facts: Facts) -> bytes:
    return WRITER.compose(MessageKey("cafe-12", step, "zoe"), facts, AT).content


def _header_names(mail: bytes) -> list[str]:
    return BytesHeaderParser().parsebytes(mail).keys()


WRITER = LetterWriter(IDENTITY, ours())


def _check(seed: int, count: int) -> None:
    wanted = {step: names_of(step) for step in STEPS}
    for number, (step, facts) in enumerate(cases(seed, count)):
        mail = _composed(step, facts)
        assert _header_names(mail) == wanted[step]
        head = mail.partition(b"\r\n\r\n")[0]
        assert max(map(len, head.split(b"\r\n"))) <= 998
        assert not set(mail.replace(b"\r\n", b"")) & set(b"\r\n\x00")
        if number % 50 == 0:
            _read_back(mail, step, facts)


def _read_back(mail: bytes, step: str, facts: Facts) -> None:
    message = email.message_from_bytes(mail, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    [to] = message["To"].addresses
    assert to.addr_spec == "zoe@example.org"
    # The standard library leaves the blanks between encoded words of a phrase (against RFC 2047 §6.2).
    assert "".join(to.display_name.split()) == "".join(clean(facts.guest.person.name).split())
    assert [part.get_content_type() for part in message.walk()][-1] == (
        "application/ics" if step == "invitation" else "text/html"
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


def test_no_hostile_word_adds_a_header() -> None:
    _check(seed=0, count=300)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(1, 21))
def test_no_hostile_word_adds_a_header_in_a_hundred_thousand_mails(seed: int) -> None:
    _check(seed, count=5_000)


@pytest.mark.parametrize("count", [60, pytest.param(2_000, marks=pytest.mark.exhaustive)])
def test_a_reader_that_shares_nothing_with_ours_finds_what_was_meant(count: int) -> None:
    wanted = {step: sorted(name.lower() for name in names_of(step)) for step in STEPS}
    with judge("read_mail.mjs") as read:
        for step, facts in cases(seed=7, count=count):
            seen = read(mail=base64.b64encode(_composed(step, facts)).decode())

            assert sorted(seen["names"]) == wanted[step]
            assert [to["address"] for to in seen["to"]] == ["zoe@example.org"]
            assert _folded(seen["to"][0]["name"]) == _folded(clean(facts.guest.person.name))
            assert seen["from"] == {"address": "bonjour@cafe.example.org", "name": "Café des Victoires"}
            assert seen["messageId"] == f"<cafe-12.{step}.zoe@cafe.example.org>"
            assert seen["cc"] == seen["bcc"] == []
            assert seen["headers"]["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
            assert seen["headers"]["list-unsubscribe"].startswith("<https://cafe.example.org/stop/")
            assert seen["text"].strip()
            assert seen["html"].startswith("<!DOCTYPE html>") or seen["html"].startswith("<!doctype html>")
            assert "<script" not in seen["html"].lower()
            assert any(part["name"] == "invite.ics" for part in seen["attached"]) == (step == "invitation")
