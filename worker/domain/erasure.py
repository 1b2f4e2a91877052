"""Somebody who is to be forgotten: what they may be known by. Only the fingerprint of the address outlives them."""

from __future__ import annotations

from dataclasses import dataclass

from worker.domain.plain import plain_words


@dataclass(frozen=True, slots=True)
class Forgotten:
    """`fingerprint` is what outlives them. `addresses` and `names` as they stood on lists, each spelling."""

    person: str
    fingerprint: str = ""
    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def is_told_in(self, text: str) -> bool:
        """Whether the text holds their address, or their whole name with its words side by side."""
        lowered = text.casefold()
        if any(address.casefold() in lowered for address in self.addresses):
            return True
        said = f" {' '.join(plain_words(text))} "
        return any(f" {' '.join(name)} " in said for name in self._whole_names)

    def is_named(self, name: str) -> bool:
        """Whether this is their name, in whatever order its words stand."""
        words = sorted(plain_words(name))
        return bool(words) and words in [sorted(plain_words(own)) for own in self.names]

    @property
    def _whole_names(self) -> list[list[str]]:
        """A first name alone is anybody's."""
        return [words for name in self.names if len(words := plain_words(name)) > 1]
