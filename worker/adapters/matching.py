"""Exact maximum-weight matching in general graphs, by rustworkx (Galil's algorithm)."""

from __future__ import annotations

from collections.abc import Sequence


class RustworkxMatcher:
    """`ports.introductions.Matcher`. Whole numbers all the way; unique weights make the answer unique."""

    def heaviest(self, edges: Sequence[tuple[int, int, int]]) -> frozenset[tuple[int, int]]:
        """The order of the edges does not matter where the best answer is unique."""
        import rustworkx  # noqa: PLC0415 - with numpy a quarter of a second, needed once an edition

        people = sorted({person for edge in edges for person in edge[:2]})
        place = {person: number for number, person in enumerate(people)}
        graph = rustworkx.PyGraph(multigraph=False)
        graph.add_nodes_from(people)
        graph.add_edges_from([(place[a], place[b], weight) for a, b, weight in sorted(edges)])
        found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
        return frozenset((people[min(two)], people[max(two)]) for two in found)
