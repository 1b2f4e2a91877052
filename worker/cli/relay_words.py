"""Why nothing leaves, or little: what is known of the relay, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from worker.cli.moments import stamp
from worker.cli.speech import counted, language, say
from worker.domain.relay_state import RelayState

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def relay_sentences(relay: RelayState, zone: ZoneInfo | None) -> list[str]:
    """Each hindrance in a sentence, the worst first; none while mail flows. Times on this zone's clock."""
    return [
        *_paused(relay),
        *_closed(relay, zone),
        *_spent(relay, zone),
        *_slowed(relay, zone),
        *_fewer(relay),
    ]


def relay_data(relay: RelayState) -> dict[str, Any]:
    """The same for machines: rates in mails a second, moments in UTC, None for what does not hinder."""
    return {
        "unreachable_until": _moment(relay.closed_until) if relay.closed_for else None,
        "failures": relay.failures,
        "slowed_to": relay.slowed_to,
        "slowed_since": _moment(relay.slowdown.since) if relay.slowdown and relay.slowed_to else None,
        "left_today": relay.left_today,
        "day_opens": _moment(relay.day_opens) if relay.left_today == 0 else None,
        "connections": relay.lines,
        "connections_allowed": relay.lines_allowed or None,
    }


def _paused(relay: RelayState) -> Iterator[str]:
    because = relay.paused
    if because:
        yield say(
            f"La messagerie refuse notre compte ({because}) : tout attend. Corrigez, puis : apres relay resume",
            f"The mail provider refuses our account ({because}): all waits. Put it right, then: apres relay resume",
        )


def _closed(relay: RelayState, zone: ZoneInfo | None) -> Iterator[str]:
    if relay.failures and relay.trial and relay.closed_for:
        yield say(
            "La messagerie ne répondait pas : un mail part à l’essai, les autres attendent.",
            "The mail provider did not answer: one mail is on trial, the others wait.",
        )
    elif relay.failures and relay.closed_for:
        at = stamp(_moment(relay.closed_until), zone)
        yield say(
            f"La messagerie ne répond pas : tout attend, prochain essai {at}.",
            f"The mail provider does not answer: everything waits, next try {at}.",
        )


def _spent(relay: RelayState, zone: ZoneInfo | None) -> Iterator[str]:
    if relay.left_today == 0:
        at, limit = stamp(_moment(relay.day_opens), zone), relay.limits.per_day
        yield say(
            f"Le budget du jour ({limit} mails en 24 heures) est épuisé : la suite part {at}.",
            f"The day’s budget ({limit} mails in 24 hours) is used up: the rest leaves {at}.",
        )


def _slowed(relay: RelayState, zone: ZoneInfo | None) -> Iterator[str]:
    if relay.slowdown and relay.slowed_to:
        since, because = stamp(_moment(relay.slowdown.since), zone), relay.slowdown.because
        yield say(
            f"La messagerie demande de ralentir : {_number(relay.rate)} mails par seconde depuis {since} ({because}).",
            f"The mail provider asks us to slow down: {_number(relay.rate)} mails a second since {since} ({because}).",
        )


def _fewer(relay: RelayState) -> Iterator[str]:
    allowed, usual = relay.lines_allowed, relay.limits.connections
    if allowed < usual:
        lines = counted(allowed, "connexion", "connection")
        yield say(
            f"La messagerie trouve nos connexions trop nombreuses : {lines} au lieu de {usual}.",
            f"The mail provider finds our connections too many: {lines} instead of {usual}.",
        )


def _moment(ms: float) -> datetime:
    return _EPOCH + timedelta(milliseconds=ms)


def _number(rate: float) -> str:
    text = f"{rate:.1f}".removesuffix(".0")
    return text if language() == "en" else text.replace(".", ",")
