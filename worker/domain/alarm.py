"""When refusals stop being bad luck."""

from __future__ import annotations

_EARLY, _AT_LEAST, _SHARE = 200, 5, 0.05


def too_many_refused(sent: int, refused: int) -> bool:
    """Whether a campaign should pause itself: at least five and over 5 % refused among its first 200."""
    total = sent + refused
    return refused >= _AT_LEAST and refused > _SHARE * total and total <= _EARLY
