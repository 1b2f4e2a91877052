"""What every store promises of lanes and connections when a relay leaves little room."""

from __future__ import annotations

import pytest

from tests.stores.contract import (
    NOON,
    AnyStore,
    armed,
    pass_time,
)
from tests.stores.relay_crew import GUESTS, SECOND, Crew, claimed
from worker.domain.campaign import Campaign, Status
from worker.domain.ledger import Policy
from worker.domain.message import MessageKey
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.relay import Strain
from worker.domain.sequence import Doubt, Lane


def an_urgent_one(store: AnyStore, person: str = "zoe") -> MessageKey:
    """A changed invitation of another edition, due now."""
    urgent = MessageKey("cafe-13", "update-1", person)
    store.plan(
        Plan("cafe-13", (Wanted(urgent, NOON),), frozenset({"update"})),
        {"update": Policy(Lane.URGENT, Doubt.AGAIN)},
        reason=Reason.PLANNED,
    )
    store.steer(Campaign("cafe-13", Status.ARMED, hold_until=NOON))
    return urgent


@pytest.mark.parametrize("limits", [{"per_second": 5}, {"per_day": 20}])
def test_with_little_room_the_urgent_lane_goes_first(crew: Crew, limits: dict[str, float]) -> None:
    [store] = crew(**limits)
    armed(store, *GUESTS)
    urgent = an_urgent_one(store)

    assert claimed(store) == []
    assert [letter.key for letter in claimed(store, lane=Lane.URGENT)] == [urgent]
    assert claimed(store) != []


def test_with_much_room_the_lanes_go_side_by_side(crew: Crew) -> None:
    [store] = crew(per_second=100)
    armed(store, *GUESTS)
    an_urgent_one(store)

    assert len(claimed(store)) == 20


def test_no_more_workers_are_on_the_line_than_allowed(crew: Crew) -> None:
    one, other, third = crew(3, connections=2)
    armed(one, *GUESTS)

    assert [bool(claimed(worker)) for worker in (one, other, third, one)] == [True, True, False, True]
    other.leave_relay()
    assert claimed(third) != []
    assert one.relay_state().lines == 2


def test_a_killed_worker_s_line_frees_itself(crew: Crew) -> None:
    one, other = crew(2, connections=1)
    armed(one, *GUESTS)
    claimed(one)

    pass_time(one, 31 * SECOND)

    assert claimed(other) != []
    assert claimed(one) == []


def test_the_last_line_is_left_to_what_is_urgent(crew: Crew) -> None:
    one, other = crew(2, connections=1)
    armed(one, *GUESTS)
    claimed(one)
    an_urgent_one(one)

    assert claimed(other, lane=Lane.URGENT) == []
    assert claimed(one) == []
    assert claimed(other, lane=Lane.URGENT) != []


def test_a_worker_has_as_many_connections_as_are_free_beside_its_first(crew: Crew) -> None:
    one, other = crew(2, connections=3)
    armed(one, *GUESTS)
    for worker in (one, other):
        claimed(worker)

    assert [one.relay_lines(2), other.relay_lines(2), one.relay_lines(2)] == [2, 1, 2]
    assert one.relay_state().lines == 3


def test_connections_that_are_wanted_no_more_or_left_are_free_again(crew: Crew) -> None:
    one, other = crew(2, connections=3)
    armed(one, *GUESTS)
    for worker in (one, other):
        claimed(worker)
    one.relay_lines(2)

    one.relay_lines(1)
    assert other.relay_lines(2) == 2
    other.leave_relay()
    assert one.relay_state().lines == 1


def test_nobody_has_two_connections_while_a_worker_waits_for_its_first(crew: Crew) -> None:
    one, other = crew(2, connections=2)
    armed(one, *GUESTS)
    claimed(one)
    assert one.relay_lines(2) == 2

    assert claimed(other) == []
    assert one.relay_lines(2) == 1
    assert claimed(other) != []
    assert [worker.relay_lines(2) for worker in (one, other)] == [1, 1]


def test_a_wait_for_a_connection_is_forgotten_in_the_end(crew: Crew) -> None:
    one, other = crew(2, connections=1)
    armed(one, *GUESTS)
    assert (bool(claimed(one)), claimed(other)) == (True, [])

    for worker in (one, other):
        pass_time(worker, 31 * SECOND)
    claimed(one)

    assert one.relay_lines(2) == 1  # there is but one for all


def test_the_last_connection_beside_another_is_left_to_what_is_urgent(crew: Crew) -> None:
    [one] = crew(connections=3)
    armed(one, *GUESTS)
    claimed(one)
    an_urgent_one(one)

    assert one.relay_lines(3) == 2


def test_where_connections_are_not_limited_a_worker_has_as_many_as_it_likes(crew: Crew) -> None:
    [one] = crew()
    armed(one, *GUESTS)
    claimed(one)

    assert one.relay_lines(5) == 5


def test_fewer_connections_are_fewer_beside_each_other_too(crew: Crew) -> None:
    [one] = crew(connections=4)
    armed(one, *GUESTS)
    claimed(one)
    assert one.relay_lines(4) == 4

    one.relay_strained(Strain.CONNECTIONS, "421 too many connections")

    assert one.relay_lines(4) == 2
