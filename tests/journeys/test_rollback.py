"""Yesterday's ledger is put back: nothing leaves until it knows again what was sent, and nothing leaves twice."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

from tests.journeys.house import House, people
from worker import bootstrap
from worker.adapters.redis_server import ensure_server
from worker.domain.lifecycle import State
from worker.domain.notice import NoticeKind
from worker.machine import keeping
from worker.services import campaign
from worker.services.reconcile import Journals, forgotten, reconcile

NAMES = tuple(f"Invite{number}" for number in range(12))


def sent(house: House) -> int:
    return sum(record.state is State.SENT for record in house.store.records("cafe-12"))


def stop_everybody(house: House) -> None:
    for process in house.processes:
        if process.poll() is None:
            house.kill(process)


def copy_of_the_data(house: House) -> Path:
    """What a backup of the files would be."""
    yesterday = house.folder / "yesterday"
    shutil.copytree(house.server.folder / "appendonlydir", yesterday)
    return yesterday


def put_back(house: House, yesterday: Path) -> None:
    """Stop the server, restore its files, start it."""
    house.server.stop()
    shutil.rmtree(house.server.folder / "appendonlydir")
    shutil.copytree(yesterday, house.server.folder / "appendonlydir")
    house.server = ensure_server(house.server.folder)
    bootstrap.forget()


def test_yesterdays_ledger_sends_nothing_until_it_is_reconciled(house: House) -> None:
    house.open_edition(*people(house.tools, NAMES))
    campaign.arm(house.tools, "cafe-12")
    yesterday = copy_of_the_data(house)
    house.start("worker")
    house.start("beat")
    house.wait_until(lambda: sent(house) >= len(NAMES))
    stop_everybody(house)
    before = house.received()

    put_back(house, yesterday)
    house.start("worker")
    house.start("beat")
    house.wait_until(lambda: bool(house.store.ledger().held))
    house.wait_until(lambda: [n.kind for n in house.store.open_notices()] == [NoticeKind.LEDGER_HELD])
    assert house.received() == before

    missing = forgotten(house.store, keeping.account([]), Journals.PERHAPS_NOT_ALL)
    reconcile(house.store, missing)
    house.wait_until_settled()
    times = Counter(house.received())
    doubts = {str(r.key) for r in house.store.records("cafe-12") if r.state is State.IN_DOUBT}
    assert {key for key, n in times.items() if n > 1} == set()
    assert set(times) | doubts >= {
        str(r.key) for r in house.store.records("cafe-12") if r.state is State.SENT
    }
    assert len(set(times) | doubts) == 3 * len(NAMES)


def test_a_backup_of_yesterday_is_restored_and_sends_nothing_twice(house: House) -> None:
    house.open_edition(*people(house.tools, NAMES))
    campaign.arm(house.tools, "cafe-12")
    yesterday = house.folder / "yesterday.backup"
    keeping.back_up(yesterday, lambda _done, _total: None)
    house.start("worker")
    house.start("beat")
    house.wait_until(lambda: sent(house) >= len(NAMES))
    stop_everybody(house)
    clock = house.store.now()

    keeping.set_aside()
    keeping.restore(yesterday, lambda _done, _total: None)
    house.store.set_clock(clock)
    house.start("worker")
    house.start("beat")
    house.wait_until(lambda: [n.kind for n in house.store.open_notices()] == [NoticeKind.LEDGER_HELD])
    reconcile(house.store, forgotten(house.store, keeping.account([]), Journals.PERHAPS_NOT_ALL))

    house.wait_until_settled()
    assert {key for key, n in Counter(house.received()).items() if n > 1} == set()
    assert (
        len(set(house.received())) >= 3 * len(NAMES) - 2 * 2
    )  # what was in a killed worker's hands is in doubt


def test_an_emptied_ledger_is_not_taken_for_a_new_one(house: House) -> None:
    guests = people(house.tools, NAMES[:4])
    house.open_edition(*guests)
    house.start("worker")
    house.start("beat")
    campaign.arm(house.tools, "cafe-12")
    house.wait_until(lambda: len(house.received()) >= 4)
    before_it_was_emptied = len(house.received())

    house.store._redis.flushall()  # noqa: SLF001 - the test's hand on the server
    house.open_edition(*guests)
    campaign.arm(house.tools, "cafe-12")
    house.start("beat")  # RedBeat leaves when its keys are gone; whoever supervises starts it again
    house.wait_until(lambda: house.store.ledger().held == "other")

    assert len(house.received()) - before_it_was_emptied <= 2 * 2  # what was past its gate at that moment
    reconcile(house.store, forgotten(house.store, keeping.account([]), Journals.PERHAPS_NOT_ALL))
    house.wait_until_settled()  # by the workers that were there all along
    assert {key for key, n in Counter(house.received()).items() if n > 1} == set()
    assert len(set(house.received())) >= 3 * 4 - 2 * 2
