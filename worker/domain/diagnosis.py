"""What somebody found who looked over the house: one fact, how it stands, and what the sentence about it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """How a thing stands. Only `wrong` keeps mails from being sent, or from arriving, as they should."""

    GOOD = "good"
    WARNING = "warning"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`finding` names the sentence (`<part>.<what>`), `details` are the values in it."""

    finding: str
    verdict: Verdict = Verdict.GOOD
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def part(self) -> str:
        """The part of the house that it is about."""
        return self.finding.partition(".")[0]


def good(finding: str, **details: str) -> Diagnosis:
    """It is as it should be."""
    return Diagnosis(finding, Verdict.GOOD, details)


def warning(finding: str, **details: str) -> Diagnosis:
    """It works, and could be better."""
    return Diagnosis(finding, Verdict.WARNING, details)


def wrong(finding: str, **details: str) -> Diagnosis:
    """It has to be put right."""
    return Diagnosis(finding, Verdict.WRONG, details)


def unknown(finding: str, **details: str) -> Diagnosis:
    """It could not be looked at."""
    return Diagnosis(finding, Verdict.UNKNOWN, details)
