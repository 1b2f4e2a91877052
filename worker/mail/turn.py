"""What decides which way a letter goes: everything but the words that are a person's own."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from worker.domain.answer import Stance
from worker.domain.edition import Edition
from worker.domain.facts import Facts
from worker.domain.person import Presence
from worker.mail.context import Context, alone, alone_words, setting, traits_of, words
from worker.mail.introduction_words import introduces_nobody
from worker.mail.links import Links
from worker.mail.news import News, news
from worker.mail.outline import Outline, outline, with_blanks
from worker.mail.template_names import LetterName

_NO_NEWS = News()


class Turn(NamedTuple):
    """All mails of one edition and one turn are alike but for the words in `outline`."""

    letter: LetterName
    zone: str
    earlier_visits: int
    presence: Presence
    answered: Stance
    outline: Outline
    news: News = _NO_NEWS

    def values(self, edition: Edition) -> Context:
        """What templates may speak of, with a blank for each word that is a person's own."""
        own: Context = with_blanks(self.outline)
        letter, visits = self.letter, self.earlier_visits
        return {
            **setting(edition, letter.language, self.zone),
            **traits_of(letter.step, visits, self.presence, self.answered, letter.language),
            **own,
            **news(edition, self.news, letter.language, self.zone),
            "notice": None,
            "letter": None,
        }


def turn_of(letter: LetterName, facts: Facts, links: Links, own: list[str]) -> Turn | None:
    """The turn of one mail, its words in `own`; None for a notice, a forward or a draft: each is like no other."""
    if facts.notice is not None or facts.forwarded is not None or facts.draft is not None:
        return None
    guest = facts.guest
    return Turn(
        letter,
        guest.person.zone,
        facts.earlier_visits,
        guest.presence,
        facts.answered,
        _outline(facts, links, letter.language, own),
        News(facts.was, facts.off, facts.tally) if facts.was or facts.off or facts.tally else _NO_NEWS,
    )


def _outline(facts: Facts, links: Links, language: str, own: list[str]) -> Outline:
    if not introduces_nobody(facts):
        return outline(words(facts, links, language), own)
    own += alone_words(facts, links)
    return _outline_alone(tuple(map(bool, own)))


# Nearly all have the same words; what most of them lack is a page.
@lru_cache(maxsize=64)
def _outline_alone(there: tuple[bool, ...]) -> Outline:
    return outline(alone(["x" if each else "" for each in there]), [])
