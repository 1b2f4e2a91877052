"""Record what people say about our mails, and ask what counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from worker.domain.consent import Means, Statement, answer, changes, fields, wording_version
from worker.domain.consent_chain import Sealed, Verdict, checked, stood_at
from worker.domain.edition import Edition
from worker.domain.person import Consent, Guest
from worker.domain.sequence import Purpose
from worker.services.tools import Tools

#: Words in one call of the store.
_CHUNK = 400


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that people read before they answered; its version follows from the text."""

    name: str
    text: str

    @property
    def version(self) -> str:
        """As it stands in the log."""
        return wording_version(self.name, self.text)


@dataclass(frozen=True, slots=True)
class Said:
    """One word of one person, with the text they read and how it reached us. `edition` is "" for every edition."""

    person: str
    purpose: Purpose
    answer: Consent
    wording: Wording
    means: Means
    detail: str = ""
    edition: str = ""


def record(tools: Tools, said: Iterable[Said]) -> tuple[Statement, ...]:
    """Keep these words, in this order; gives those that changed something.

    The same word twice is kept once, and a refusal by a person's own hand is taken back by nobody else. Plans follow
    with `services.suppress.replan`.
    """
    words = list(said)
    tools.store.keep_wordings({one.wording.version: one.wording.text for one in words})
    kept: list[Statement] = []
    for start in range(0, len(words), _CHUNK):
        kept += _record(tools, words[start : start + _CHUNK])
    return tuple(kept)


def _record(tools: Tools, words: Sequence[Said]) -> list[Statement]:
    while True:
        head = tools.store.consent_head()  # first: whatever is read after it is at least as new
        news = list(_news(tools, words))
        sealed = [Sealed(tools.new_token(), tools.new_token(), statement) for statement in news]
        if tools.store.append_consents(sealed, after=head):
            return news


def _news(tools: Tools, words: Sequence[Said]) -> Iterator[Statement]:
    asked = [field for one in words for field in fields(one.person, one.purpose, one.edition)]
    standing, now = dict(tools.store.consents(asked)), _whole_milliseconds(tools.store.now())
    for one in words:
        new = _statement(one, now)
        known = fields(one.person, one.purpose, one.edition)
        if changes(new, [standing[field] for field in known if field in standing]):
            standing[new.field] = new
            yield new


def _statement(said: Said, now: datetime) -> Statement:
    return Statement(
        person=said.person,
        purpose=said.purpose,
        answer=said.answer,
        wording=said.wording.version,
        at=now,
        means=said.means,
        detail=said.detail,
        edition=said.edition,
    )


def _whole_milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def answers(
    tools: Tools, edition: str, purposes: Iterable[Purpose], people: Iterable[str]
) -> dict[tuple[str, Purpose], Consent]:
    """What counts for each of these people and purposes in this edition; one question to the store."""
    asked = [(person, purpose) for purpose in set(purposes) for person in people]
    standing = tools.store.consents(f for person, purpose in asked for f in fields(person, purpose, edition))
    return {(person, purpose): answer(standing, person, purpose, edition) for person, purpose in asked}


def with_consents(tools: Tools, edition: Edition, guests: Mapping[str, Guest]) -> dict[str, Guest]:
    """The guests, each with what the log says of being introduced: a list only brings words into the log."""
    asked = answers(tools, edition.id, [Purpose.INTRODUCTIONS], guests)
    said = {person: asked[person, Purpose.INTRODUCTIONS] for person in guests}
    return {
        person: guest if guest.introduced is said[person] else replace(guest, introduced=said[person])
        for person, guest in guests.items()
    }


@dataclass(frozen=True, slots=True)
class Proof:
    """What stood for a person at a moment, the words it rests on, the texts they read, and whether the log holds."""

    standing: Mapping[str, Statement]
    history: tuple[Sealed, ...]
    wordings: Mapping[str, str]
    verdict: Verdict


def proof(tools: Tools, person: str, moment: datetime) -> Proof:
    """Changes nothing."""
    own = sorted(
        tools.store.consent_records([person]).values(),
        key=lambda one: (one.statement.at, one.statement.field),
    )
    known = {one.statement.wording for one in own}
    texts = {version: text for version, text in tools.store.wordings().items() if version in known}
    return Proof(stood_at(own, moment), tuple(own), texts, verify(tools))


def verify(tools: Tools) -> Verdict:
    """Go along the whole chain, and compare each record with its link."""
    chain = tools.store.consent_chain()  # before the records: what is appended meanwhile is not missed
    return checked(chain, tools.store.consent_records())
