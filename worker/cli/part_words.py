"""Whether somebody takes part in introductions, and what they agreed to, for a screen and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from worker.cli.consent_words import statement_words
from worker.cli.speech import language, say
from worker.services.taking_part import Part
from worker.services.wording import reason_words


def part_words(part: Part, zone: ZoneInfo) -> Iterator[str]:
    """What keeps them out, if anything; then their last word and the text they had read."""
    name = part.guest.person.name
    if part.hindrance:
        why = reason_words(part.hindrance, language())
        yield say(f"{name} ne participe pas : {why}.", f"{name} takes no part: {why}.")
    if part.consent is None:
        yield say(
            f"{name} : rien dans le journal des consentements.", f"{name}: nothing in the log of consents."
        )
        return
    yield say(f"{name} :", f"{name}:")
    yield statement_words(part.consent, zone)
    if part.read:
        yield say(f"    texte lu : « {part.read} »", f"    text read: “{part.read}”")


def part_data(part: Part) -> dict[str, Any]:
    """The same for machines."""
    said = part.consent
    return {
        "person": part.guest.person.id,
        "hindrance": part.hindrance,
        "consent": said
        and {"answer": said.answer, "at": said.at, "means": said.means, "wording": said.wording},
        "read": part.read,
    }
