"""What letters that introduce people may speak of: who is named and why, who is only described, until when."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from worker.domain.dialogue import Asked
from worker.domain.facts import Facts
from worker.domain.introductions import Ground, Place
from worker.domain.person import Guest
from worker.mail import dates
from worker.mail.slots import visible

Words = dict[str, object]

#: Letters whose readers may answer in a word; what they answer is read by us, and by a person when it is more.
ASKING_LETTERS = frozenset({"ask", "met", "met-again", "resting"})
#: Letters that people get because they agreed to be introduced.
INTRODUCING_LETTERS = ASKING_LETTERS | {"nudge", "host", "introduced"}


#: What a letter says that introduces nobody.
NOBODY: Words = {"partners": [], "partners_and": "", "partners_or": "", "described": [], "answer_by": ""}


def introduces_nobody(facts: Facts) -> bool:
    """Whether NOBODY is all there is to say."""
    return not (facts.partners or facts.described or facts.by)


def introduction_words(facts: Facts, language: str) -> Words:
    """The people to meet again, and those asked about. Somebody without any name cannot be introduced by mail."""
    if introduces_nobody(facts):
        return NOBODY
    partners = [
        _partner(facts, number, partner)
        for number, partner in enumerate(facts.partners)
        if any(named(partner).values())
    ]
    names = [str(partner["first_name"]) for partner in partners]
    told: Words = {
        "partners": partners,
        "partners_and": dates.listing(names, "and", language),
        "partners_or": dates.listing(names, "or", language),
        "described": [_described(asked) for asked in facts.described],
        "answer_by": _day(facts.by, language) if facts.by else "",
    }
    return told | ({"ask_by": _day(facts.by, language)} if facts.by else {})


@lru_cache(maxsize=64)
def _day(day: date, language: str) -> str:
    return dates.day_words(day, language)


def named(guest: Guest) -> dict[str, str]:
    """How somebody is called; either name stands for the other where one is missing."""
    name, first_name = visible(guest.person.name), visible(guest.person.first_name)
    return {"name": name or first_name, "first_name": first_name or name}


def _described(asked: Asked) -> Words:
    return {
        "number": asked.number,
        "sector": visible(asked.portrait.sector),
        "interest": visible(asked.portrait.interest),
    }


_BECAUSE = {ground: {each.value: each is ground for each in Ground} for ground in Ground}
_TO_ANY_TWO: tuple[Ground, ...] = (Ground.SHARED_INTEREST, Ground.OTHER_SECTOR)


def _partner(facts: Facts, number: int, partner: Guest) -> Words:
    own = {interest.casefold() for interest in facts.guest.interests}
    shared = [visible(each) for each in partner.interests if each.casefold() in own and visible(each)]
    sector = visible(partner.sector)
    other_sector = bool(facts.guest.sector and sector and facts.guest.sector.casefold() != sector.casefold())
    ground, topic = _why(facts.place, number, shared, sector if other_sector else "")
    return {
        **named(partner),
        "organisation": visible(partner.organisation),
        "sector": sector,
        "shared": shared,
        "other_sector": other_sector,
        "topic": topic,
        "because": _BECAUSE[ground],
    }


def _why(place: Place | None, number: int, shared: list[str], other_sector: str) -> tuple[Ground, str]:
    """The most telling reason that can be put in words here, and the interest it speaks of."""
    grounds, topic = _TO_ANY_TWO, shared[0] if shared else ""
    if place is not None and number < len(place.suggestions):
        suggestion = place.suggestions[number]
        grounds, topic = suggestion.grounds, visible(suggestion.topic) or topic
    for ground in grounds:
        if (ground is Ground.SHARED_INTEREST and not topic) or (
            ground is Ground.OTHER_SECTOR and not other_sector
        ):
            continue
        return ground, topic
    return Ground.SAME_MORNING, topic
