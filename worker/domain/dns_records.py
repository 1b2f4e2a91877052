"""The DNS records that our mails need, and what published ones are worth (RFC 7208, RFC 6376, RFC 9989)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

#: RFC 7208 §4.6.4: terms that ask DNS, and how many of them one check may follow.
_ASKING = re.compile(
    r"[+?~-]?(?:include:|a(?=$|[:/])|mx(?=$|[:/])|ptr(?=$|:)|exists:)|redirect=", re.IGNORECASE
)
MOST_LOOK_UPS = 10
_TAG = re.compile(r"\s*([a-z]+)\s*=\s*(.*?)\s*\Z", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it should be published, and what for: "spf", "dkim", "dmarc", "mx" or "page"."""

    purpose: str
    name: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Key:
    """A DKIM key: its selector and domain, its kind ("rsa", "ed25519"), its public half in base64."""

    selector: str
    domain: str
    kind: str
    public: str

    @property
    def name(self) -> str:
        """Where it is published (RFC 6376 §3.6.2.1)."""
        return f"{self.selector}._domainkey.{self.domain}"


@dataclass(frozen=True, slots=True)
class Presence:
    """What of us is to be found in DNS. `relay` may be on this machine; `page` is the host of our pages, or ""."""

    sender: str
    bounces: str
    relay: str
    page: str
    keys: tuple[Key, ...] = ()


def wanted(us: Presence) -> Iterator[Record]:
    """The records, in the order in which they are best made."""
    for domain in dict.fromkeys((us.bounces, us.sender)):
        yield Record("spf", domain, "TXT", f"v=spf1 {_sender(us.relay)} ~all")
    for key in us.keys:
        yield Record("dkim", key.name, "TXT", f"v=DKIM1; k={key.kind}; p={key.public}")
    yield Record(
        "dmarc", f"_dmarc.{us.sender}", "TXT", f"v=DMARC1; p=none; rua=mailto:postmaster@{us.sender}"
    )
    yield Record("mx", us.bounces, "MX", "10 …")
    if us.page:
        yield Record("page", us.page, "A", "…")


def _sender(relay: str) -> str:
    if ":" in relay:
        return f"ip6:{relay}"
    return f"ip4:{relay}" if relay.replace(".", "").isdecimal() else f"a:{relay}"


def spf_fault(published: Iterable[str]) -> str:
    """What is wrong, "" for nothing: none, several, open (to everybody), endless."""
    found = [text for text in published if re.match(r"v=spf1(?:\s|\Z)", text, re.IGNORECASE)]
    if len(found) != 1:
        return "several" if found else "none"
    terms = found[0].lower().split()[1:]
    if any(term in {"all", "+all"} for term in terms):
        return "open"
    ends = any(term[-3:] == "all" or term.startswith("redirect=") for term in terms)
    return "" if ends else "endless"


def spf_look_ups(record: str) -> tuple[int, tuple[str, ...]]:
    """How many look-ups a record itself costs, and the domains whose records are to be counted with it."""
    terms = record.split()[1:]
    asked = [term for term in terms if _ASKING.match(term)]
    included = [
        term.partition("include:")[2] or term.partition("redirect=")[2]
        for term in map(str.lower, asked)
        if "include:" in term or "redirect=" in term
    ]
    return len(asked), tuple(included)


def dmarc_fault(published: Iterable[str]) -> str:
    """What is wrong, "" for nothing: none, several, broken (no policy of RFC 9989 §4.7)."""
    found = [text for text in published if re.match(r"v\s*=\s*DMARC1\s*(?:;|\Z)", text)]
    if len(found) != 1:
        return "several" if found else "none"
    return "" if tags(found[0]).get("p", "none") in {"none", "quarantine", "reject"} else "broken"


def dkim_fault(published: Iterable[str], key: Key) -> str:
    """What is wrong: none, revoked, another; or "" when this very key is published."""
    found = [tags(text) for text in published if "p" in tags(text)]
    if not found:
        return "none"
    keys = ["".join(one["p"].split()) for one in found]
    if key.public in keys:
        return ""
    return "another" if any(keys) else "revoked"


def tags(text: str) -> Mapping[str, str]:
    """The tag list of a DKIM or DMARC record (RFC 6376 §3.2)."""
    found = (_TAG.match(part) for part in text.split(";"))
    return {match[1].lower(): match[2] for match in found if match}


def parents(domain: str) -> Iterator[str]:
    """The domain and those above it, but the last label: where DMARC may be found (RFC 9989 §4.10)."""
    labels = domain.split(".")
    for place in range(max(1, len(labels) - 1)):
        yield ".".join(labels[place:])


def in_zone_file(record: Record) -> str:
    """The record as a line of a zone file; long texts in strings of 255 (RFC 1035 §3.3.14)."""
    value = record.value
    if record.kind == "TXT":
        value = " ".join(f'"{value[at : at + 255]}"' for at in range(0, len(value), 255))
    return f"{record.name}. IN {record.kind} {value}"
