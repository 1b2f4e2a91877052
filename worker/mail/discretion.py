"""The last look at a letter before it is sealed: it must tell its reader of nobody but whom its facts name."""

from __future__ import annotations

from functools import lru_cache

from worker.domain.errors import WouldTell
from worker.domain.facts import Facts
from worker.mail.telling import Telling, Told


def keep_discreet(facts: Facts, told: Told) -> None:
    """WouldTell when these words tell of anybody but the reader and those whom the facts name.

    Where the facts know of no circle (a mail to organizers, who see everybody) there is nothing to tell. The sentence
    holds an id, never the name.
    """
    if facts.circle is None:
        return
    may_tell = (facts.guest, *facts.partners)
    found = facts.circle.betrayed(told.telling.shared, told.telling.run, told.words, may_tell)
    if found is not None:
        whose = ", ".join(sorted(found.people)[:3])
        raise WouldTell(f"it would tell of another participant ({found.tale}): see apres person show {whose}")


# All guests who read the same language are told the same.
@lru_cache(maxsize=64)
def said(*words: str) -> Told:
    """Words that many letters have in common, as their calendar entry has."""
    return Told(Telling("\n".join(words), ()))
