"""The words around a person's own in a letter, and which of them somebody's name can be read in."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from worker.domain.plain import is_one_word, spoken

#: Between two runs: a blank stands in no word, so nothing is read across it.
APART = " "

#: A run of words without a mark between them; a number stands for a person's own words.
Run = tuple[str | int, ...]


def filled(run: Run, words: Sequence[str]) -> list[str]:
    """The run with these words in it."""
    said = list[str]()
    for part in run:
        if isinstance(part, str):
            said.append(part)
        else:
            said += _heard(words[part])
    return said


class Open(NamedTuple):
    """What is left of a run where a word that is in nobody's name parts as a mark does.

    `lone` are a person's own words with nothing beside them; `beside` are the runs of more than that.
    """

    lone: tuple[int, ...]
    beside: Run

    @classmethod
    def of(cls, run: Run, in_names: Container[str]) -> Open:
        """Whatever is somebody's and can be read in the run can be read in what is left of it."""
        left = list(_left(run, in_names))
        lone = [part for part, *others in left if isinstance(part, int) and not others]
        beside = [(*parts, APART) for parts in left if len(parts) > 1]
        return cls(tuple(lone), tuple(part for parts in beside for part in parts))

    def heard(self, words: Sequence[str]) -> list[str]:
        """The same with these words in it, but for single ones that have nothing beside them: they are no name."""
        said = filled(self.beside, words) if self.beside else []
        for slot in self.lone:
            word = words[slot]
            if word and not is_one_word(word):
                said += (APART, *_heard(word))
        return said


def _left(run: Run, in_names: Container[str]) -> Iterator[Run]:
    for is_left, parts in groupby(run, lambda part: isinstance(part, int) or part in in_names):
        if is_left:
            yield tuple(parts)


def _heard(value: str) -> tuple[str, ...]:
    # A link says nothing but the address it may hold.
    return () if "://" in value else _words_of(value)


# The same names and subjects stand in many letters.
@lru_cache(4096)
def _words_of(value: str) -> tuple[str, ...]:
    return tuple(spoken(value))
