"""DKIM signatures, judged by dkimpy: they verify, and whatever a stranger adds or changes breaks them."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.letters import kara, ours
from worker.domain.facts import Facts
from worker.domain.message import Envelope, Letter, MessageKey
from worker.mail.compose import LetterWriter
from worker.mail.dkim import Signer, SigningComposer, signed
from worker.mail.identity import Identity

JUDGE = Path(__file__).parents[1] / "judges" / "verify_dkim.py"
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
KEY = MessageKey("cafe-12", "invitation", "kara")
RSA = generate_private_key(65537, 2048)
ED25519 = Ed25519PrivateKey.generate()
SIGNERS = (Signer("cafe.example.org", "winter", RSA), Signer("cafe.example.org", "spring", ED25519))
HEAD = b"From: a@cafe.example.org\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n =?utf-8?q?_!?=\r\n\r\n"


def published() -> dict[str, str]:
    """What DNS would say."""
    rsa = RSA.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    ed25519 = ED25519.public_key().public_bytes_raw()
    return {
        f"{selector}._domainkey.cafe.example.org.": f"v=DKIM1; k={kind}; p={base64.b64encode(key).decode()}"
        for selector, kind, key in (("winter", "rsa", rsa), ("spring", "ed25519", ed25519))
    }


class Judge:
    """A process that has dkimpy."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, mail: bytes) -> list[bool]:
        assert self._process.stdin
        assert self._process.stdout
        question = {"mail": base64.b64encode(mail).decode(), "keys": published()}
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer: list[bool] = json.loads(self._process.stdout.readline())["signatures"]
        return answer


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    program = "/usr/bin/python3"
    if subprocess.run([program, "-c", "import dkim, nacl"], check=False, capture_output=True).returncode:
        pytest.skip("Debian's python3-dkim and python3-nacl are not installed: run `make tools`")
    with subprocess.Popen(
        [program, JUDGE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Judge(process)
        process.terminate()


def letter(content: bytes) -> Letter:
    return Letter(KEY, Envelope("bounce@cafe.example.org", "kara@example.org"), (content,))


def composed(facts: Facts | None = None) -> bytes:
    """Our own invitation, signed."""
    identity = Identity(
        "Café", "bonjour@cafe.example.org", "cafe.example.org", "cafe.example.org", secrets=(b"secret",)
    )
    return SigningComposer(LetterWriter(identity, ours()), SIGNERS).compose(KEY, facts or kara(), AT).content


def test_both_signatures_of_our_mails_verify(judge: Judge) -> None:
    mail = composed()

    verdicts = judge(mail)

    assert verdicts == [True, True]


def test_a_recipient_with_accents_before_the_at_is_signed_as_it_stands(judge: Judge) -> None:
    known = kara()
    accented = replace(known.guest.person, address="kára@example.org")
    facts = replace(known, guest=replace(known.guest, person=accented))

    mail = composed(facts)

    assert "<kára@example.org>".encode() in mail
    assert judge(mail) == [True, True]


@pytest.mark.parametrize(
    "added",
    [
        b"Subject: buy\r\n",
        b"From: x@example.net\r\n",
        b"Cc: x@example.net\r\n",
        b"Reply-To: x@example.net\r\n",
    ],
)
def test_a_header_put_in_front_breaks_every_signature(judge: Judge, added: bytes) -> None:
    mail = composed()

    verdicts = judge(added + mail)

    assert verdicts == [False, False]


def test_a_changed_word_breaks_every_signature(judge: Judge) -> None:
    mail = composed()

    verdicts = judge(mail.replace(b"Bonjour", b"Bonsoir", 1))

    assert verdicts == [False, False]


@given(
    pieces=st.lists(st.sampled_from(["a", " ", "  ", "\t", "\r\n", ".", "é", "=20", "x" * 70]), max_size=60)
)
def test_any_body_verifies(judge: Judge, pieces: list[str]) -> None:
    content = HEAD + "".join(pieces).encode() + b"\r\n"

    verdicts = judge(signed(letter(content), SIGNERS, AT).content)

    assert verdicts == [True, True]


def test_nothing_is_added_without_a_key() -> None:
    plain = letter(HEAD + b"hello\r\n")

    assert signed(plain, (), AT) is plain


def test_the_same_letter_is_signed_alike() -> None:
    assert composed() == composed()
