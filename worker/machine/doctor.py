"""Look over the whole house, from the settings to DNS: what is well, what is not, each as a finding. Sends no mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from redis.exceptions import RedisError

from worker import bootstrap, places
from worker.adapters import schedule_files
from worker.adapters.broker import broker_client
from worker.adapters.redis_checks import check_ledger, memory_runs_short, trouble, unchecked
from worker.adapters.redis_clocks import RedisClocks
from worker.adapters.redis_store import connect_briefly
from worker.config import LOCAL_SECRET, Settings
from worker.domain.diagnosis import Diagnosis, good, unknown, warning, wrong
from worker.domain.errors import ApresError
from worker.domain.notice import HOUSE
from worker.machine.doctor_dns import examine_dns
from worker.machine.doctor_lines import examine_mailbox, examine_pages, examine_relay, examine_return_address


def examine(dns_server: str) -> Iterator[Diagnosis]:
    """Everything, in the order in which it is best put right. `dns_server` is asked, or the machine's own when ""."""
    known = bootstrap.settings()
    for part, look in (
        ("settings", lambda: _settings(known)),
        ("redis", _redis),
        ("clock", _clock),
        ("letters", _letters),
        ("relay", lambda: examine_relay(known)),
        ("return", lambda: examine_return_address(known)),
        ("mailbox", lambda: examine_mailbox(known)),
        ("pages", lambda: examine_pages(known)),
        ("dns", lambda: examine_dns(known, dns_server)),
    ):
        yield from _whole(part, look)


def _whole(part: str, look: Callable[[], Iterator[Diagnosis]]) -> Iterator[Diagnosis]:
    """One part; what is wrong with it must not keep us from looking at the others."""
    try:
        yield from look()
    except ApresError as error:
        yield wrong(f"{part}.refused", says=str(error))
    except (RedisError, OSError) as error:
        yield wrong(f"{part}.unreachable", says=str(error) or type(error).__name__)


def _settings(known: Settings) -> Iterator[Diagnosis]:
    yield good("settings.read", sender=known.sender_address)
    if known.secret.get_secret_value() == LOCAL_SECRET:
        yield warning("settings.local_secret")
    if known.sender_domain.endswith(("example.org", "example.com", "example.net")):
        yield warning("settings.example_sender", sender=known.sender_address)
    if not known.ops_address:
        yield warning("settings.no_ops")


def _redis() -> Iterator[Diagnosis]:
    urls = bootstrap.servers()
    with connect_briefly(urls.ledger_url) as client:
        faults = (*check_ledger(client), *trouble(client))
        yield from (wrong("redis.fault", says=fault) for fault in faults)
        yield from (unknown("redis.fault", says=sentence) for sentence in unchecked(client))
        if short := memory_runs_short(client):
            yield wrong("redis.fault", says=short)
        if not faults:
            yield good("redis.keeps", version=str(client.info("server")["redis_version"]))
    if urls.broker_url != urls.ledger_url:
        broker_client(urls.broker_url).ping()
        yield good("redis.broker")


def _clock() -> Iterator[Diagnosis]:
    with connect_briefly(bootstrap.servers().ledger_url) as client:
        _, trust = RedisClocks(client, bootstrap.settings().clock_tolerance).look()
    if trust.fault is None:
        yield good("clock.agrees")
    else:
        yield wrong("clock.differs", seconds=f"{trust.by:+.0f}")


def _letters() -> Iterator[Diagnosis]:
    templates = bootstrap.templates()
    yield good("letters.proofread", folder=str(places.template_folder(bootstrap.settings().home)))
    bootstrap.composer()
    folder = places.schedule_folder(bootstrap.settings().home)
    schedule_files.read_chores(folder / "chores.toml")
    names = sorted(path.stem for path in folder.glob("*.toml") if path.stem != "chores")
    for name in names:
        templates.check_letters((step.name for step in bootstrap.sequence(name).steps), "fr")
    yield good("letters.schedules", names=", ".join(names))
    with connect_briefly(bootstrap.servers().ledger_url) as client:
        client.ping()  # the store itself would wait half a minute for a server that is away
    for edition in bootstrap.store().editions_at_work():
        known = bootstrap.store().edition(edition)
        if edition != HOUSE and known is not None:
            bootstrap.check_letters(known)
