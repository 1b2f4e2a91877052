"""How much of what is due one worker takes in hand at once. `lua/claim.lua` does the same sum in Redis."""

from __future__ import annotations

from math import ceil

#: So few letters one worker takes alone: two groups, and opening another line to the relay takes longer than they do.
ALONE = 40


def share(due: int, most: int) -> int:
    """At most half of what is due: another worker finds as much, and both come to the end of an edition together."""
    return min(most, max(ALONE, ceil(due / 2)))
