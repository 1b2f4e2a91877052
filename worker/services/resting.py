"""For whom introductions rest, and who has fallen silent and is let rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from worker.domain.dialogue import Voice
from worker.domain.edition import Edition
from worker.domain.follow_ups import is_willing
from worker.domain.rest import AWAKE, SILENT_ROUNDS, has_fallen_silent
from worker.services.setting import guests_of
from worker.services.tools import Tools

#: Earlier editions that are looked at for somebody's last two rounds.
_LOOK_BACK = 12


def resting_of(tools: Tools, edition: Edition, people: Collection[str]) -> frozenset[str]:
    """Those among these people who are introduced to nobody for now."""
    rests = tools.store.rests(edition.series.id, people) if people else {}
    return frozenset(person for person, rest in rests.items() if rest.since is not None)


def let_rest(tools: Tools, edition: Edition) -> None:
    """From this edition on, whoever was there and said nothing in two rounds rests; they are told in its plan."""
    here = [person for person, guest in guests_of(tools, edition).items() if is_willing(guest)]
    rests = tools.store.rests(edition.series.id, here)
    for person in fallen_silent(tools, edition, here):
        rest = replace(rests.get(person, AWAKE), since=tools.store.now(), edition=edition.id)
        tools.store.save_rest(edition.series.id, person, rest)


def fallen_silent(tools: Tools, edition: Edition, people: Iterable[str]) -> frozenset[str]:
    """Those among these people who do not rest yet and said nothing in the last two rounds before this edition."""
    asked = list(people)
    rests = tools.store.rests(edition.series.id, asked)
    awake = [person for person in asked if rests.get(person, AWAKE).since is None]
    rounds = _rounds(tools, edition, awake)
    now = tools.store.now()
    return frozenset(
        person
        for person, voices in rounds.items()
        if len(voices) >= SILENT_ROUNDS and has_fallen_silent(voices, rests.get(person, AWAKE), now)
    )


def _rounds(tools: Tools, edition: Edition, people: list[str]) -> dict[str, list[Voice]]:
    """Their voices in earlier editions, newest first."""
    earlier = [
        e for e in tools.store.editions(edition.series.id) if e.meeting.number < edition.meeting.number
    ]
    rounds: dict[str, list[Voice]] = {}
    for before in reversed(earlier[-_LOOK_BACK:]):
        for person, voice in tools.store.voices(before.id, people).items():
            rounds.setdefault(person, []).append(voice)
    return rounds
