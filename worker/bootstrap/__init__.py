"""Settings and files become tools: the one room where adapters are named. Each is made once, when asked for."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from redis import Redis

from worker import places
from worker.adapters import edition_files, edition_writing, schedule_files
from worker.adapters.addresses import judge_address
from worker.adapters.broker import broker_client
from worker.adapters.copies import DataFolder
from worker.adapters.dkim_keys import read_signer
from worker.adapters.guest_tables import read_table
from worker.adapters.holidays import public_holidays
from worker.adapters.journal import Journal, WhenSending, other_ledgers
from worker.adapters.mailboxes import mailbox_at
from worker.adapters.matching import RustworkxMatcher
from worker.adapters.observe import stay_quiet
from worker.adapters.redis_checks import check_ledger
from worker.adapters.redis_clocks import RedisClocks
from worker.adapters.redis_server import ensure_server
from worker.adapters.redis_servers import RedisServers
from worker.adapters.redis_store import RedisStore, connect, connect_briefly
from worker.adapters.refusal_journal import JournaledStore, RefusalJournal
from worker.adapters.shift import Shift
from worker.adapters.smtp import LastingSmtpTransport
from worker.adapters.template_files import read_templates
from worker.bootstrap import values
from worker.config import Settings, read_settings
from worker.domain.campaign import AT_WORK
from worker.domain.changes_told import CHANGE_STEPS
from worker.domain.edition import Edition, Organizer
from worker.domain.errors import Refused, Unsettled
from worker.domain.reminders import ORGANIZER_STEPS
from worker.domain.sequence import QUEUES, Sequence
from worker.domain.table import Table
from worker.mail.compose import LetterWriter
from worker.mail.dkim import SigningComposer
from worker.mail.drafting import TemplateScribe
from worker.mail.fingerprint import fingerprint, person_id
from worker.mail.identity import Identity
from worker.mail.kinds import as_in_schedules
from worker.mail.reading import read_answers
from worker.mail.rendering import Templates
from worker.ports import Composer, Scribe
from worker.services.setting import known_edition
from worker.services.tools import Tools
from worker.services.when_asked import WhenAsked


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the ledger and the broker are; the same server unless told otherwise."""

    ledger_url: str
    broker_url: str


@cache
def settings() -> Settings:
    """The settings of this process."""
    return read_settings()


@cache
def servers() -> Servers:
    """The Redis we were given, or our own under the data folder, started when nobody has yet."""
    given = settings().redis_url
    if given:
        return Servers(given, settings().broker_url or given)
    own = ensure_server(settings().data / "redis")
    return Servers(own.url, settings().broker_url or own.broker_url)


@cache
def store() -> RedisStore:
    """The ledger, checked: Unsettled tells what would make it forget, each with its remedy."""
    wrong = check_ledger(_client())
    if wrong:
        raise Unsettled("\n".join(wrong))
    stay_quiet()
    witness = WhenSending(journal, journal.cache_clear)
    return JournaledStore(_client(), values.relay_limits(settings()), witness, refusals())


@cache
def _client() -> Redis:
    return connect(servers().ledger_url)


@cache
def onlooker() -> Tools:
    """Tools for whoever only watches: where Redis does not answer at once, that is the answer."""
    ledger = connect_briefly(servers().ledger_url)
    store = RedisStore(ledger, values.relay_limits(settings()))
    return replace(tools(), store=store, servers=_servers_of(ledger))


def _servers_of(ledger: Redis) -> RedisServers:
    return RedisServers(lambda: broker_client(servers().broker_url), ledger, QUEUES)


@cache
def journal() -> Journal:
    """What this machine writes down of the ledger; one without any past, where there was another, is held."""
    folder, mark = settings().data / "journal", store().ledger()
    if not mark.sequence:
        store().hold_as_another(other_ledgers(folder, mark.id))
    return Journal(folder, mark.id)


def refusals() -> RefusalJournal:
    """What this machine writes down of refusals."""
    return RefusalJournal(settings().data / "rights")


