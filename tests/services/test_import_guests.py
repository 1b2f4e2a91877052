"""Importing: twice is once, a blank never erases, a refusal is respected."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.sample import cafe
from tests.services.office import office, opened
from worker.domain.guest_rows import Outcome
from worker.domain.person import Presence
from worker.domain.suppression import Cause, Suppression
from worker.domain.table import Row, Table
from worker.services.import_guests import import_guests, judge_guests
from worker.services.tools import Tools

HEADINGS = ("Nom", "E-mail", "Présent", "Ne plus m'écrire")


def listed(*rows: tuple[str, ...]) -> Table:
    return Table(
        "list.csv", HEADINGS, tuple(Row(number, cells) for number, cells in enumerate(rows, start=2))
    )


def ready() -> Tools:
    tools = office()
    opened(tools, edition=cafe(12))
    return tools


ZOE = ("Zoé", "zoe@example.org", "oui", "")
ABEL = ("Abel", "abel@example.org", "", "")
RUDI = ("Rudi", "rudi@example.org", "", "oui")


def test_importing_again_changes_nothing() -> None:
    tools = ready()
    first = import_guests(tools, "cafe-12", listed(ZOE, ABEL))
    kept = tools.store.guests("cafe-12")

    again = import_guests(tools, "cafe-12", listed(ZOE, ABEL))

    assert (len(first.added), len(again.added), len(again.changed), again.unchanged) == (2, 0, 0, 2)
    assert tools.store.guests("cafe-12") == kept


def test_a_trial_saves_nothing() -> None:
    tools = ready()

    report = judge_guests(tools, "cafe-12", listed(ZOE, RUDI))

    assert report.counts()[Outcome.KEPT] == 1
    assert tools.store.guests("cafe-12") == {}
    assert tools.store.standing(["print-rudi@example.org/all"]) == {}


def test_a_blank_never_erases_a_marked_presence() -> None:
    tools = ready()
    import_guests(tools, "cafe-12", listed(ZOE, ABEL))
    [abel] = tools.store.guests("cafe-12", ["abel"]).values()
    tools.store.save_guests("cafe-12", [replace(abel, presence=Presence.ABSENT)])

    import_guests(tools, "cafe-12", listed(ZOE, ABEL))

    assert tools.store.guests("cafe-12")["abel"].presence is Presence.ABSENT


def test_an_empty_check_in_never_erases_a_marked_presence() -> None:
    tools = ready()
    scanned = replace(
        listed(("Zoé", "zoe@example.org", "08:31", ""), ABEL), headings=("Nom", "E-mail", "Scanné", "Opt-out")
    )
    import_guests(tools, "cafe-12", scanned)
    [abel] = tools.store.guests("cafe-12", ["abel"]).values()
    assert abel.presence is Presence.ABSENT
    tools.store.save_guests("cafe-12", [replace(abel, presence=Presence.PRESENT)])

    again = import_guests(tools, "cafe-12", scanned)

    assert (again.changed, again.unchanged) == ((), 2)
    assert tools.store.guests("cafe-12")["abel"].presence is Presence.PRESENT


ROWS = st.tuples(
    st.sampled_from(["Zoé", "Abel", "", "N/A"]),
    st.sampled_from(["zoe@example.org", "ZOE@example.org", "Abel <abel@example.org>", "nope", ""]),
    st.sampled_from(["oui", "non", "", "???", "autre"]),
    st.sampled_from(["", "oui", "non", "peut-être"]),
)


@given(st.lists(ROWS, max_size=12))
def test_every_row_is_accounted_for_exactly_once_and_twice_is_once(rows: list[tuple[str, ...]]) -> None:
    tools = ready()
    table = listed(*rows)

    first = import_guests(tools, "cafe-12", table)
    again = judge_guests(tools, "cafe-12", table)

    assert [row.number for row in first.rows] == [row.number for row in table.rows]
    assert sum(first.counts().values()) == len(rows)
    assert first.counts()[Outcome.KEPT] == len(first.added)
    assert (again.added, again.changed, again.unchanged) == ((), (), len(first.added))
    assert again.counts() == first.counts()


def test_an_opt_out_is_kept_for_ever_and_survives_the_next_list() -> None:
    tools = ready()
    import_guests(tools, "cafe-12", listed(RUDI))

    again = import_guests(tools, "cafe-12", listed(("Rudi", "RUDI@example.org", "oui", "")))

    assert again.counts()[Outcome.OPTED_OUT] == 1
    assert tools.store.guests("cafe-12") == {}


def test_somebody_opted_out_in_one_row_is_out_in_all() -> None:
    report = import_guests(ready(), "cafe-12", listed(("Rudi", "rudi@example.org", "oui", ""), RUDI))

    assert report.counts()[Outcome.OPTED_OUT] == 2
    assert report.added == ()


def test_a_dead_address_may_stand_on_a_new_list() -> None:
    tools = ready()
    tools.store.suppress(Suppression("print-zoe@example.org", Cause.ADDRESS_BAD, tools.store.now()))

    assert import_guests(tools, "cafe-12", listed(ZOE)).counts()[Outcome.KEPT] == 1
