"""What a person decides with a button or a link, as words for the log of consents."""

from __future__ import annotations

from collections.abc import Iterable

from worker.domain.consent import Means
from worker.domain.person import Consent
from worker.domain.sequence import Purpose
from worker.services.consents import Said, Wording, record
from worker.services.tools import Tools

#: What the buttons of the pages ask, French and English: {0} is what the mails are for.
_BUTTONS = {
    Consent.GIVEN: "Recevoir à nouveau : {0} / Receive again: {0}",
    Consent.REFUSED: "Ne plus recevoir : {0} / Stop receiving: {0}",
}


def decide(
    tools: Tools, person: str, purposes: Iterable[Purpose], answer: Consent, *, where: str, read: str = ""
) -> None:
    """Keep this word of theirs for these purposes in every edition.

    `where` is the page it was said on, `read` the very words that stood there.
    """
    words = (
        Said(
            person,
            purpose,
            answer,
            Wording("button", read or _BUTTONS[answer].format(purpose)),
            Means.PAGE,
            where,
        )
        for purpose in purposes
    )
    record(tools, words)


def ever_given(tools: Tools, person: str) -> frozenset[Purpose]:
    """The purposes that this person ever said yes to: what a way back may lead back to."""
    said = (one.statement for one in tools.store.consent_records([person]).values())
    return frozenset(statement.purpose for statement in said if statement.answer is Consent.GIVEN)
