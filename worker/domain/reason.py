"""Why a message is where it is: a closed list of words, each with its sentence in `services/wording`."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The word recorded in the ledger with a move. Metrics may carry it: it never names a person."""

    PLANNED = "planned"
    REPLANNED = "replanned"
    DUE = "due"
    GATE = "gate"
    ACCEPTED = "accepted"

    ABSENT = "absent"
    CANCELLED_BY_GUEST = "cancelled_by_guest"
    NOT_MISSED = "not_missed"
    PRESENCE_UNKNOWN = "presence_unknown"
    PRESENCE_MARKED = "presence_marked"
    NOTES_READY = "notes_ready"
    NO_CONSENT = "no_consent"
    NO_RECORD = "no_record"
    WITHDRAWN = "withdrawn"
    ANSWERED = "answered"
    RESTING = "resting"
    NO_NEXT_EDITION = "no_next_edition"
    CALLED_OFF = "called_off"
    UNINVITED = "uninvited"
    SUPERSEDED = "superseded"
    DECLINED = "declined"
    REPLIED = "replied"
    WROTE = "wrote"
    SUPPRESSED = "suppressed"
    OPTED_OUT = "opted_out"
    EXPIRED = "expired"
    NOT_ON_LIST = "not_on_list"
    ERASED = "erased"
    UNDONE = "undone"
    CANCELLED = "cancelled"

    PAUSED = "paused"
    OUTSIDE_WINDOW = "outside_window"
    LIMITED = "limited"
    STALE = "stale"
    LEASE_LOST = "lease_lost"
    LEASE_RAN_OUT = "lease_ran_out"
    RETURNED = "returned"
    RELAY_DOWN = "relay_down"
    RELAY_PAUSED = "relay_paused"

    REFUSED_FOR_NOW = "refused_for_now"
    REFUSED = "refused"
    GAVE_UP = "gave_up"
    LOST_AFTER_DOT = "lost_after_dot"
    WORKER_LOST = "worker_lost"
    SHUTDOWN = "shutdown"
    POISON = "poison"
    COMPOSE_FAILED = "compose_failed"
    LEAK = "leak"

    LEDGER_HELD = "ledger_held"
    JOURNAL = "journal"

    EVIDENCE = "evidence"
    AGAIN = "again"
    BY_HAND = "by_hand"
