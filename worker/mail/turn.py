"""What decides which way a letter goes: everything but the words that are a person's own."""

from __future__ import annotations

from typing import NamedTuple

from worker.domain.edition import Edition
from worker.domain.facts import Facts
from worker.mail.context import Context, Traits, setting, traits, words
from worker.mail.links import Links
from worker.mail.news import News, news
from worker.mail.outline import Outline, outline, with_blanks
from worker.mail.template_names import LetterName


class Turn(NamedTuple):
    """All mails of one edition and one turn are alike but for the words in `outline`."""

    letter: LetterName
    zone: str
    traits: Traits
    outline: Outline
    news: News = News()

    def values(self, edition: Edition) -> Context:
        """What templates may speak of, with a blank for each word that is a person's own."""
        own: Context = with_blanks(self.outline)
        return {
            **setting(edition, self.letter.language, self.zone),
            **dict(self.traits),
            **own,
            **news(edition, self.news, self.letter.language, self.zone),
            "notice": None,
            "letter": None,
        }


def turn_of(letter: LetterName, facts: Facts, links: Links, own: list[str]) -> Turn | None:
    """The turn of one mail, its words in `own`; None for a notice, a forward or a draft: each is like no other."""
    if facts.notice is not None or facts.forwarded is not None or facts.draft is not None:
        return None
    return Turn(
        letter,
        facts.guest.person.zone,
        traits(letter.step, facts, letter.language),
        outline(words(facts, links, letter.language), own),
        News(facts.was, facts.off, facts.tally),
    )
