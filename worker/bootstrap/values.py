"""Settings as the values that services and adapters work with. Pure: nothing is opened here."""

from __future__ import annotations

from datetime import timedelta

from worker.adapters.relay_address import Patience, RelayAddress
from worker.adapters.stopping import STOPPING
from worker.config import Settings
from worker.domain.caps import Caps
from worker.domain.pace import RelayLimits
from worker.mail.fingerprint import fingerprint, person_id
from worker.mail.identity import Identity
from worker.mail.recognition import SignedRecognition
from worker.services.tools import Keep, Limits


def identity(known: Settings) -> Identity:
    """Who writes, as settings say."""
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


def relay_address(known: Settings) -> RelayAddress:
    """Where letters are handed over."""
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


def relay_limits(known: Settings) -> RelayLimits:
    """What the relay may be given by all workers together."""
    return RelayLimits(known.relay_per_second, known.relay_per_day, known.relay_connections)


def recognition(known: Identity) -> SignedRecognition:
    """How answers are known to be somebody's."""
    pepper = known.lasting_secret
    return SignedRecognition(known.secrets, lambda address: person_id(fingerprint(address, pepper)))


def limits(known: Settings) -> Limits:
    """The settings that bound a worker."""
    return Limits(
        batch=known.batch,
        group=known.group,
        abreast=known.connections_per_worker,
        claim_lease=timedelta(seconds=known.claim_lease),
        gate_lease=timedelta(seconds=known.gate_lease),
        undo=timedelta(seconds=known.undo),
        keep=Keep(
            people=timedelta(days=known.keep_people),
            moves=timedelta(days=known.keep_moves),
            copies=timedelta(days=known.keep_copies),
        ),
        caps=Caps(known.mails_per_day, known.mails_per_edition),
    )
