"""The one key."""

from __future__ import annotations

import re
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.errors import InvalidKey
from worker.domain.message import Envelope, Letter, MessageKey


def test_a_key_reads_back_as_it_was_written() -> None:
    key = MessageKey("cafe-12", "update-2", "k7f3")

    assert str(key) == "cafe-12.update-2.k7f3"
    assert MessageKey.parse(str(key)) == key


def test_a_round_belongs_to_its_step() -> None:
    assert MessageKey("cafe-12", "update-2", "k7f3").step_name == "update"
    assert MessageKey("cafe-12", "thank-you", "k7f3").step_name == "thank-you"


def test_every_try_has_the_same_message_id() -> None:
    assert (
        MessageKey("cafe-12", "nudge", "k7f3").message_id("cafe.example.org")
        == "<cafe-12.nudge.k7f3@cafe.example.org>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.b",
        "a.b.c.d",
        "Cafe.nudge.k7",
        "cafe-.nudge.k7",
        "a.b.c\n",
        "a.b.é",
        "a.b.ß",
        "a.b.²",
        "a" * 21 + ".b.c",
    ],
)
def test_what_could_not_stand_in_an_address_is_no_key(text: str) -> None:
    with pytest.raises(InvalidKey):
        MessageKey.parse(text)


@given(st.text(st.sampled_from("az09-AZé_ .²\n"), max_size=14))
def test_a_part_is_of_small_letters_digits_and_a_dash_between_them(part: str) -> None:
    allowed = 1 <= len(part) <= 12 and re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", part)

    with nullcontext() if allowed else pytest.raises(InvalidKey):
        MessageKey("cafe-12", "nudge", part)


def test_letters_of_the_same_bytes_are_equal_however_they_are_cut() -> None:
    key, envelope = MessageKey("cafe-12", "nudge", "zoe"), Envelope("b@example.org", "zoe@example.org")

    whole, cut = Letter(key, envelope, (b"To: you\r\n",)), Letter(key, envelope, (b"To: ", b"you\r\n"))

    assert whole == cut
    assert len({whole, cut}) == 1
    assert whole.content == cut.content == b"To: you\r\n"
    assert whole.size == cut.size == 9
    assert whole != Letter(key, envelope, (b"To: me\r\n",))
