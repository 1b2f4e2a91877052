"""Strangers that try links are slowed down; whoever holds a link of ours is let in, whatever others try."""

from __future__ import annotations

from threading import Barrier, Event, Thread

import pytest

from tests.sample import guest
from tests.services.office import office, opened
from tests.web.attendee_site import AttendeeSite, own_path, stop_path
from worker.domain.person import Presence
from worker.services.tools import Tools
from worker.web.doorkeeper import BURST, LARGEST_BODY, _network, _Tries
from worker.web.following import Following


@pytest.fixture
def tools() -> Tools:
    tools = office()
    opened(tools, guest("Anne", presence=Presence.PRESENT))
    return tools


def test_who_tries_many_links_is_asked_to_wait_and_may_still_stop_our_mails(tools: Tools) -> None:
    with AttendeeSite(tools) as site:
        tried = [site.get(f"/stop/x{number}").status for number in range(BURST + 5)]

        assert tried[:BURST] == [404] * BURST
        assert set(tried[BURST + 1 :]) == {429}
        assert site.get(own_path()).status == 200
        assert site.post(stop_path(), b"List-Unsubscribe=One-Click").status == 200
        assert set(tools.store.standing(["print-anne@example.org/purpose:invitations"]))


def test_a_visitor_is_forgiven_with_time() -> None:
    now = [0.0]
    tries = _Tries(lambda: now[0])
    visitor = tries.visitor({"type": "http", "client": ("192.0.2.7", 1)})
    for _ in range(BURST):
        tries.count(visitor)
    assert not tries.has_room(visitor)

    now[0] += 10

    assert tries.has_room(visitor)
    assert tries.has_room(tries.visitor({"type": "http", "client": ("192.0.2.8", 1)}))


def test_one_household_is_one_visitor() -> None:
    assert _network("2001:db8:1:2::7") == _network("2001:db8:1:2:ffff::8") != _network("2001:db8:1:3::7")
    assert _network("192.0.2.7") != _network("192.0.2.8")
    assert _network("") == ""


def test_no_body_larger_than_a_form_is_read(tools: Tools) -> None:
    with AttendeeSite(tools) as site:
        large = site.post(own_path(), b"wish=pause&x=" + b"a" * LARGEST_BODY)
        small = site.post(own_path(), b"x=" + b"a" * (LARGEST_BODY - 100))

    assert (large.status, small.status) == (413, 200)
    assert tools.store.standing(["print-anne@example.org/pause"]) == {}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"a=b", "multipart/form-data"),
        (b"\xff\xfe=%zz&%=", "application/x-www-form-urlencoded"),
        (b"&" * 1000, "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"", ""),
    ],
)
def test_a_stop_with_any_body_is_a_stop(tools: Tools, body: bytes, kind: str) -> None:
    with AttendeeSite(tools) as site:
        assert site.post(stop_path(), body, kind).status == 200

    assert set(tools.store.standing(["print-anne@example.org/purpose:invitations"]))


def test_plans_follow_once_for_all_who_press_meanwhile(tools: Tools) -> None:
    drawn = list[int]()
    entered, go_on = Event(), Barrier(2)

    def follow(_tools: Tools) -> None:
        drawn.append(len(drawn))
        entered.set()
        if len(drawn) == 1:
            go_on.wait(10)

    following = Following(lambda: tools, follow)
    first = Thread(target=following)
    first.start()
    assert entered.wait(10)

    for _ in range(20):
        following()
    go_on.wait(10)
    first.join(10)

    assert drawn == [0, 1]
