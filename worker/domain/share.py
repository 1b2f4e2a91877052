"""How much of what is due one worker takes in hand, and how much of that passes the last gate, at once."""

from __future__ import annotations

from math import ceil

#: So few letters one worker takes alone: opening another line to the relay takes as long as they do.
ALONE = 40


def share(due: int, most: int) -> int:
    """At most half of what is due, or so few as one takes alone: workers come to the end of an edition together.

    `lua/claim.lua` does the same sum in Redis.
    """
    return min(most, max(ALONE, ceil(due / 2)))


#: Fewer at once are not worth a write to the ledger's disk.
_LEAST = 10


def together(letters: int, most: int) -> int:
    """How many letters of a batch pass the last gate together, and so how many a crash can put in doubt.

    A tenth of the batch, so that a crash is no worse for a small edition than for a large one; at least ten, but never
    more than `most`.
    """
    return min(most, max(_LEAST, ceil(letters / 10)))
