"""The people on a list, told in columns: as much of each as tells who they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from worker.domain.person import Guest


class Listed(NamedTuple):
    """In each column the same person stands at the same place; `people` are ids. `subjects` are everybody's together.

    Columns, because ten thousand are read at once: no object is made for each.
    """

    people: Sequence[str]
    names: Sequence[str]
    first_names: Sequence[str]
    addresses: Sequence[str]
    organisations: Sequence[str]
    subjects: frozenset[str]

    @classmethod
    def of(cls, guests: Iterable[Guest]) -> Listed:
        """The columns of these guests."""
        known = tuple(guests)
        people = [guest.person for guest in known]
        return cls(
            [person.id for person in people],
            [person.name for person in people],
            [person.first_name for person in people],
            [person.address for person in people],
            [guest.organisation for guest in known],
            frozenset(subject for guest in known for subject in (guest.sector, *guest.interests)),
        )
