"""`apres edition`: move a Café, change its words, call it off, un-invite somebody; each is read before it is done."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName, Yes
from worker.cli.explained import explained
from worker.cli.moments import moment_words
from worker.cli.screen import agrees, tell
from worker.cli.speech import counted, say
from worker.domain.change import Details, changed
from worker.domain.changes_told import CHANGE_STEPS
from worker.domain.edition import Meeting, Venue
from worker.domain.errors import Refused
from worker.domain.lifecycle import WAITING
from worker.services import edition_changes
from worker.services.invitations import Invitation, invitation
from worker.services.report import find_guest
from worker.services.tools import Tools

_WALL = re.compile(r"(?:(\d{4})-(\d\d)-(\d\d)[ T])?(\d\d?)[:h](\d\d)?")

Start = Annotated[
    str | None,
    typer.Option(
        "--start",
        help=say(
            "« 2027-01-12 09:00 », ou « 09:00 » le même jour.", '"2027-01-12 09:00", or "09:00" that day.'
        ),
    ),
]
End = Annotated[
    str | None,
    typer.Option("--end", help=say("Sans elle, la durée reste.", "Without it, it lasts as long.")),
]
VenueName = Annotated[
    str | None, typer.Option("--venue", help=say("Le nom du lieu, la salle.", "The place, the room."))
]
Address = Annotated[str | None, typer.Option("--address", help=say("L’adresse du lieu.", "Its address."))]
Title = Annotated[str | None, typer.Option("--title", help=say("Le titre.", "The title."))]
_FOR = typer.Option("--for", metavar="PERSON", help=say("Cette personne seulement.", "This person only."))
For = Annotated[str | None, _FOR]


@explained(
    "Déplacer le Café auquel on invite : heure, adresse. Les agendas suivent, chacun est prévenu une fois.",
    "Move the Café people are invited to: hour, address. Calendars follow, everybody is told once.",
    example='apres edition move cafe-13 --start "2027-01-12 09:00"',
)
def move(
    edition: EditionName,
    *,
    start: Start = None,
    end: End = None,
    venue: VenueName = None,
    address: Address = None,
    yes: Yes = False,
) -> None:
    """Another hour or another address: people are asked again."""
    tools, invited = _invited(edition)
    meeting = invited.meeting
    details = Details(
        start=on_the_wall(start, meeting.start),
        end=on_the_wall(end, meeting.end),
        venue=_venue(meeting, venue, address),
    )
    _change(tools, invited, details, yes=yes)


@explained(
    "Changer le titre ou la salle : les réponses restent valables.",
    "Change the title or the room: answers still stand.",
    example='apres edition update cafe-13 --title "Oser demander"',
)
def update(edition: EditionName, *, title: Title = None, venue: VenueName = None, yes: Yes = False) -> None:
    """Other words about the same Café: nobody is asked again."""
    tools, invited = _invited(edition)
    _change(tools, invited, Details(title=title, venue=_venue(invited.meeting, venue, None)), yes=yes)


@explained(
    "Annuler le Café auquel on invite, ou l’invitation d’une seule personne. Pour de bon.",
    "Call off the Café people are invited to, or the invitation of one person. For good.",
    example="apres edition cancel cafe-13",
)
def cancel(edition: EditionName, *, person: For = None, yes: Yes = False) -> None:
    """Take appointments out of calendars."""
    tools, invited = _invited(edition)
    name = invited.meeting.id
    if person is not None:
        guest = find_guest(tools.store, invited.edition.id, person)
        who = guest.person.name
        if yes or agrees(
            say(f"Retirer l’invitation de {who} à {name} ?", f"Take back the invitation of {who} to {name}?")
        ):
            edition_changes.uninvite(tools, invited, guest.person.id)
            _tell_what_leaves(tools, invited)
        return
    if yes or agrees(
        say(f"Annuler {name} pour de bon, et prévenir ?", f"Call off {name} for good, and tell everybody?")
    ):
        edition_changes.call_off(tools, invited)
        _tell_what_leaves(tools, invited)


@explained(
    "Inviter de nouveau quelqu’un dont l’invitation avait été retirée.",
    "Invite somebody again whose invitation had been taken back.",
    example='apres edition invite cafe-13 --for "Zoé Martin"',
)
def invite(edition: EditionName, *, person: Annotated[str, _FOR], yes: Yes = False) -> None:
    """Give an invitation back."""
    tools, invited = _invited(edition)
    guest = find_guest(tools.store, invited.edition.id, person)
    who, name = guest.person.name, invited.meeting.id
    if yes or agrees(say(f"Inviter de nouveau {who} à {name} ?", f"Invite {who} to {name} again?")):
        edition_changes.invite_again(tools, invited, guest.person.id)
        _tell_what_leaves(tools, invited)


def _invited(edition: str) -> tuple[Tools, Invitation]:
    tools = wiring.tools()
    return tools, invitation(tools.store, wiring.edition_name(edition))


def _change(tools: Tools, invited: Invitation, details: Details, *, yes: bool) -> None:
    before = invited.meeting
    after = changed(before, details, tools.store.now())
    if after != before:
        tell(f"{before.id} : {_told(before)}", f"→ {_told(after)}")
        if after.revision != before.revision:
            tell(
                say(
                    "Chacun sera prévenu et invité à répondre de nouveau.",
                    "Everybody is told, and asked again.",
                )
            )
    if after == before or yes or agrees(say("C’est bien cela ?", "Is that right?")):
        edition_changes.change(tools, invited, details)
        _tell_what_leaves(tools, invited)


def _told(meeting: Meeting) -> str:
    at = moment_words(meeting.start, meeting.zone)
    return f"{at} – {meeting.end:%H:%M}, {meeting.venue.name}, {meeting.venue.address} · {meeting.title}"


def _tell_what_leaves(tools: Tools, invited: Invitation) -> None:
    """The mails of changes that wait now; they leave at any hour."""
    records = tools.store.records(invited.edition.id)
    waiting = sum(record.key.step_name in CHANGE_STEPS and record.state in WAITING for record in records)
    mails = counted(waiting, "mail", "mail")
    file = f"{invited.edition.id}.toml"
    tell(
        say(
            f"C’est noté : {mails} pour prévenir, dès maintenant.",
            f"Noted: {mails} to tell people, from now on.",
        ),
        say(
            f"Écrivez-le aussi dans {file} ([next]), sans quoi apres reschedule reviendrait à l’ancien.",
            f"Write it into {file} ([next]) too, or apres reschedule would go back to the old one.",
        ),
    )


def _venue(meeting: Meeting, name: str | None, address: str | None) -> Venue | None:
    if name is None and address is None:
        return None
    return Venue(name or meeting.venue.name, address or meeting.venue.address)


def on_the_wall(text: str | None, before: datetime) -> datetime | None:
    """An hour on the wall of the place; without a day, on the same one. Refused for an hour that there is not."""
    if text is None:
        return None
    found = _WALL.fullmatch(text.strip())
    if not found:
        raise Refused(
            say(
                f"{text!r} n’est pas une heure : écrivez « 2027-01-12 09:00 » ou « 09:00 »",
                f'{text!r} is no hour: write "2027-01-12 09:00" or "09:00"',
            )
        )
    return _hour_of([int(part) if part else None for part in found.groups()], before, text)


def _hour_of(parts: list[int | None], before: datetime, text: str) -> datetime:
    year, month, day, hour, minute = parts
    try:
        wall = before.replace(
            year=year or before.year,
            month=month or before.month,
            day=day or before.day,
            hour=hour or 0,
            minute=minute or 0,
            fold=0,
        )
    except ValueError as error:
        raise Refused(say(f"{text!r} n’existe pas : {error}", f"there is no {text!r}: {error}")) from error
    if wall.astimezone(UTC).astimezone(wall.tzinfo).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise Refused(
            say(
                f"les horloges sautent {text!r} ce jour-là : écrivez une autre heure",
                f"the clocks jump over {text!r} that day: write another hour",
            )
        )
    return wall
