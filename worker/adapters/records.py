"""Nouns as JSON and back. A meeting's moments are kept as wall time and zone, so a moved clock rule moves them too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, TypeAdapter

from worker.domain.answer import Answer
from worker.domain.consent import Statement, Word
from worker.domain.consent_chain import Sealed
from worker.domain.edition import (
    Edition,
    Extract,
    Introductions,
    Meeting,
    Naming,
    Notes,
    Organizer,
    Series,
    Venue,
    Version,
)
from worker.domain.forwarded import Original
from worker.domain.inbound import Aside
from worker.domain.introductions import Place, Swap
from worker.domain.notice import Notice
from worker.domain.person import Guest
from worker.domain.refusals import Lift
from worker.domain.suppression import Suppression

_ANSWERS = TypeAdapter(list[Answer])
_ASIDE = TypeAdapter(Aside)
_GUEST = TypeAdapter(Guest)
_LIFT = TypeAdapter(Lift)
_NOTICE = TypeAdapter(Notice)
_PLACE = TypeAdapter(Place)
_SEALED = TypeAdapter(Sealed)
_STATEMENT = TypeAdapter(Statement)
_SUPPRESSION = TypeAdapter(Suppression)
_SWAPS = TypeAdapter(tuple[Swap, ...])


# People's own words come but once: to remember them, as pydantic would, costs more than it saves, a third of a guest.
_KEYS_ALONE = ConfigDict(cache_strings="keys")
_GUESTS = TypeAdapter(list[Guest], config=_KEYS_ALONE)
_STATEMENTS = TypeAdapter(list[Statement], config=_KEYS_ALONE)
_WORDS = TypeAdapter(list[Word], config=_KEYS_ALONE)


def answer_text(answer: Answer) -> str:
    """An answer as JSON."""
    return _ANSWERS.dump_json([answer]).decode()[1:-1]


def answers(text: str) -> list[Answer]:
    """The answers in this JSON list."""
    return _ANSWERS.validate_json(text)


def aside_text(aside: Aside) -> str:
    """A mail kept aside as JSON."""
    return _ASIDE.dump_json(aside).decode()


def aside(text: str) -> Aside:
    """The mail kept aside in this JSON."""
    return _ASIDE.validate_json(text)


def statement_text(statement: Statement) -> str:
    """A statement as JSON."""
    return _STATEMENT.dump_json(statement).decode()


def statements(texts: Iterable[str]) -> list[Statement]:
    """The statements in these JSON texts, in their order; read together, as `guests`."""
    return _STATEMENTS.validate_json(_listed(texts))


def words(texts: Iterable[str]) -> list[Word]:
    """What counts of the statements in these JSON texts; to read no more takes two thirds of the time."""
    return _WORDS.validate_json(_listed(texts))


def sealed_text(sealed: Sealed) -> str:
    """A sealed statement as JSON."""
    return _SEALED.dump_json(sealed).decode()


def sealed(text: str) -> Sealed:
    """The sealed statement in this JSON."""
    return _SEALED.validate_json(text)


def original_text(original: Original) -> str:
    """A mail as it came, as JSON; not packed, so that whoever is erased is found in it."""
    return json.dumps([original.mail, original.raw.decode("latin-1")], ensure_ascii=False)


def original(text: str) -> Original:
    """The mail in this JSON."""
    mail, octets = json.loads(text)
    return Original(mail, octets.encode("latin-1"))


def guest_text(guest: Guest) -> str:
    """A guest as JSON, without what is as it is of anybody who is not told of."""
    return _GUEST.dump_json(guest, exclude_defaults=True).decode()


def guests(texts: Iterable[str]) -> list[Guest]:
    """The guests in these JSON texts, in their order. Read as one text they take two thirds of the time."""
    return _GUESTS.validate_json(_listed(texts))


def _listed(texts: Iterable[str]) -> str:
    return f"[{','.join(texts)}]"


def notice_text(notice: Notice) -> str:
    """A notice as JSON."""
    return _NOTICE.dump_json(notice).decode()


def notice(text: str) -> Notice:
    """The notice in this JSON."""
    return _NOTICE.validate_json(text)


def place_text(place: Place) -> str:
    """A place in a plan of introductions as JSON."""
    return _PLACE.dump_json(place).decode()


def place(text: str) -> Place:
    """The place in this JSON."""
    return _PLACE.validate_json(text)


def swaps_text(swaps: Sequence[Swap]) -> str:
    """Swaps as JSON."""
    return _SWAPS.dump_json(tuple(swaps)).decode()


def swaps(text: str) -> tuple[Swap, ...]:
    """The swaps in this JSON."""
    return _SWAPS.validate_json(text)


def suppression_text(suppression: Suppression) -> str:
    """A suppression as JSON; the gate's script reads when it ends from `ends`, in milliseconds."""
    if suppression.until is None:
        return _SUPPRESSION.dump_json(suppression).decode()
    ends = {"ends": round(suppression.until.timestamp() * 1000)}
    return json.dumps(_SUPPRESSION.dump_python(suppression, mode="json") | ends)


