"""Nothing is kept for longer than settings say; travelled in time on the ledger's clock."""

from __future__ import annotations

from datetime import timedelta

from tests.enlisted import enlist
from tests.sample import cafe, guest
from tests.services.office import office, opened, states, store_of
from worker.domain.person import Presence
from worker.domain.suppression import Cause, Suppression
from worker.services import campaign
from worker.services.consents import verify
from worker.services.tidy import Tidied, tidy
from worker.services.tools import Tools

ANNE, BRUNO = (guest(name, presence=Presence.PRESENT) for name in ("Anne", "Bruno"))
END = cafe(12).meeting.end


def _years_later(days: int) -> Tools:
    """Anne came to the twelfth Café, Bruno to the twelfth and to the thirteenth; so many days after the twelfth."""
    tools = office()
    opened(tools, ANNE, BRUNO)
    campaign.arm(tools, "cafe-12")
    tools.store.save_edition(cafe(13))
    enlist(tools, "cafe-13", [BRUNO])
    tools.store.suppress(Suppression("print-anne@example.org", Cause.UNSUBSCRIBED, tools.store.now()))
    store_of(tools).set_clock(END + timedelta(days=days))
    return tools


def test_within_their_time_nothing_is_forgotten() -> None:
    tools = _years_later(399)
    before = len(list(tools.store.entries("cafe-12")))

    assert tidy(tools) == Tidied(0, 0)

    assert set(tools.store.guests("cafe-12")) == {"anne", "bruno"}
    assert len(list(tools.store.entries("cafe-12"))) == before


def test_moves_go_after_their_time_and_states_and_counts_stay() -> None:
    tools = _years_later(401)
    before, counts = states(tools), dict(tools.store.counts("cafe-12"))

    gone = tidy(tools)

    assert gone.people == 0
    assert gone.moves > 0
    assert list(tools.store.entries("cafe-12")) == []
    assert (states(tools), dict(tools.store.counts("cafe-12"))) == (before, counts)
    assert tidy(tools) == Tidied(0, 0)


def test_people_go_after_their_last_edition_and_their_refusals_stay() -> None:
    tools = _years_later(1096)

    assert tidy(tools).people == 1

    assert set(tools.store.guests("cafe-12")) == {"bruno"}
    assert tools.store.consent_records(["anne"]) == {}
    assert verify(tools).holds
    assert tools.store.standing(["print-anne@example.org/all"])
    assert tidy(tools) == Tidied(0, 0)


def test_whoever_came_again_stays_until_that_is_long_ago() -> None:
    tools = _years_later(1096 + 28)

    assert tidy(tools).people == 2
    assert not tools.store.guests("cafe-13")
