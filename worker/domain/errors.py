"""What we or the person at the keyboard did wrong. What the world says is a value, never one of these.

ApresError
├── InvalidFile        a file cannot be used: names file, line, key, value and remedy
├── InvalidRule        a sentence of the "when" grammar cannot be read
├── InvalidAddress     not an addr-spec we may mail
├── InvalidKey         not a message key
├── ForbiddenMove      a state change that the table of `lifecycle` does not know
├── Refused            a command that must not be done now, with what to do instead
├── ComposeFailed      a mail that cannot be made from its template and facts
│   └── WouldTell      … because it would tell somebody of another participant
├── Unreachable        a mailbox that cannot be opened, or was lost while it was read
└── Unsettled          the ledger cannot be trusted or reached as it is
"""

from __future__ import annotations


class ApresError(Exception):
    """Root of all our errors. `str()` is one sentence that may be shown to a person."""


class InvalidFile(ApresError):
    """One mistake in a file, as one sentence: where it is, what stands there, what to write instead."""

    def __init__(self, *, file: str, line: int | None, key: str, value: object, remedy: str) -> None:
        """Keep the parts for other languages; `written` shows the value as it stands, cut to 60 characters."""
        self.file, self.line, self.key, self.value, self.remedy = file, line, key, value, remedy
        self.written = _written(value)
        super().__init__(f"{file}{_at_line(line)}: {key}{self.written}: {remedy}")


def _at_line(line: int | None) -> str:
    return "" if line is None else f", line {line}"


def _written(value: object) -> str:
    if value is None:
        return ""
    text = repr(value) if isinstance(value, str) else str(value)
    return f" = {text if len(text) <= 60 else text[:57] + '…'}"


class InvalidRule(ApresError):
    """A "when" sentence that the grammar does not know."""

    def __init__(self, text: str, remedy: str) -> None:
        """Quote the sentence as written, then the remedy."""
        self.text, self.remedy = text, remedy
        super().__init__(f"{text!r} is not a moment: {remedy}")


class InvalidAddress(ApresError):
    """Not an addr-spec (RFC 5321 §4.1.2) that we may write to."""


class InvalidKey(ApresError):
    """Not of the form `<edition>.<step>[-<n>].<person>` in `[a-z0-9-]`."""


class ForbiddenMove(ApresError):
    """A message may not go from this state to that one."""


class Refused(ApresError):
    """The command is understood and must not be done now; the sentence says what to do instead."""


class ComposeFailed(ApresError):
    """A mail that cannot be made: a missing value or a broken template. Only its own message is dead."""


class WouldTell(ComposeFailed):
    """A mail that would tell somebody of another participant. Only that mail is dead."""


class Unreachable(ApresError):
    """The mailbox does not answer or refuses us; what it holds waits there."""


class Unsettled(ApresError):
    """The ledger's server is unreachable, forgetful or older than what we know was sent."""
