"""What templates may speak of: plain dictionaries, lists, words and numbers, already said in the reader's language.

Dates and the prose of organizers are typeset here; names and labels stay as people wrote them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from worker.domain.answer import Stance
from worker.domain.edition import Edition
from worker.domain.facts import Facts
from worker.domain.forwarded import Forwarded
from worker.domain.notice import HOUSE, Notice
from worker.domain.person import Presence, loyalty
from worker.domain.reminders import ORGANIZER_STEPS
from worker.mail import dates
from worker.mail.introduction_words import INTRODUCING_LETTERS, NOBODY, introduction_words, named
from worker.mail.links import Links
from worker.mail.meeting_words import meeting_words
from worker.mail.news import News, news
from worker.mail.slots import all_visible, visible
from worker.mail.typography import typeset

Context = dict[str, object]

_MISSED = frozenset({Presence.ABSENT, Presence.CANCELLED})
_NUMBERS = {
    "fr": ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}
_TIMES = {
    (language, number): word for language, words in _NUMBERS.items() for number, word in enumerate(words, 2)
}


def context(step: str, facts: Facts, links: Links, language: str) -> Context:
    """The values for one mail, in `language`. `None` stands for what is not there: `{% if next %}`."""
    return {
        **setting(facts.edition, language, facts.guest.person.zone),
        **traits(step, facts, language),
        **words(facts, links, language),
        **news(facts.edition, News(facts.was, facts.off, facts.tally), language, facts.guest.person.zone),
        "notice": _notice(facts.notice),
        "letter": _letter(facts.forwarded),
    }


def traits(step: str, facts: Facts, language: str) -> Context:
    """What letters turn on: few values, which many people share."""
    return traits_of(step, facts.earlier_visits, facts.guest.presence, facts.answered, language)


def traits_of(step: str, earlier_visits: int, presence: Presence, answered: Stance, language: str) -> Context:
    """The same, of what they are made from."""
    visits = earlier_visits + 1
    return {
        "step": step,
        "reader": reader(step),
        "loyalty": loyalty(earlier_visits).value,
        "times": _TIMES.get((language, visits), str(visits)),
        "missed": presence in _MISSED,
        "answered": answered.value,
        "introduces": step in INTRODUCING_LETTERS,
    }


def words(facts: Facts, links: Links, language: str) -> Context:
    """What is a person's own."""
    return {
        "guest": named(facts.guest),
        **introduction_words(facts, language),
        "links": dict(zip(_LINKS, _led(links), strict=True)),
    }


_NAMES, _UNSAID = ("name", "first_name"), [said for said in NOBODY.values() if said == ""]
_LINKS = ("unsubscribe", "reply_to", "page", "rsvp", "introductions")


def alone_words(facts: Facts, links: Links) -> list[str]:
    """All in `words`, in its order, when nobody is introduced."""
    return [*named(facts.guest).values(), *_UNSAID, *_led(links)]


def alone(said: Sequence[str]) -> Context:
    """What `words` gives when these are all in it."""
    guest, links = dict(zip(_NAMES, said, strict=False)), dict(zip(_LINKS, said[-len(_LINKS) :], strict=True))
    return {"guest": guest, **NOBODY, "links": links}


def _led(links: Links) -> Sequence[str]:
    return all_visible((links.unsubscribe, links.reply_to, links.page, links.rsvp, links.introductions))


def reader(step: str) -> str:
    """Whom a step writes to: "guest" or "organizer"."""
    return "organizer" if step in ORGANIZER_STEPS else "guest"


def setting(edition: Edition, language: str, reader_zone: str) -> Context:
    """What an edition says to everybody who reads in this language and zone."""
    return _setting(edition, walls(edition), language, reader_zone)


# Many people read of the same edition: its words are made once for each language.
@lru_cache(maxsize=64)
def _setting(edition: Edition, _walls: tuple[str, ...], language: str, reader_zone: str) -> Context:
    written_in, upcoming = edition.language, edition.upcoming
    extracts = [
        {"text": typeset(visible(extract.text), written_in), "author": visible(extract.author)}
        for extract in edition.notes.extracts
    ]
    series = edition.series
    return {
        "series": {
            "name": visible(series.name),
            "postal_address": visible(series.postal_address),
            "url": series.url,
        },
        "edition": {**meeting_words(edition.meeting, edition, language, reader_zone), "id": edition.id},
        "next": meeting_words(upcoming, edition, language, reader_zone) if upcoming else None,
        "host": {"name": visible(edition.host.name)},
        "notes": {"ready": edition.notes.ready, "extracts": extracts if edition.notes.ready else []},
        "ask_by": dates.day_words(dates.day_to_have_met(edition.meeting.end), language),
    }


def walls(edition: Edition) -> tuple[str, ...]:
    """The moments of an edition, as only its own clocks tell them apart."""
    meetings = (edition.meeting, edition.next) if edition.next else (edition.meeting,)
    return tuple(dates.wall(moment) for meeting in meetings for moment in (meeting.start, meeting.end))


#: Lines of a forwarded mail that the letter itself shows; the mail is attached.
_MOST_LINES = 60


def _letter(forwarded: Forwarded | None) -> Context | None:
    if forwarded is None:
        return None
    lines = [line for line in map(visible, forwarded.words.splitlines()) if line]
    return {
        "mail": forwarded.mail,
        "why": forwarded.why.value,
        "sender": visible(forwarded.sender),
        "subject": visible(forwarded.subject),
        "lines": lines[:_MOST_LINES],
        "writer": visible(forwarded.writer),
        "attached": bool(forwarded.content),
    }


def _notice(notice: Notice | None) -> Context | None:
    if notice is None:
        return None
    details = [
        {"name": name, "value": visible(value)} for name, value in sorted(notice.details.items()) if value
    ]
    edition = "" if notice.edition == HOUSE else notice.edition
    return {"kind": notice.kind.value, "edition": edition, "details": details}
