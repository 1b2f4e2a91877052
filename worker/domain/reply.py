"""What a relay answered (RFC 5321 §4.2, RFC 3463), and what kind of answer that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ADDRESS = re.compile(r"[^\s<>:;,]+@[^\s<>:;,]+")


#: Of X.1.n, "addressing" (RFC 3463 §3.2, RFC 7505): these speak of the sender's address, or of a relay on the way.
_NOT_THE_RECIPIENT = frozenset({"5.1.7", "5.1.8", "5.1.9"})


def says_address_is_bad(status: str) -> bool:
    """Whether an enhanced code says that nobody can be reached there; policy, size and a full mailbox do not."""
    return status.startswith("5.1.") and status not in _NOT_THE_RECIPIENT


class Phase(StrEnum):
    """Where in the dialogue the reply, or its absence, came. STOPPED: past the final dot, and we had to leave."""

    CONNECT = "connect"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    GATE = "gate"
    DOT = "dot"
    STOPPED = "stopped"


class Verdict(StrEnum):
    """What a reply means for the message and for the relay."""

    ACCEPTED = "accepted"
    TRY_LATER = "try_later"
    REFUSED = "refused"
    RELAY_DOWN = "relay_down"
    RELAY_REFUSES_US = "relay_refuses_us"
    GATE_CLOSED = "gate_closed"
    UNKNOWN = "unknown"
    STOPPED = "stopped"


#: Said about one letter only: the relay is there, and the next letter may be tried.
ABOUT_ONE_LETTER = frozenset({Verdict.ACCEPTED, Verdict.TRY_LATER, Verdict.REFUSED})


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `code` 0 means none came: the line was lost, our own gate kept the dot back, or we had to leave.

    `verdict` is the class of this reply.
    """

    phase: Phase
    code: int = 0
    text: str = ""
    verdict: Verdict = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Every reply is judged once, and asked for it by many."""
        object.__setattr__(self, "verdict", _judged(self.phase, self.code))

    @property
    def enhanced(self) -> str:
        """The RFC 3463 status code in the text, or ""."""
        found = _ENHANCED.search(self.text)
        return found.group(1) if found else ""

    def __str__(self) -> str:
        """Code and text as the ledger and ops keep them: at most 200 characters, every address taken out."""
        text = _ADDRESS.sub("(address)", self.text) if "@" in self.text else self.text
        return f"{self.code} {text}".strip()[:200] if self.code else (text or "no reply")[:200]


@lru_cache(maxsize=256)
def _judged(phase: Phase, code: int) -> Verdict:
    """The order of the rules is the policy (research: reply classes)."""
    if code == 0:
        return _UNANSWERED.get(phase, Verdict.RELAY_DOWN)
    if 200 <= code < 400:
        return Verdict.ACCEPTED if phase is Phase.DOT else Verdict.RELAY_DOWN
    if code == 421 or phase is Phase.CONNECT:
        return Verdict.RELAY_DOWN
    if phase is Phase.AUTH or (phase is Phase.MAIL and code >= 500) or code in (530, 535):
        return Verdict.RELAY_REFUSES_US
    return Verdict.TRY_LATER if code < 500 else Verdict.REFUSED


#: Without a reply, before the final dot the relay must discard (RFC 5321 §4.1.1.4); after it, nobody knows (RFC 1047).
_UNANSWERED = {
    Phase.DOT: Verdict.UNKNOWN,
    Phase.STOPPED: Verdict.STOPPED,
    Phase.GATE: Verdict.GATE_CLOSED,
}
