"""Settings and files become tools: the one place where adapters are named. Each is made once, when asked for."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from redis import Redis

from worker import places
from worker.adapters import edition_files, schedule_files
from worker.adapters.addresses import judge_address
from worker.adapters.dkim_keys import read_signer
from worker.adapters.guest_tables import read_table
from worker.adapters.holidays import public_holidays
from worker.adapters.journal import Journal, WhenSending, other_ledgers
from worker.adapters.mailboxes import mailbox_at
from worker.adapters.observe import ObservedStore, stay_quiet
from worker.adapters.redis_checks import check_ledger
from worker.adapters.redis_clocks import RedisClocks
from worker.adapters.redis_server import ensure_server
from worker.adapters.redis_store import RedisStore, connect
from worker.adapters.relay_address import Patience, RelayAddress
from worker.adapters.shift import Shift
from worker.adapters.smtp import LastingSmtpTransport
from worker.adapters.stopping import STOPPING
from worker.adapters.template_files import read_templates
from worker.config import Settings, read_settings
from worker.domain.campaign import AT_WORK
from worker.domain.edition import Edition, Organizer
from worker.domain.errors import Refused, Unsettled
from worker.domain.pace import RelayLimits
from worker.domain.sequence import Sequence
from worker.domain.table import Table
from worker.mail.compose import LetterWriter
from worker.mail.dkim import SigningComposer
from worker.mail.fingerprint import fingerprint, person_id
from worker.mail.identity import Identity
from worker.mail.kinds import as_in_schedules
from worker.mail.reading import read_answers
from worker.mail.recognition import SignedRecognition
from worker.mail.rendering import Templates
from worker.ports import Composer
from worker.services.setting import known_edition
from worker.services.tools import Limits, Tools
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
    return ObservedStore(_client(), relay_limits(), WhenSending(journal))


@cache
def _client() -> Redis:
    return connect(servers().ledger_url)


@cache
def journal() -> Journal:
    """What this machine writes down of the ledger; one without any past, where there was another, is held."""
    folder, mark = settings().data / "journal", store().ledger()
    if not mark.sequence and other_ledgers(folder, mark.id):
        store().hold_ledger("other")
    return Journal(folder, mark.id)


@cache
def sequence(name: str) -> Sequence:
    """A sequence of `schedules/`; InvalidFile tells what is wrong with it."""
    return schedule_files.read_sequence(places.schedule_folder(settings().home) / f"{name}.toml")


def chores() -> dict[str, float]:
    """Seconds between two calls of each chore."""
    return schedule_files.read_chores(places.schedule_folder(settings().home) / "chores.toml").every


@cache
def composer() -> Composer:
    """Templates compiled and checked, DKIM keys read; InvalidFile tells what is wrong with one."""
    known = settings()
    templates = Templates(read_templates(places.template_folder(known.home)))
    writer = LetterWriter(identity(), templates, as_in_schedules(sequence))
    domain = known.dkim_domain or known.sender_domain
    signers = [read_signer(domain, named) for named in known.dkim_keys]
    return SigningComposer(writer, signers) if signers else writer


def identity() -> Identity:
    """Who writes, as settings say."""
    known = settings()
    secrets = (known.secret, *known.old_secrets)
    return Identity(
        sender_name=known.sender_name,
        sender_address=known.sender_address,
        domain=known.sender_domain,
        bounce_domain=known.bounce_domain or known.sender_domain,
        reply_to=known.reply_to,
        rsvp_address=known.rsvp_address,
        unsubscribe_address=known.unsubscribe_address,
        page_url=known.page_url,
        feedback_sender=known.feedback_sender,
        secrets=tuple(secret.get_secret_value().encode() for secret in secrets),
    )


def relay_address() -> RelayAddress:
    """Where letters are handed over."""
    known = settings()
    return RelayAddress(
        host=known.relay_host,
        port=known.relay_port,
        tls=known.relay_tls,
        username=known.relay_username,
        password=known.relay_password.get_secret_value(),
        ca_file=known.relay_ca_file,
        local_hostname=known.sender_domain,
        letters_per_line=known.mails_per_connection,
        patience=Patience(dot=known.final_reply_timeout, gate=known.gate_time, respite=STOPPING),
    )


@cache
def tools() -> Tools:
    """What the services of this process work with. Cached for each process: forked workers make their own."""
    known = settings()
    pepper = identity().lasting_secret
    return Tools(
        store=store(),
        transport=LastingSmtpTransport(relay_address(), group=known.group),
        composer=WhenAsked(composer),
        sequence=sequence,
        holidays=public_holidays,
        fingerprint=lambda address: fingerprint(address, pepper),
        person_id=person_id,
        new_token=lambda: uuid.uuid4().hex,
        judge_address=judge_address,
        clocks=RedisClocks(_client(), known.clock_tolerance),
        read_answers=lambda raw: read_answers(raw, recognition()),
        limits=limits(),
        ops=Organizer("Ops", known.ops_address) if known.ops_address else None,
        mailbox=mailbox_at(known.mailbox_maildir, known.mailbox_address),
    )


def relay_limits() -> RelayLimits:
    """What the relay may be given by all workers together."""
    known = settings()
    return RelayLimits(known.relay_per_second, known.relay_per_day, known.relay_connections)


def recognition() -> SignedRecognition:
    """How answers are known to be somebody's."""
    known = identity()
    pepper = known.lasting_secret
    return SignedRecognition(known.secrets, lambda address: person_id(fingerprint(address, pepper)))


def limits() -> Limits:
    """The settings that bound a worker."""
    known = settings()
    return Limits(
        batch=known.batch,
        group=known.group,
        claim_lease=timedelta(seconds=known.claim_lease),
        gate_lease=timedelta(seconds=known.gate_lease),
        undo=timedelta(seconds=known.undo),
    )


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
    for made in (settings, servers, _client, store, journal, sequence, composer, tools):
        made.cache_clear()


def _after_fork() -> None:
    for made in (_client, store, journal, tools):
        made.cache_clear()


os.register_at_fork(after_in_child=_after_fork)
