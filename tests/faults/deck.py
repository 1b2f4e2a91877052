"""Which fault comes next."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.faults.deeds import FAULTS


class Deck:
    """Every kind of fault in turn, shuffled, so that a short run has many of them and a long one has all."""

    def __init__(self, seed: int, kinds: Sequence[str] = ()) -> None:
        """The order is the seed's; `kinds` may name a few of all."""
        self._chance, self._cards = Random(f"{seed}/deck"), list[str]()  # noqa: S311 - a seed, no secret
        self._kinds = tuple(kinds) or tuple(FAULTS)

    def draw(self) -> str:
        """The next one."""
        if not self._cards:
            self._cards = self._chance.sample(self._kinds, len(self._kinds))
        return self._cards.pop()

    def put_back(self, name: str) -> None:
        """It could not happen: it comes again, after some others."""
        self._cards.insert(max(0, len(self._cards) - 4), name)
