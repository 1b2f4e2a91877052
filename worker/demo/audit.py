"""The audit: count what arrived, from the inbox, and hold it against what was planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from worker.domain.edition import Meeting
from worker.domain.errors import InvalidKey
from worker.domain.ledger import Record
from worker.domain.lifecycle import State
from worker.domain.message import MessageKey
from worker.mail.mail_view import MailView


@dataclass(frozen=True, slots=True)
class Audit:
    """What the inbox says of what was `planned` (all but the skipped, the refused and the doubtful).

    `again` came twice because a doubt about them was resolved so (one appointment in a calendar all the same);
    `doubled` came twice without that excuse. `missing` were planned and neither arrived nor are explained;
    `patient` were put off at first, by greylisting for example; `unexpected` arrived without being planned;
    `misread` carry a calendar part that does not give the next Café back.
    """

    planned: int
    received: tuple[MessageKey, ...]
    again: tuple[MessageKey, ...]
    doubled: tuple[MessageKey, ...]
    missing: tuple[MessageKey, ...]
    unexpected: tuple[MessageKey, ...]
    misread: tuple[MessageKey, ...]
    invitations: int
    refused: tuple[MessageKey, ...]
    patient: tuple[MessageKey, ...]
    in_doubt: tuple[MessageKey, ...]
    skipped: Mapping[str, int]

    @property
    def is_clean(self) -> bool:
        """Whether everybody got what was planned for them, once."""
        return not (self.doubled or self.missing or self.unexpected or self.misread)


#: A message in one of these need not have arrived, and the ledger says why.
_EXPLAINED = frozenset({State.BOUNCED, State.SKIPPED, State.IN_DOUBT})


def audit(
    mails: Iterable[MailView],
    records: Iterable[Record],
    following: Meeting | None,
    *,
    resent: frozenset[MessageKey] = frozenset(),
) -> Audit:
    """Compare the mails in the inbox with the ledger's records; `resent` are those the ledger says went again."""
    arrived = [(key, view) for view in mails if (key := key_of(view)) is not None]
    times = Counter(key for key, _ in arrived)
    known = {record.key: record for record in records}
    invitations = [(key, view) for key, view in arrived if view.ics is not None]
    twice = {key for key, number in times.items() if number > 1}
    return Audit(
        planned=sum(record.state not in _EXPLAINED for record in known.values()),
        received=tuple(sorted(times)),
        again=tuple(sorted(twice & resent)),
        doubled=tuple(sorted(twice - resent)),
        missing=tuple(sorted(key for key, record in known.items() if _is_missing(record, times))),
        unexpected=tuple(sorted(key for key in times if key not in known or _must_not_arrive(known[key]))),
        misread=tuple(sorted(key for key, view in invitations if not _gives_back(view, following))),
        invitations=len(invitations),
        refused=tuple(sorted(key for key, record in known.items() if record.state is State.BOUNCED)),
        patient=tuple(sorted(k for k, r in known.items() if r.state is State.SENT and r.tries)),
        in_doubt=tuple(sorted(key for key, record in known.items() if record.state is State.IN_DOUBT)),
        skipped=Counter(record.reason.value for record in known.values() if record.state is State.SKIPPED),
    )


def key_of(view: MailView) -> MessageKey | None:
    """The message a mail in the inbox is, read from its Message-ID; None for a stranger's mail."""
    try:
        return MessageKey.parse(view.message_id.strip("<>").rpartition("@")[0])
    except InvalidKey:
        return None


def _is_missing(record: Record, times: Mapping[MessageKey, int]) -> bool:
    return record.state not in _EXPLAINED and record.key not in times


def _must_not_arrive(record: Record) -> bool:
    return record.state in {State.SKIPPED, State.BOUNCED}


def _gives_back(view: MailView, following: Meeting | None) -> bool:
    card = view.card
    if card is None or following is None or len(card.attendees) != 1:
        return False
    return (
        card.method == "REQUEST" and card.starts == following.start and view.delivered_to in card.attendees[0]
    )