@cache
def sequence(name: str) -> Sequence:
    """A sequence of `schedules/`; InvalidFile tells what is wrong with it."""
    return schedule_files.read_sequence(places.schedule_folder(settings().home) / f"{name}.toml")


def chores() -> dict[str, float]:
    """Seconds between two calls of each chore."""
    return schedule_files.read_chores(places.schedule_folder(settings().home) / "chores.toml").every


def identity() -> Identity:
    """Who writes, as settings say."""
    return values.identity(settings())


@cache
def templates() -> Templates:
    """The letters, compiled and proofread; InvalidFile names the first mistake and its line."""
    return Templates(read_templates(places.template_folder(settings().home)))


def check_letters(edition: Edition) -> None:
    """InvalidFile when a mail that this edition may ever need could not be written."""
    composer()
    steps = (step.name for step in sequence(edition.sequence).steps)
    templates().check_letters((*steps, *sorted(CHANGE_STEPS), *sorted(ORGANIZER_STEPS)), edition.language)


@cache
def composer() -> Composer:
    """Templates compiled and checked, DKIM keys read; InvalidFile tells what is wrong with one."""
    known = settings()
    writer = LetterWriter(identity(), templates(), as_in_schedules(sequence))
    domain = known.dkim_domain or known.sender_domain
    signers = [read_signer(domain, named) for named in known.dkim_keys]
    return SigningComposer(writer, signers) if signers else writer


@cache
def tools() -> Tools:
    """What the services of this process work with. Cached for each process: forked workers make their own."""
    known = settings()
    own = identity()
    pepper = own.lasting_secret
    return Tools(
        store=store(),
        transport=LastingSmtpTransport(values.relay_address(known), group=known.group),
        composer=WhenAsked(composer),
        sequence=sequence,
        holidays=public_holidays,
        fingerprint=lambda address: fingerprint(address, pepper),
        person_id=person_id,
        new_token=lambda: uuid.uuid4().hex,
        judge_address=judge_address,
        clocks=RedisClocks(_client(), known.clock_tolerance),
        servers=_servers_of(_client()),
        read_answers=lambda raw: read_answers(raw, values.recognition(own)),
        matcher=RustworkxMatcher(),
        limits=values.limits(known),
        registration=known.registration_wording,
        copies=DataFolder(known.data, _client),
        ops=Organizer("Ops", known.ops_address) if known.ops_address else None,
        mailbox=mailbox_at(known.mailbox_maildir, known.mailbox_address),
    )


def scribe() -> Scribe:
    """Who begins and proofreads letters that are rewritten for one person."""
    return TemplateScribe(identity(), templates(), as_in_schedules(sequence))


def write_edition(edition: Edition, path: Path) -> None:
    """A new edition file; Refused where there is one already."""
    edition_writing.write_edition(edition, path)


def guest_table(path: Path) -> Table:
    """The rows of a guest list; InvalidFile when it cannot be read."""
    return read_table(path)


def shift() -> Shift:
    """How long one wake-up works."""
    return Shift(settings().deliver_for, settings().linger)


def edition(named: str) -> Edition:
    """The edition of a .toml file or of an id already known; Refused when there is neither.

    A file is kept from then on, except while its campaign is at work: looking at a plan must not change mails that
    are armed. `apres reschedule` keeps it then.
    """
    path = Path(named)
    if path.suffix == ".toml":
        if not path.is_file():
            raise Refused(
                f"{named} does not exist: give the path of an edition file, or the id of a known edition"
            )
        read = edition_files.read_edition(path)
        if store().campaign(read.id).status not in AT_WORK or store().edition(read.id) is None:
            store().save_edition(read)
        return read
    return known_edition(store(), named)


def forget() -> None:
    """Drop everything made so far: after a fork (sockets are not shared) and between tests."""
    for made in (settings, servers, _client, store, journal, sequence, templates, composer, tools, onlooker):
        made.cache_clear()


def _after_fork() -> None:
    for made in (_client, store, journal, tools, onlooker):
        made.cache_clear()


os.register_at_fork(after_in_child=_after_fork)
