"""Where answers to a mail go: a person's mailbox, and for calendars an address of the recipient's own."""

from __future__ import annotations

from functools import lru_cache

from worker.domain.address import normalise
from worker.domain.facts import Facts
from worker.mail.headers import addr_spec
from worker.mail.identity import Identity
from worker.mail.tokens import Use, signed


def reply_to(identity: Identity, facts: Facts) -> str:
    """A mailbox that a person reads."""
    return addr_spec(identity.reply_to or facts.edition.host.address)


def calendar_organizer(identity: Identity, facts: Facts) -> str:
    """The ORGANIZER of an invitation: `rsvp+<person>.<tag>@…`, the same for a person in every edition.

    Without an address for answers it is the host's. Calendars tell somebody who is the ORGANIZER that no answer is
    needed, so it is never the recipient's own.
    """
    person = facts.guest.person
    if identity.rsvp_address:
        return _own_address(identity.rsvp_address, person.id, identity.lasting_secret)
    host = facts.edition.host.address
    return addr_spec(identity.sender_address if _normal(host) == normalise(person.address) else host)


# One host invites a whole list.
_normal = lru_cache(maxsize=16)(normalise)


# One mail says it in two places.
@lru_cache(maxsize=64)
def _own_address(shared: str, person: str, secret: bytes) -> str:
    local, _, domain = addr_spec(shared).rpartition("@")
    return f"{local}+{signed(Use.RSVP, person, [secret])}@{domain}"


def calendar_uid(identity: Identity, facts: Facts, edition: str) -> str:
    """`<edition>.<person>.<tag>@<domain>`: one for each edition and person, in every revision (RFC 5546 §2.1.5).

    An invitation that was taken back and given again has its turn after the person: a UID that no calendar has dropped.
    """
    turn = f".{facts.turn}" if facts.turn else ""
    token = signed(Use.UID, f"{edition}.{facts.guest.person.id}{turn}", [identity.lasting_secret])
    return f"{token}@{identity.domain}"
