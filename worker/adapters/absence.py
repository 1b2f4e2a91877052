"""What is left of a key of the ledger when somebody is taken out of it; the same for Redis and for a backup's file.

What a person is named by in keys (their id, a fingerprint) stays in the moves of the ledger: history counts on. All
else goes, also from places that later versions may add: a field that names them, a member, an item, a mention.
"""

from __future__ import annotations

import json
import re
from typing import Any

from worker.adapters import keys
from worker.domain.erasure import Forgotten

#: Moves, counts, refusals and clocks: they know ids and fingerprints, no words.
_HISTORY = frozenset(
    {
        *("messages", "entries", "counts", "due", "agenda", "given", "leases", "claim", "campaign"),
        *("consents", "wordings", "series", "editions"),
        *("prints", "relay", "ledger", "slots", "clock", "notice-number", "guests-version"),
    }
)
_SEPARATORS = re.compile("[/:.]")


def without(name: str, kind: str, value: Any, gone: Forgotten) -> Any:
    """The value of a key without this person: equal where they are not in it, None or empty where nothing is left."""
    room = name.removeprefix(f"{keys.TAG}:").partition(":")[0]
    if room in _HISTORY or "redbeat" in name:
        return value
    if room == "consent-records" and name == keys.named(room, gone.person):
        return {}
    return _OF_KIND[kind](room, value, gone) if kind in _OF_KIND else value


def _hash(room: str, value: dict[str, str], gone: Forgotten) -> dict[str, str]:
    if room in {"suppressions", "lifted"}:
        return _refusals(value, gone)
    kept = {field: text for field, text in value.items() if not _names(field, gone)}
    left = {field: _text(room, text, gone) for field, text in kept.items()}
    return {field: text for field, text in left.items() if text is not None}


def _refusals(value: dict[str, str], gone: Forgotten) -> dict[str, str]:
    """They stand on, without what an organizer noted beside them."""
    return {
        field: _without_words(text)
        if gone.is_told_in(text) or field.split("/")[0] == gone.fingerprint
        else text
        for field, text in value.items()
    }


def _without_words(text: str) -> str:
    kept = json.loads(text)
    return json.dumps(kept | {name: "" for name in ("note", "because") if kept.get(name)}, ensure_ascii=False)


def _members(_room: str, value: Any, gone: Forgotten) -> Any:
    return type(value)(member for member in value if not _names(member, gone))


def _pairs(_room: str, value: Any, gone: Forgotten) -> Any:
    return [pair for pair in value if not _names(pair[0], gone)]


def _text(room: str, text: str, gone: Forgotten) -> str | None:
    """None where the whole text is about them."""
    if room == "edition":
        return _without_author(text, gone)
    if gone.person not in text and not gone.is_told_in(text):
        return text
    if room == "guests":  # somebody else's entry; a namesake keeps their name
        return text
    try:
        value = json.loads(text)
    except ValueError:
        return None
    left = _pruned(value, gone)
    changed = left != value
    if room in {"unclear", "aside"} and (changed or gone.is_told_in(text)):
        return None
    written = json.dumps(left, ensure_ascii=False) if changed else text
    return None if any(a.casefold() in written.casefold() for a in gone.addresses) else written


def _pruned(node: Any, gone: Forgotten) -> Any:
    if isinstance(node, dict):
        return {key: _pruned(value, gone) for key, value in node.items() if key != gone.person}
    if isinstance(node, list):
        return [_pruned(value, gone) for value in node if not _is_about(value, gone)]
    return "" if node == gone.person else node


def _is_about(value: Any, gone: Forgotten) -> bool:
    return value == gone.person or (isinstance(value, dict) and gone.person in value.values())


def _without_author(text: str, gone: Forgotten) -> str:
    """What they said in the debate stays, unattributed."""
    kept = json.loads(text)
    extracts = kept.get("notes", {}).get("extracts", [])
    named = [extract for extract in extracts if gone.is_named(extract.get("author", ""))]
    for extract in named:
        extract["author"] = ""
    return json.dumps(kept, ensure_ascii=False) if named else text


def _names(field: str, gone: Forgotten) -> bool:
    return gone.person in _SEPARATORS.split(field)


_OF_KIND: dict[str, Any] = {"hash": _hash, "set": _members, "zset": _pairs, "string": _text}
