"""What people decided about their own mail, and what waits for somebody to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from worker.domain.notice import Notice
from worker.domain.refusals import Lift
from worker.domain.suppression import Suppression


class Suppressions(Protocol):
    """Addresses we must not write to."""

    def suppress(self, suppression: Suppression) -> None:
        """From the next gate on, nothing in its scope leaves. What stands is kept unless this one outweighs it."""

    def lift(self, fingerprint: str, scope: str, because: str = "") -> bool:
        """Take one back, and remember why; False when there was none."""

    def lifted(self, fields: Iterable[str]) -> Mapping[str, Lift]:
        """The last time that each of these was taken back, by field."""

    def standing(self, fields: Iterable[str]) -> Mapping[str, Suppression]:
        """Which of these suppressions (`domain.suppression.scopes`) stand, by field."""


class Notices(Protocol):
    """What waits for a person's decision."""

    def raise_notice(self, notice: Notice) -> Notice | None:
        """Keep and number it; None when the same one (edition and kind) is already open."""

    def close_notice(self, edition: str, kind: str) -> bool:
        """It needs nobody any more; False when it was not open."""

    def open_notices(self) -> tuple[Notice, ...]:
        """All open ones, oldest first."""