def lift_text(lift: Lift) -> str:
    """A refusal taken back as JSON."""
    return _LIFT.dump_json(lift).decode()


def lift(text: str) -> Lift:
    """The refusal taken back in this JSON."""
    return _LIFT.validate_json(text)


def suppression(text: str) -> Suppression:
    """The suppression in this JSON."""
    return _SUPPRESSION.validate_json(text)


def edition_text(edition: Edition) -> str:
    """An edition as JSON."""
    kept = {
        "series": asdict(edition.series),
        "meeting": _meeting_fields(edition.meeting),
        "organizers": [asdict(organizer) for organizer in edition.organizers],
        "language": edition.language,
        "notes": asdict(edition.notes),
        "next": _meeting_fields(edition.next) if edition.next else None,
        "sequence": edition.sequence,
        "introductions": asdict(edition.introductions),
    }
    return json.dumps(kept, ensure_ascii=False)


# Batch after batch is of one edition; while nothing has changed it is the same object, too.
@lru_cache(maxsize=16)
def edition(text: str) -> Edition:
    """The edition in this JSON."""
    kept = json.loads(text)
    notes = kept["notes"]
    return Edition(
        series=Series(**kept["series"]),
        meeting=_meeting(kept["meeting"]),
        organizers=tuple(Organizer(**organizer) for organizer in kept["organizers"]),
        language=kept["language"],
        notes=Notes(notes["ready"], tuple(Extract(**extract) for extract in notes["extracts"])),
        next=_meeting(kept["next"]) if kept["next"] else None,
        sequence=kept["sequence"],
        introductions=_introductions(kept.get("introductions")),
    )


def _introductions(kept: dict[str, Any] | None) -> Introductions:
    """Snapshots of before there was a choice have none."""
    return Introductions(Naming(kept["mode"]), kept["at_least"]) if kept else Introductions()


def _meeting_fields(meeting: Meeting) -> dict[str, Any]:
    wall = {name: getattr(meeting, name).replace(tzinfo=None).isoformat() for name in ("start", "end")}
    folds = {"folds": [meeting.start.fold, meeting.end.fold]}
    rest = {name: getattr(meeting, name) for name in ("id", "number", "title", "revision", "called_off")}
    past = [_version_fields(version) for version in meeting.past]
    return rest | wall | folds | {"zone": meeting.zone.key, "venue": asdict(meeting.venue), "past": past}


def _version_fields(version: Version) -> dict[str, Any]:
    wall = {name: getattr(version, name).replace(tzinfo=None).isoformat() for name in ("start", "end")}
    said = {"title": version.title, "revision": version.revision, "until": version.until.isoformat()}
    return said | wall | {"venue": asdict(version.venue)}


def _meeting(kept: dict[str, Any]) -> Meeting:
    zone, folds = ZoneInfo(kept.pop("zone")), kept.pop("folds")
    start, end = (
        datetime.fromisoformat(kept.pop(name)).replace(tzinfo=zone, fold=fold)
        for name, fold in zip(("start", "end"), folds, strict=True)
    )
    past = tuple(_version(each, zone) for each in kept.pop("past", ()))
    return Meeting(start=start, end=end, venue=Venue(**kept.pop("venue")), past=past, **kept)


def _version(kept: dict[str, Any], zone: ZoneInfo) -> Version:
    start, end = (datetime.fromisoformat(kept.pop(name)).replace(tzinfo=zone) for name in ("start", "end"))
    until = datetime.fromisoformat(kept.pop("until"))
    return Version(start=start, end=end, until=until, venue=Venue(**kept.pop("venue")), **kept)
