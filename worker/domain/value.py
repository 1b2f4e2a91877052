"""Values made for every mail: frozen wherever code is checked, and quick to make where it runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:

    def value(**words: object) -> Callable[[type], type]:
        """The dataclass of these words, compared and hashed as if frozen; mypy sees to it that nobody changes one.

        Python's own watch over frozen fields takes 0.08 us each: three quarters of the time in which a value is made.
        """

        def made(plain: type) -> type:
            hashed = {"frozen": False, "unsafe_hash": "__hash__" not in vars(plain)}
            return dataclasses.dataclass(**words | hashed)(plain)

        return made


__all__ = ["value"]
