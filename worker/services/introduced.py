"""What claimed mails may say of others: the places of their readers, with only those who may still be named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from worker.domain.edition import Edition
from worker.domain.introductions import Place
from worker.domain.person import Guest
from worker.services.campaign import follow
from worker.services.introductions import here_now, places, written_to
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Introduced:
    """A reader's place, and the people named in it, in its order."""

    place: Place | None = None
    partners: tuple[Guest, ...] = ()


NOBODY = Introduced()


def introduced(tools: Tools, edition: Edition, people: Collection[str]) -> Mapping[str, Introduced]:
    """The plan's word on these readers, frozen and kept before anything is written from it.

    Where somebody left, the plan is mended first, which turns back what is in hand. A name of whom the other side
    has read already stays in the plan, and is not said here once its owner has left.
    """
    known = places(tools, edition, people)
    here = here_now(tools, edition, _named(known))
    gone = _named(known) - here.keys()
    if gone and gone - written_to(tools, edition):
        follow(tools, edition.id)
        known = places(tools, edition, people)
        here = here_now(tools, edition, _named(known))
    return {person: _said(place, here) for person, place in known.items()}


def _named(known: Mapping[str, Place]) -> set[str]:
    return {name for place in known.values() for name in place.names}


def _said(place: Place, here: Mapping[str, Guest]) -> Introduced:
    said = tuple(one for one in place.suggestions if one.other(place.person) in here)
    kept = replace(place, suggestions=said)
    return Introduced(kept, tuple(here[name] for name in kept.names))
