"""How the local inbox misbehaves when asked to: by address, or by a tag anyone may put into one.

`ana+451@…` is refused for now, `ana+550@…` for good, `ana+slow@…` is answered late, `ana+drop@…` is kept
but the line is cut instead of the reply (RFC 1047).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from types import MappingProxyType

_TAG = re.compile(r"\+(451|550|slow|drop)@")

_GREYLISTED = "450 4.7.1 greylisted: please come back later"
_UNKNOWN_USER = "550 5.1.1 no such mailbox here"
_TAGGED = MappingProxyType({"451": "451 4.3.0 not now: this address asked for it", "550": _UNKNOWN_USER})


class Ending(Enum):
    """What happens after the final dot, when the mail is kept."""

    PROMPT = "the reply comes at once"
    SLOW = "the reply comes late"
    CUT = "the line is cut instead"


@dataclass(frozen=True, slots=True)
class Script:
    """Who is treated badly. `greylisted` says how many first tries of an address are put off."""

    greylisted: Mapping[str, int] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    slow: timedelta = timedelta(seconds=3)


class Behaviour:
    """A script being played: it remembers who has tried before, as long as it lives."""

    def __init__(self, script: Script | None = None) -> None:
        """Without a script only the tags have an effect."""
        self.script = script or Script()
        self._patience = Counter(
            {address.lower(): tries for address, tries in self.script.greylisted.items()}
        )
        self._refused = frozenset(address.lower() for address in self.script.refused)

    def refusal(self, rcpt_to: str) -> str | None:
        """The reply line that refuses this recipient, or None; asking counts as a try."""
        address = rcpt_to.lower()
        if address in self._refused:
            return _UNKNOWN_USER
        if self._patience[address] > 0:
            self._patience[address] -= 1
            return _GREYLISTED
        return _TAGGED.get(_tag(address))

    def ending(self, rcpt_tos: list[str]) -> Ending:
        """What the tags of the accepted recipients ask for."""
        tags = {_tag(address.lower()) for address in rcpt_tos}
        if "drop" in tags:
            return Ending.CUT
        return Ending.SLOW if "slow" in tags else Ending.PROMPT


def _tag(address: str) -> str:
    found = _TAG.search(address)
    return found[1] if found else ""
