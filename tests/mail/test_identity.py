"""A wrong identity is refused at the start, in a sentence, before any mail is made with it."""

from __future__ import annotations

import pytest

from worker.domain.errors import InvalidAddress, Refused
from worker.mail.identity import Identity


def writer(
    sender: str = "bonjour@cafe.example.org", rsvp: str = "", *, secrets: tuple[bytes, ...] = (b"new", b"old")
) -> Identity:
    return Identity("Café", sender, "Café.example", "bounce.example.org", rsvp_address=rsvp, secrets=secrets)


@pytest.mark.parametrize("sender", ["", "bonjour", "a b@example.org", "zoé@example.org"])
def test_a_sender_that_no_mail_could_carry_is_refused_by_name(sender: str) -> None:
    with pytest.raises(InvalidAddress, match="sender_address"):
        writer(sender)


def test_an_address_for_answers_leaves_room_for_a_token() -> None:
    with pytest.raises(InvalidAddress, match="24 characters"):
        writer(rsvp=f"{'r' * 25}@cafe.example.org")


@pytest.mark.parametrize("secrets", [(), (b"",), (b"new", b"")])
def test_nothing_signs_without_a_secret(secrets: tuple[bytes, ...]) -> None:
    with pytest.raises(Refused, match="secret"):
        writer(secrets=secrets)


def test_domains_are_kept_as_dns_has_them_and_secrets_to_oneself() -> None:
    known = writer()

    assert known.domain == "xn--caf-dma.example"
    assert known.lasting_secret == b"old"
    assert "old" not in repr(known)
