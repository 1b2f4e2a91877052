"""How our mails look to filters, to validators and to two people who compare theirs."""

from __future__ import annotations

import email
import email.policy
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import product

import pytest

from tests.judges import Judge, judge
from tests.mail.letters import LANGUAGES, STEPS, ours, reading, sources
from tests.sample import cafe, guest
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.person import Guest, Presence
from worker.domain.reminders import ORGANIZER_STEPS
from worker.mail.compose import LetterWriter
from worker.mail.context import context
from worker.mail.front import needs
from worker.mail.identity import Identity
from worker.mail.samples import LINKS, samples

IDENTITY = Identity(
    "Café des Victoires", "bonjour@cafe.example.org", "cafe.example.org", "bounce.cafe.example.org",
    rsvp_address="rsvp@cafe.example.org", page_url="https://cafe.example.org", secrets=(b"secret",),
)  # fmt: skip
AT = datetime(2026, 12, 9, 8, 0, tzinfo=UTC)
TO_GUESTS = [step for step in STEPS if step not in ORGANIZER_STEPS]
WRITER = LetterWriter(IDENTITY, ours())

#: Mail programs know tables and attributes that pages left behind, and styles only on the tags.
MAIL_RULES = {
    "no-inline-style": "off",
    "no-deprecated-attr": "off",
    "attribute-boolean-style": "off",
    "long-title": "off",
    "doctype-style": "off",
    "void-style": "off",
}


def composed(step: str, facts: Facts) -> bytes:
    return WRITER.compose(MessageKey(facts.edition.id, step, facts.guest.person.id), facts, AT).content


def of_every_kind(step: str, language: str) -> list[bytes]:
    """One mail for each kind of invented person and edition that this letter is for."""
    needed = needs(sources()[f"{language}/{step}.md.j2"]) or ("notice" if step == "notice" else "")
    known = [facts for facts in samples() if not needed or context(step, facts, LINKS, language)[needed]]
    return [composed(step, reading(facts, language)) for facts in known]


def html_of(mail: bytes) -> str:
    message = email.message_from_bytes(mail, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def spam_scores(mails: list[bytes]) -> list[float]:
    """One run for all of them, as a mailbox: most of its time goes into its rules."""
    program = shutil.which("spamassassin")
    if program is None:
        pytest.skip("Debian's spamassassin is not installed: run `make tools`")
    box = b"".join(b"From x@example.org Wed Dec  9 08:00:00 2026\n" + _boxed(mail) + b"\n" for mail in mails)
    command = [program, "-L", "-t", "-x", "--mbox"]
    said = subprocess.run(command, input=box, capture_output=True, check=True).stdout
    scores = re.findall(rb"^X-Spam-Status: [^,]+, score=(-?[\d.]+)", said, re.MULTILINE)
    assert len(scores) == len(mails)
    return [float(score) for score in scores]


def _boxed(mail: bytes) -> bytes:
    return re.sub(rb"^(>*From )", rb">\1", mail.replace(b"\r\n", b"\n"), flags=re.MULTILINE)


@pytest.mark.exhaustive
@pytest.mark.parametrize("language", LANGUAGES)
def test_spamassassin_finds_nothing_to_say(language: str) -> None:
    mails = [
        mail
        for step in TO_GUESTS
        for mail in (of_every_kind(step, language)[0], of_every_kind(step, language)[-1])
    ]

    assert max(spam_scores(mails)) < 1.0


@pytest.mark.exhaustive
def test_spamassassin_finds_worse_mails() -> None:
    good = of_every_kind("thank-you", "fr")[0]
    bare = re.sub(rb"(?m)^(?:Date|Message-ID|From|To): [^\r]*(?:\r\n [^\r]*)*\r\n", b"", good)
    loud = good.replace(b"Subject: ", b"Subject: FREE VIAGRA!!! WINNER $$$ ACT NOW ").replace(
        b"Bonjour",
        b"Dear friend, 100% FREE!!! Click here, order now, no obligation, million dollars, viagra cialis",
    )

    # One by one: a mailbox is gone through by date, and one of these has none.
    as_sent, without_headers, shouted = (spam_scores([mail])[0] for mail in (good, bare, loud))

    assert as_sent < min(without_headers, shouted)
    assert without_headers > 1.0


@pytest.fixture(scope="module")
def validator() -> Iterator[Judge]:
    with judge("validate_html.mjs") as validator:
        yield validator


@pytest.mark.parametrize(("step", "language"), list(product(STEPS, LANGUAGES)))
def test_the_html_is_valid(validator: Judge, step: str, language: str) -> None:
    first, *_, last = of_every_kind(step, language)

    for mail in (first, last):
        assert validator(html=html_of(mail), rules=MAIL_RULES)["errors"] == []


@pytest.mark.parametrize(("step", "language"), list(product(("thank-you", "invitation"), LANGUAGES)))
def test_two_peoples_pages_differ_in_their_own_words_and_tokens_alone(step: str, language: str) -> None:
    zoe, ana = (
        html_of(composed(step, Facts(cafe(12), _reader(name, language)))) for name in ("Zoé", "Anaïs")
    )

    assert zoe != ana
    assert _without_own(zoe, "Zoé") == _without_own(ana, "Anaïs")


@pytest.mark.parametrize("language", LANGUAGES)
def test_thanks_promote_nothing(language: str) -> None:
    """A mail about something that was must not advertise what comes: that is another purpose, with its own consent."""
    known = Facts(cafe(12), _reader("Zoé", language))
    assert known.edition.next is not None

    without = replace(known, edition=replace(known.edition, next=None))

    assert html_of(composed("thank-you", known)) == html_of(composed("thank-you", without))


def _reader(name: str, language: str) -> Guest:
    someone = guest("Zoe", presence=Presence.PRESENT)
    person = replace(
        someone.person, id=name.lower()[:2], name=f"{name} Test", first_name=name, language=language
    )
    return replace(someone, person=person)


def _without_own(html: str, name: str) -> str:
    return re.sub(r"https://cafe\.example\.org/(stop|me|rsvp)/[a-zà-ÿ0-9.-]+", r"\1", html).replace(name, "…")
