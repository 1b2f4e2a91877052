"""Importing: twice is once, a blank never erases, a refusal is respected."""

from __future__ import annotations

from dataclasses import replace

from tests.sample import cafe
from tests.services.office import office, opened
from worker.domain.guest_rows import Outcome
from worker.domain.person import Presence
from worker.domain.suppression import Cause, Suppression
from worker.domain.table import Row, Table
from worker.services.import_guests import import_guests, judge_guests
from worker.services.tools import Tools

HEADINGS = ("Nom", "E-mail", "Présent", "Ne plus m'écrire")


def listed(*rows: tuple[str, str, str, str]) -> Table:
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
