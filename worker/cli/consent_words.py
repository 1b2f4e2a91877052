"""Words of the log of consents for a screen."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from worker.cli.moments import stamp
from worker.cli.speech import say
from worker.cli.words import consent_label
from worker.domain.consent import Means, Statement
from worker.domain.consent_chain import Verdict
from worker.domain.sequence import Purpose

_PURPOSES = {
    Purpose.THANKS: ("remerciements", "thanks"),
    Purpose.INVITATIONS: ("invitations", "invitations"),
    Purpose.INTRODUCTIONS: ("mises en relation", "introductions"),
}
_MEANS = {
    Means.IMPORT: ("par la liste", "by the list"),
    Means.PAGE: ("sur sa page", "on their page"),
    Means.MAIL: ("par mail", "by mail"),
    Means.ORGANIZER: ("noté par vous", "noted by you"),
}


def statement_words(said: Statement, zone: ZoneInfo) -> str:
    """One word as a line: what, when, how."""
    where = f" ({said.edition})" if said.edition else ""
    how = " ".join(part for part in (say(*_MEANS[said.means]), said.detail) if part)
    purpose, answer = f"{say(*_PURPOSES[said.purpose])}{where}", consent_label(said.answer)
    what = say(f"{purpose} : {answer}", f"{purpose}: {answer}")
    return f"  {what}, {stamp(said.at, zone)}, {how} [{said.wording}]"


def statements_words(said: Iterable[Statement], zone: ZoneInfo) -> list[str]:
    """One line each, the oldest first."""
    return [statement_words(one, zone) for one in sorted(said, key=lambda one: (one.at, one.field))]


def verdict_words(verdict: Verdict) -> str:
    """Whether the log holds."""
    counted = say(
        f"{verdict.links} entrées, dont {verdict.erased} effacées ; tête {verdict.head[:16]}…",
        f"{verdict.links} entries, {verdict.erased} of them erased; head {verdict.head[:16]}…",
    )
    if verdict.holds:
        return say(f"Le journal des consentements tient : {counted}", f"The log of consents holds: {counted}")
    wrong = ", ".join(map(str, sorted({*verdict.broken, *verdict.altered})))
    return say(
        f"Le journal des consentements a été altéré aux entrées {wrong} ({counted})",
        f"The log of consents was altered at entries {wrong} ({counted})",
    )
