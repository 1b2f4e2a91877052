"""Voices, portraits and rests as JSON and back; moments are ms, as the scripts write them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from worker.adapters.moments import from_ms
from worker.domain.dialogue import Asked, Met, Said, Voice
from worker.domain.portrait import Portrait
from worker.domain.rest import Rest
from worker.domain.unclear import UnclearName
from worker.ports.dialogues import Uttered

_REST = TypeAdapter(Rest)
_UNCLEAR = TypeAdapter(UnclearName)


def uttered_fields(mail: Uttered) -> dict[str, Any]:
    """What one mail says, as `utter.lua` takes it."""
    described = {other: [each.sector, each.interest] for other, each in mail.described.items()}
    return {"d": described, "o": list(mail.described), "n": sorted(mail.named)}


def voice(text: str) -> Voice:
    """The voice in this JSON."""
    kept = json.loads(text)
    asked = {other: Asked(one["n"], Portrait(one["s"], one["i"])) for other, one in _part(kept, "asked")}
    return Voice(
        asked=dict(sorted(asked.items(), key=lambda each: each[1].number)),
        asked_at=_moment(kept.get("asked_at")),
        said={other: Said(word) for other, word in _part(kept, "said")},
        said_at=_moment(kept.get("said_at")),
        made={other: from_ms(at) for other, at in _part(kept, "made")},
        told={other: from_ms(at) for other, at in _part(kept, "told")},
        met=Met(kept["met"]) if "met" in kept else None,
    )


def _part(kept: dict[str, Any], name: str) -> list[tuple[str, Any]]:
    return sorted(kept.get(name, {}).items())


def _moment(at: float | None) -> datetime | None:
    return from_ms(at) if at is not None else None


def portraits_text(portraits: Mapping[str, Portrait]) -> str:
    """How others are described, as JSON."""
    return json.dumps({other: [each.sector, each.interest] for other, each in portraits.items()})


def portraits(text: str) -> dict[str, Portrait]:
    """The portraits in this JSON."""
    return {other: Portrait(*words) for other, words in json.loads(text).items()}


def rest_text(rest: Rest) -> str:
    """A rest as JSON."""
    return _REST.dump_json(rest).decode()


def rest(text: str) -> Rest:
    """The rest in this JSON."""
    return _REST.validate_json(text)


def unclear_text(unclear: UnclearName) -> str:
    """An unclear name as JSON."""
    return _UNCLEAR.dump_json(unclear).decode()


def unclear(text: str) -> UnclearName:
    """The unclear name in this JSON."""
    return _UNCLEAR.validate_json(text)
