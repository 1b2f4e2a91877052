"""Signed tags: bound to their use, blind to case, worthless when forged."""

from __future__ import annotations

from base64 import b32encode

from hypothesis import given
from hypothesis import strategies as st

from tests.mail.hostile import hostile
from worker.domain.message import EDITION_LIMIT, PERSON_LIMIT, STEP_LIMIT, MessageKey
from worker.mail.fingerprint import fingerprint, person_id
from worker.mail.tokens import (
    LONG,
    SHORT,
    Use,
    WayOut,
    base32,
    read_return_path,
    read_signed,
    read_way_out,
    return_path,
    signed,
    way_out_token,
)

NOW, BEFORE = b"new secret", b"old secret"
KEY = MessageKey("cafe-12", "nudge", "k7f3k7f3k7")
WAY = WayOut("cafe", "invitations", "k7f3k7f3k7")
#: Whatever the wire may carry, lone surrogates of a badly decoded header included.
RAW = hostile(max_size=40)
ANYTHING = RAW | st.builds("b-{}-{}".format, RAW, RAW) | st.builds("{}.{}".format, RAW, RAW)


def test_the_longest_return_path_fits_rfc_5321() -> None:
    longest = MessageKey("e" * EDITION_LIMIT, "s" * STEP_LIMIT, "p" * PERSON_LIMIT)

    assert len(return_path(longest, [NOW])) <= 64
    assert read_return_path(return_path(longest, [NOW]), [NOW]) == longest


@given(st.binary(min_size=32, max_size=32))
def test_base32_is_the_standard_library_s(digest: bytes) -> None:
    assert base32(digest) == b32encode(digest).decode().lower()[:32]


def test_tags_are_too_long_to_guess() -> None:
    assert SHORT * 5 >= 50
    assert LONG * 5 >= 128


def test_a_round_is_part_of_the_key_that_comes_back() -> None:
    second = MessageKey("cafe-12", "update-2", "k7f3k7f3k7")

    assert read_return_path(return_path(second, [NOW]), [NOW]) == second


def test_a_return_path_comes_back_whatever_its_case_and_after_a_change_of_key() -> None:
    path = return_path(KEY, [BEFORE])

    assert read_return_path(path.upper(), [NOW, BEFORE]) == KEY
    assert read_return_path(path, [NOW]) is None


@given(ANYTHING)
def test_nothing_forged_is_read(local_part: str) -> None:
    assert read_return_path(local_part, [NOW]) is None
    assert read_signed(Use.UNSUBSCRIBE, local_part, [NOW]) is None
    assert read_way_out(local_part, [NOW]) is None


def test_a_token_of_one_use_is_worth_nothing_in_another() -> None:
    token = signed(Use.UNSUBSCRIBE, "k7f3", [NOW])

    assert read_signed(Use.UNSUBSCRIBE, token, [NOW]) == "k7f3"
    assert read_signed(Use.RSVP, token, [NOW]) is None


def test_a_way_out_says_who_and_of_what_for_ever() -> None:
    token = way_out_token(WAY, [BEFORE])

    assert read_way_out(token.upper(), [NOW, BEFORE]) == WAY
    assert read_way_out(token.replace("invitations", "thanks"), [NOW, BEFORE]) is None


def test_one_mailbox_is_one_person_however_it_is_typed() -> None:
    typed = ("Zoe@Example.org", " zoe@example.org ", "ZOE@EXAMPLE.ORG")

    prints = {fingerprint(address, b"pepper") for address in typed}

    assert len(prints) == 1
    assert "zoe" not in prints.pop()
    assert fingerprint("zoe@example.org", b"other") != fingerprint("zoe@example.org", b"pepper")


def test_a_person_id_may_stand_in_a_key() -> None:
    MessageKey("cafe-12", "nudge", person_id(fingerprint("zoe@example.org", b"pepper")))
