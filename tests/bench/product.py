"""The product's speed: from an armed campaign to the last mail in the sink, inside Celery."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.sink import Sink, smtp_sink
from tests.bench.workplace import INVITATION, Mailing, Workplace, workplace
from tests.until import until
from worker import bootstrap
from worker.domain.errors import Unsettled
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.services import campaign

#: Real seconds after which a run is given up.
_PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Run:
    """One campaign: how many mails, in how many seconds; how much a worker process grew from the first tenth on."""

    messages: int
    seconds: float
    growth_mb: float

    @property
    def per_second(self) -> float:
        """Mails a second."""
        return self.messages / self.seconds


def send_campaign(place: Workplace, sink: Sink, count: int) -> Run:
    """Plan and arm before the clock starts; Unsettled unless sink and ledger both know exactly the plan."""
    place.start("worker", "beat")  # they come up while guests are written down
    edition = place.invite(count)
    wait_for_workers(place)
    campaign.arm(bootstrap.tools(), edition.id)
    before = sink.accepted()
    with place.metronome() as wake:
        began = time.monotonic()
        wake()
    sink.wait_for(before + count // 10, _PATIENCE)
    weight = place.memory_mb()
    ended = sink.wait_for(before + count, _PATIENCE)
    growth = place.memory_mb() - weight
    place.wait_until_sent(edition, count)
    if sink.accepted() - before != count:
        raise Unsettled(f"planned {count}, and the sink took {sink.accepted() - before}")
    return Run(count, ended - began, growth)


def product_run(count: int, sink: Sink, mailing: Mailing = INVITATION) -> Run:
    """One campaign in a folder of its own."""
    with TemporaryDirectory(prefix="apres-bench-") as name:
        folder = Path(name)
        with workplace(folder, sink.port, mailing) as place:
            return send_campaign(place, sink, count)


def sample_is_equal(mailing: Mailing = INVITATION, count: int = 50) -> int:
    """Dump some mails and compare each with what the composer writes for its key; gives the usual size on the wire."""
    with TemporaryDirectory(prefix="apres-bench-") as name:
        folder, dump = Path(name), Path(name) / "dump"
        dump.mkdir()
        with smtp_sink(folder, dump=dump) as sink, workplace(folder, sink.port, mailing) as place:
            send_campaign(place, sink, count)
            mails = [_mail(file) for file in sorted(dump.iterdir())]
            expected = {key: _composed(place, key) for key in map(_key, mails)}
    if len(expected) != count:
        raise Unsettled(f"{len(expected)} different mails were dumped, not {count}")
    for mail in mails:
        if _leaves(mail) != _leaves(_parsed(expected[_key(mail)])):
            raise Unsettled(f"{_key(mail)} arrived otherwise than it was composed")
    return max(map(len, expected.values()))


def wait_for_workers(place: Workplace) -> None:
    """Wait until a worker takes what it is sent."""
    # Its heartbeat file appears once the consumer runs, which is what is not to be measured.
    until((Path(place.environment["APRES_DATA"]) / "run" / "worker.beat").exists, 60)


def _composed(place: Workplace, name: str) -> bytes:
    key = MessageKey.parse(name)
    edition = place.store.edition(key.edition)
    guest = place.store.guests(key.edition, [key.person])[key.person]
    if edition is None:
        raise Unsettled(f"{key.edition} is not known")
    return bootstrap.composer().compose(key, Facts(edition, guest), place.store.now()).content


def _mail(file: Path) -> Message:
    # smtp-sink writes its own lines before the mail (X-Client-Addr and the like), and ends lines with LF.
    return _parsed(file.read_bytes())


def _parsed(content: bytes) -> Message:
    return message_from_bytes(content.replace(b"\r\n", b"\n"), policy=default)


def _key(mail: Message) -> str:
    return str(mail["Message-ID"]).strip("<>").rpartition("@")[0]


def _leaves(mail: Message) -> list[tuple[str, object]]:
    return [(part.get_content_type(), part.get_payload(decode=True)) for part in mail.walk()]
