"""Values made for every mail: frozen wherever code is checked, and quick to make where it runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    # Python's own watch over frozen fields takes 1.5 of the 1.9 us in which the facts of one mail are made.
    def value(**words: object) -> Callable[[type], type]:
        """The dataclass of these words, compared and hashed as if frozen; mypy sees to it that nobody changes one."""
        return dataclasses.dataclass(**{**words, "frozen": False, "unsafe_hash": True})


__all__ = ["value"]
