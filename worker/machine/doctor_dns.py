"""What DNS says of us, beside what it should say."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from worker import bootstrap
from worker.adapters.dkim_keys import read_signer
from worker.adapters.dns_lookup import Dns
from worker.config import Settings
from worker.domain.diagnosis import Diagnosis, good, unknown, warning, wrong
from worker.domain.dns_records import (
    MOST_LOOK_UPS,
    Key,
    Presence,
    Record,
    dkim_fault,
    dmarc_fault,
    parents,
    spf_fault,
    spf_look_ups,
    tags,
    wanted,
)
from worker.domain.errors import Unreachable
from worker.mail.dkim import Signer
from worker.mail.headers import domain_name


def presence(known: Settings) -> Presence:
    """What of us is to be found in DNS."""
    identity, domain = bootstrap.identity(), known.dkim_domain or known.sender_domain
    return Presence(
        sender=identity.domain,
        bounces=identity.bounce_domain,
        relay=known.relay_host,
        page=urlsplit(known.page_url).hostname or "",
        keys=tuple(_key(read_signer(domain_name(domain), named)) for named in known.dkim_keys),
    )


def records(known: Settings) -> tuple[Record, ...]:
    """The records to publish."""
    return tuple(wanted(presence(known)))


def _key(signer: Signer) -> Key:
    if isinstance(signer.key, RSAPrivateKey):
        public = signer.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return Key(signer.selector, signer.domain, "rsa", base64.b64encode(public).decode())
    raw = signer.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Key(signer.selector, signer.domain, "ed25519", base64.b64encode(raw).decode())


def examine_dns(known: Settings, server: str) -> Iterator[Diagnosis]:
    """Each record that is there, is not, or says something else; or that nobody could be asked."""
    us, dns = presence(known), Dns(server)
    if known.relay_is_local and not server:
        yield unknown("dns.local")
        return
    try:
        for domain in dict.fromkeys((us.bounces, us.sender)):
            yield from _spf(dns, domain)
        for key in us.keys:
            yield from _dkim(dns, key)
        if not us.keys:
            yield warning("dns.provider_signs")
        yield from _dmarc(dns, us.sender)
        yield from _mail_hosts(dns, us.bounces)
        yield from _aligned(known, us)
        if us.page and not dns.has_address(us.page):
            yield wrong("dns.page_missing", name=us.page)
    except Unreachable as error:
        yield unknown("dns.silent", says=str(error))


def _spf(dns: Dns, domain: str) -> Iterator[Diagnosis]:
    texts = dns.texts(domain)
    fault = spf_fault(texts)
    if fault:
        yield wrong(f"dns.spf_{fault}", name=domain)
        return
    asked = _look_ups(dns, next(text for text in texts if text.lower().startswith("v=spf1")), 0)
    if asked > MOST_LOOK_UPS:
        yield wrong("dns.spf_long", name=domain, asked=str(asked))
    else:
        yield good("dns.spf", name=domain, asked=str(asked))


def _look_ups(dns: Dns, record: str, so_far: int) -> int:
    own, included = spf_look_ups(record)
    total = so_far + own
    for domain in included:
        if total > MOST_LOOK_UPS:
            break
        for text in dns.texts(domain):
            if text.lower().startswith("v=spf1"):
                total = _look_ups(dns, text, total)
    return total


def _dkim(dns: Dns, key: Key) -> Iterator[Diagnosis]:
    fault = dkim_fault(dns.texts(key.name), key)
    yield wrong(f"dns.dkim_{fault}", name=key.name) if fault else good("dns.dkim", name=key.name)


def _dmarc(dns: Dns, domain: str) -> Iterator[Diagnosis]:
    for above in parents(domain):
        name = f"_dmarc.{above}"
        texts = dns.texts(name)
        fault = dmarc_fault(texts)
        if fault == "none":
            continue
        if fault:
            yield wrong(f"dns.dmarc_{fault}", name=name)
        else:
            policy = next(tags(text).get("p", "none") for text in texts if "DMARC1" in text)
            yield good("dns.dmarc", name=name, policy=policy)
        return
    yield wrong("dns.dmarc_none", name=f"_dmarc.{domain}")


def _mail_hosts(dns: Dns, domain: str) -> Iterator[Diagnosis]:
    hosts = dns.mail_hosts(domain)
    if hosts:
        yield good("dns.mx", name=domain, host=hosts[0])
    else:
        yield wrong("dns.mx_none", name=domain)


def _aligned(known: Settings, us: Presence) -> Iterator[Diagnosis]:
    """RFC 9989 §4.4: what proves us must share the organizational domain that people see."""
    for domain in dict.fromkeys((us.bounces, *(key.domain for key in us.keys))):
        shared = set(parents(domain)) & set(parents(us.sender))
        if not shared:
            yield wrong("dns.not_aligned", name=domain, sender=known.sender_domain)
