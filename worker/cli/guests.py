"""`apres guests list`: who is on the list of an edition."""

from __future__ import annotations

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json
from worker.cli.explained import explained
from worker.cli.screen import screen, table, tell, tell_machine
from worker.cli.speech import counted, say
from worker.cli.words import consent_label, presence_label
from worker.domain.person import Guest
from worker.services.setting import guests_of


@explained(
    "La liste : nom, adresse, présence, accord pour être présenté·e.",
    "The list: name, address, presence, consent to be introduced.",
    example="apres guests list cafe-12",
)
def list_(edition: EditionName, *, json: Json = False) -> None:
    """Show everybody on the list of an edition."""
    tools, known = wiring.tools(), wiring.edition(edition)
    guests = sorted(guests_of(tools, known).values(), key=lambda guest: guest.person.name.casefold())
    if json:
        tell_machine([_as_data(guest) for guest in guests])
        return
    shown = table(
        say("Nom", "Name"),
        say("Adresse", "Address"),
        say("Présence", "Presence"),
        say("Présentations", "Introductions"),
    )
    for guest in guests:
        shown.add_row(
            guest.person.name,
            guest.person.address,
            presence_label(guest.presence),
            consent_label(guest.introduced),
        )
    screen().print(shown)
    tell(counted(len(guests), "personne", "guest"))


def _as_data(guest: Guest) -> dict[str, object]:
    person = guest.person
    return {
        "id": person.id,
        "name": person.name,
        "address": person.address,
        "language": person.language,
        "presence": guest.presence,
        "introduced": guest.introduced,
    }
