"""People on a list, with what they agreed to by being on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from worker.domain.consent import BY_REGISTERING, Means
from worker.domain.person import Consent, Guest
from worker.domain.sequence import Purpose
from worker.services.consents import Said, Wording, record
from worker.services.tools import Tools

FORM = Wording("registration", "J’accepte un mot de remerciement et l’invitation à la suivante.")


def enlist(tools: Tools, edition: str, guests: Iterable[Guest]) -> None:
    """As an import would: they registered, and said of introductions what their `introduced` tells."""
    people = tuple(guests)
    record(tools, [said for guest in people for said in _said(edition, guest)])
    tools.store.save_guests(edition, people)


def _said(edition: str, guest: Guest) -> Iterator[Said]:
    for purpose in BY_REGISTERING:
        yield Said(guest.person.id, purpose, Consent.GIVEN, FORM, Means.IMPORT, "liste.csv: E-mail")
    if guest.introduced is not Consent.NOT_ASKED:
        purpose, where = Purpose.INTRODUCTIONS, "liste.csv: Introductions"
        yield Said(guest.person.id, purpose, guest.introduced, FORM, Means.IMPORT, where, edition)
