"""When refusals stop being bad luck."""

from __future__ import annotations

_EARLY, _AT_LEAST, _SHARE = 200, 5, 0.05


def too_many_refused(sent: int, refused: int) -> bool:
    """Whether a campaign should pause itself: at least five and over 5 % refused among its first 200."""
    total = sent + refused
    return _AT_LEAST <= refused and total <= _EARLY and refused > _SHARE * total
