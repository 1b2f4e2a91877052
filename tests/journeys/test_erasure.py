"""Somebody is erased from a house at work: of name and address nothing is left, anywhere, and a restore keeps it so."""

from __future__ import annotations

import gzip
import quopri
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from redis import Redis

from tests.journeys.house import House
from tests.sample import cafe
from worker.__main__ import run
from worker.adapters.inbox_maildir import Maildir
from worker.adapters.redis_store import connect
from worker.domain.table import Row, Table
from worker.machine import keeping
from worker.services import campaign
from worker.services.consents import verify
from worker.services.import_guests import import_guests
from worker.services.reconcile import Journals, forgotten, reconcile
from worker.services.suppress import suppress

#: Words that stand nowhere else; the first two are found in any encoding of the name and of the address.
TRACES = (b"quatrebarbes", b"zephyrine.q", "zéphyrine".encode())
ADDRESS = "zephyrine.q@example.org"
#: Where names and addresses may stand while somebody is a guest: not in queues, results, logs, journals or moves.
_MAY_KNOW = (
    "{apres}:guests:",
    "{apres}:suppressions",
    "appendonlydir/",
    "previews/",
    "inbox/",
    "backups/",
)
GUESTS = (
    ("Zéphyrine Quatrebarbes", ADDRESS, "Plumes & Cie", "oui"),
    ("Bruno Lemaire", "bruno@example.org", "Atelier Bleu", "oui"),
    ("Clara Petit", "clara@example.org", "", "oui"),
    ("Denis Roux", "denis@example.org", "", "oui"),
)


def _imported(house: House) -> None:
    edition = cafe(12)
    house.store.set_clock(edition.meeting.end)
    house.store.save_edition(edition)
    headings = ("Nom", "E-mail", "Société", "Mise en relation", "Présence")
    rows = tuple(Row(number, (*guest, "oui")) for number, guest in enumerate(GUESTS, start=2))
    import_guests(house.tools, "cafe-12", Table("liste.csv", headings, rows))


def _values(client: Redis) -> Iterator[tuple[str, bytes]]:
    """Everything in Redis, queues and results included."""
    for name in client.scan_iter("*"):
        yield str(name), f"{name} {_value(client, str(name))}".encode()


def _value(client: Any, name: str) -> object:
    read: dict[str, Callable[[], object]] = {
        "string": lambda: client.get(name),
        "hash": lambda: client.hgetall(name),
        "set": lambda: client.smembers(name),
        "zset": lambda: client.zrange(name, 0, -1),
        "list": lambda: client.lrange(name, 0, -1),
        "stream": lambda: client.xrange(name),
    }
    return read[str(client.type(name))]()


def _files(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, and what is inside where it is packed or encoded."""
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file():
                raw = file.read_bytes()
                opened = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else quopri.decodestring(raw)
                yield str(file.relative_to(folder)), raw + opened


def _traces(house: House) -> list[str]:
    """Where anything of hers is found: Redis as it answers, its files, the data folder, the workers' logs."""
    with connect(house.server.url) as client:
        places = [*_values(client), *_files(house.server.folder, house.folder / "data")]
    found = [name for name, value in places if any(trace in value.lower() for trace in TRACES)]
    logs = (
        file for file in house.folder.glob("*.log") if any(t in file.read_bytes().lower() for t in TRACES)
    )
    return [*found, *(log.name for log in logs)]


def _at_work(house: House) -> None:
    """A campaign of which the first mails have left, previews, a local inbox and a ledger set aside."""
    _imported(house)
    assert run(["preview", "cafe-12"]) == 0
    campaign.arm(house.tools, "cafe-12")
    house.start("worker")
    house.start("beat")
    house.wait_until(lambda: len(house.received()) >= len(GUESTS))
    for process in house.processes:
        house.kill(process)
    inbox = Maildir(house.folder / "data" / "inbox")
    for mail in list(house.relay.mails):
        inbox.keep(mail.content)
    keeping.back_up(house.folder / "data" / "backups" / "before.backup", lambda _done, _total: None)


def test_of_an_erased_person_only_the_fingerprint_is_left(house: House) -> None:
    _at_work(house)
    elsewhere = house.folder / "elsewhere"
    elsewhere.mkdir()
    yesterday = elsewhere / "yesterday.backup"
    keeping.back_up(yesterday, lambda _done, _total: None)
    suppress(
        house.tools, ADDRESS, scope="purpose:thanks", because="Zéphyrine Quatrebarbes l’a dit au téléphone"
    )
    told = _traces(house)
    assert len(told) > 3  # what is looked for is found while it is there
    assert [place for place in told if not place.startswith(_MAY_KNOW)] == []

    assert run(["person", "erase", ADDRESS, "--yes"]) == 0

    assert _traces(house) == []
    assert verify(house.tools).holds
    printed = house.tools.fingerprint(ADDRESS)
    assert house.store.standing([f"{printed}/all"])
    assert "Bruno Lemaire" in {guest.person.name for guest in house.store.guests("cafe-12").values()}

    keeping.set_aside()
    keeping.restore(yesterday, lambda _done, _total: None)

    assert _traces(house) == []
    reconcile(house.store, forgotten(house.store, keeping.account([]), Journals.ALL))
    before = len(house.received())
    house.store.set_clock(cafe(12).meeting.end)
    house.start("worker")
    house.start("beat")
    house.wait_until_settled()
    person = house.tools.person_id(printed)
    assert {key for key in house.received()[before:] if str(key).endswith(person)} == set()
    reasons = {
        r.reason for r in house.store.records("cafe-12") if r.key.person == person and r.state == "skipped"
    }
    # An invitation that was on the line when its worker was killed would go again, and is barred as it is claimed.
    assert {"erased"} <= reasons <= {"erased", "suppressed"}
