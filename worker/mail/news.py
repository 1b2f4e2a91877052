"""What mails of a change, and the summaries of answers, tell: the same for all who were told the same before."""

from __future__ import annotations

from dataclasses import asdict
from typing import NamedTuple

from worker.domain.answer import Tally
from worker.domain.edition import Edition, Meeting
from worker.mail.meeting_words import meeting_words

Words = dict[str, object]


class News(NamedTuple):
    """As in `domain.facts`; nothing of it for most mails."""

    was: Meeting | None = None
    off: Meeting | None = None
    tally: Tally | None = None


def news(edition: Edition, told: News, language: str, reader_zone: str) -> Words:
    """The values `differs`, `off` and `tally` of a template; None for what is not there."""
    return {
        "differs": _change(edition, told.was, language, reader_zone),
        "off": meeting_words(told.off, edition, language, reader_zone) if told.off else None,
        "tally": asdict(told.tally) if told.tally else None,
    }


def _change(edition: Edition, was: Meeting | None, language: str, reader_zone: str) -> Words | None:
    """What is otherwise than people were told: the day, the hours, the place, the title."""
    now = edition.upcoming
    if was is None or now is None:
        return None
    return {
        "was": meeting_words(was, edition, language, reader_zone),
        "day": was.start.date() != now.start.date(),
        "hour": (was.start.time(), was.end.time()) != (now.start.time(), now.end.time()),
        "place": was.venue != now.venue,
        "title": was.title != now.title,
        "asks_again": was.revision != now.revision,
    }
