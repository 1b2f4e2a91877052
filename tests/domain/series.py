"""Generated gatherings for tests: invented people with interests, sectors, firms, languages, tables and a past."""

from __future__ import annotations

from hypothesis import strategies as st

from worker.domain.gathering import Attendee, Gathering
from worker.domain.introductions import pair

INTERESTS = ("vélo", "data", "santé", "design", "droit", "presse")


@st.composite
def gatherings(draw: st.DrawFn, most: int = 12) -> Gathering:
    """Up to so many people, with wishes, exclusions and pairs told before."""
    ids = [f"p{number:02d}" for number in range(draw(st.integers(0, most)))]
    people = tuple(draw(_attendee(name)) for name in ids)
    some = st.sampled_from(ids) if ids else st.nothing()
    two = st.tuples(some, some).filter(lambda both: both[0] != both[1]) if len(ids) > 1 else st.nothing()
    most_pairs = len(ids) if len(ids) > 1 else 0
    pairs = st.frozensets(two.map(lambda both: pair(*both)), max_size=most_pairs)
    return Gathering(
        draw(st.sampled_from(["cafe-1", "cafe-2"])),
        people,
        draw(st.frozensets(two, max_size=most_pairs)),
        draw(pairs),
        draw(pairs),
    )


def _attendee(name: str) -> st.SearchStrategy[Attendee]:
    return st.builds(
        Attendee,
        st.just(name),
        st.sampled_from(["", "", "Acme", "ACME SAS", "Beta"]),
        st.sampled_from(["", "Santé", "Droit", "sante"]),
        st.lists(st.sampled_from(INTERESTS), max_size=4, unique=True).map(tuple),
        st.sampled_from([frozenset({"fr"}), frozenset({"fr", "en"}), frozenset({"en"}), frozenset[str]()]),
        st.sampled_from(["", "1", "2"]),
        st.frozensets(st.sampled_from(["e1", "e2", "e3", "e4"]), max_size=4),
    )
