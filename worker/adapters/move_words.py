"""A move in the words of a JSON line. Three are said of every mail, so they are put together rather than encoded."""

from __future__ import annotations

import json
from functools import lru_cache

from worker.domain.delivery import Claim, Settlement
from worker.domain.message import MessageKey
from worker.domain.reason import Reason
from worker.domain.sequence import Lane


def claim_words(claim: Claim, lane: Lane) -> str:
    """A message taken in hand."""
    tried = f'"tries": {claim.tries}, "losses": {claim.losses}'
    return f'"event": "claimed", "key": "{claim.key}", "lane": "{lane}", {tried}'


def gate_words(key: MessageKey, refused: Reason | None) -> str:
    """One let through by the gate, or turned back."""
    if refused is None:
        return f'"event": "sending", "key": "{key}", "reason": null'
    return f'"event": "turned back", "key": "{key}", "reason": {_quoted(refused)}'


def outcome_words(settlement: Settlement) -> str:
    """What became of one."""
    return f'"event": "{settlement.state}", {_outcome(settlement)}'


def too_late_words(settlement: Settlement) -> str:
    """What would have become of one, had its token still held it."""
    return f'"event": "too late", {_outcome(settlement)}'


def _outcome(settlement: Settlement) -> str:
    return f'"key": "{settlement.claim.key}", {_why(settlement.reason, settlement.reply)}'


# A relay says the same few things again and again; everything else that stands here has no need of quoting.
@lru_cache(maxsize=256)
def _why(reason: Reason, reply: str) -> str:
    return f'"reason": "{reason}", "reply": {_quoted(reply)}'


def _quoted(text: str | None) -> str:
    return json.dumps(text, ensure_ascii=False)
