"""Whole lists of guests, read no further than tells who they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from worker.domain.listed import Listed


def listed(texts: Iterable[str]) -> Listed:
    """The columns of the guests in these JSON texts, as `Listed.of(records.guests(texts))` for half the price."""
    kept = json.loads(f"[{','.join(texts)}]")
    people = [guest["person"] for guest in kept]
    return Listed(
        [person["id"] for person in people],
        [person["name"] for person in people],
        [person["first_name"] for person in people],
        [person["address"] for person in people],
        [guest.get("organisation", "") for guest in kept],
        frozenset({guest.get("sector", "") for guest in kept}.union(*_interests(kept))),
    )


def _interests(kept: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    return [guest["interests"] for guest in kept if "interests" in guest]
