"""An entry of the ledger: a run of like moves. What they share has one letter; each message has what the relay said.

    a after, r reason, t moment, b before, d due moment; then <step>.<person> and the reply, for each message

Older ledgers have an entry a move, which names its message as `m` and the reply as `s`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from worker.adapters.moments import from_ms, read
from worker.domain.ledger import Entry
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.domain.reason import Reason

#: Entries read in one call: each may hold some hundred moves, and a long ledger must not fill the memory.
PAGE = 200


def told_of(words: Mapping[str, str]) -> dict[str, str]:
    """The messages that moved in an entry, by their fields: what the relay said of each."""
    if "m" in words:
        return {words["m"]: words.get("s", "")}
    return {name: reply for name, reply in words.items() if "." in name}


def moves_of(edition: str, words: Mapping[str, str], person: str | None = None) -> Iterator[Entry]:
    """The moves in an entry; of one person only, where one is given."""
    told = told_of(words)
    for field in told if person is None else [name for name in told if name.endswith(f".{person}")]:
        yield Entry(
            key=MessageKey.parse(f"{edition}.{field}"),
            at=from_ms(words["t"]),
            before=State(words["b"]) if words.get("b") else None,
            after=State(words["a"]),
            reason=Reason(words["r"]),
            reply=told[field],
            due=read(words.get("d")),
        )
