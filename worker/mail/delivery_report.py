"""What became of a mail of ours, as somebody's mail server tells it: a DSN (RFC 3464), or words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from worker.mail.received_mail import ReceivedMail

_DAEMON = re.compile(
    r"(?:mailer-?daemon|postmaster|mail[ -]?delivery|maildaemon|mail[ -]administrator|microsoftexchange)",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"\n[ \t]*\n")
_FIELD = re.compile(r"^([A-Za-z-]+)[ \t]*:[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
#: RFC 3463, and not a part of an address of the internet or of a version.
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\.\d)(?!\d)")
_REPLY = re.compile(r"(?<![\d.])([45])[0-7]\d[ -](?=\D)")
_NOBODY = re.compile(
    r"""(?:user|recipient|mailbox|address|account)\s+(?:is\s+)?(?:unknown|not\s+found|does\s?n[o']t\s+exist|invalid)
      | (?:unknown|no\s+such|invalid|nonexistent)\s+(?:local\s+)?(?:user|recipient|mailbox|address|account)
      | no\s+mailbox\s+here\s+by\s+that\s+name | (?:utilisateur|destinataire|adresse|bo[iî]te)\s+inconnue?
      | adresse\s+(?:e-?mail\s+)?(?:n['’]existe\s+pas|introuvable) | address\s+couldn['’]t\s+be\s+found
      | doesn['’]t\s+have\s+an?\s+\S+\s+account""",
    re.IGNORECASE | re.VERBOSE,
)
_FAILED = re.compile(
    r"""could\s?(?:not|n['’]t)\s+be\s+(?:delivered|sent) | undeliver(?:ed|able)
      | delivery\s+(?:has\s+)?fail | failed\s+permanently
      | permanent(?:ly)?\s+(?:error|fail|fatal) | not\s+been\s+delivered | returned\s+to\s+sender | giving\s+up
      | n['’]a\s+pas\s+pu\s+[êe]tre\s+(?:remis|livr|distribu|envoy) | [ée]chec\s+de\s+(?:la\s+)?(?:remise|distribution)
      | non[- ](?:remis|distribu|d[ée]livr) | unzustellbar | nicht\s+zugestellt\s+werden""",
    re.IGNORECASE | re.VERBOSE,
)
#: Said by a server that has not given up, whatever else it says.
_GOES_ON = re.compile(
    r"""will\s+(?:be\s+retried|retry|continue\s+to\s+(?:be\s+)?tr|keep\s+trying)
      | delivery\s+attempts\s+will\s+continue | do\s+not\s+need\s+to\s+resend""",
    re.IGNORECASE | re.VERBOSE,
)
_DELAYED = re.compile(
    r"""(?:has|have)\s+been\s+delayed | delivery\s+(?:\S+\s+)?(?:is\s+)?delayed
      | (?:warning|still)\W+(?:message|could|delayed|being)
      | not\s+yet\s+been\s+delivered
      | retard[ée]e? | nouvelles?\s+tentatives?""",
    re.IGNORECASE | re.VERBOSE,
)


class Fate(StrEnum):
    """What a report says of a mail. UNTOLD: that something went wrong, and nothing more."""

    FAILED = "failed"
    DELAYED = "delayed"
    ARRIVED = "arrived"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a server says; `status` is its enhanced code (RFC 3463), or ""."""

    fate: Fate
    status: str = ""


def is_from_a_daemon(mail: ReceivedMail) -> bool:
    """Whether a mail server wrote it, by its report, its headers or its name."""
    return (
        mail.report == "delivery-status"
        or bool(mail.header("x-failed-recipients"))
        or any(_DAEMON.search(value) for value in mail.header("from", "return-path"))
    )


def delivery_report(mail: ReceivedMail) -> DeliveryReport:
    """Of its part for machines, else of its words. One that failed counts before one that waits."""
    told = sorted(_of_fields(mail.fields), key=lambda report: _WORST.index(report.fate))
    found = told[0] if told else DeliveryReport(Fate.UNTOLD)
    if found.fate is not Fate.UNTOLD and found.status not in {"", "5.0.0"}:
        return found
    by_words = _of_words(" ".join(mail.header("subject")) + "\n" + (mail.plain or mail.html))
    if found.fate is Fate.UNTOLD:
        return by_words
    return DeliveryReport(found.fate, (by_words.fate is found.fate and by_words.status) or found.status)


_WORST = (Fate.FAILED, Fate.DELAYED, Fate.ARRIVED, Fate.UNTOLD)


def _of_fields(fields: str) -> Iterator[DeliveryReport]:
    """One for each block that tells of a recipient (RFC 3464 §2.3)."""
    for block in _BLOCK.split(fields.replace("\r\n", "\n")):
        told = {name.lower(): value for name, value in _FIELD.findall(block)}
        if "action" in told or "status" in told:
            yield _of_block(told)


def _of_block(told: dict[str, str]) -> DeliveryReport:
    status, diagnosis = _status(told.get("status", "")), told.get("diagnostic-code", "")
    better = _status(diagnosis)
    if better and (not status or (status.endswith(".0.0") and better[0] == status[0])):
        status = better
    action = told.get("action", "").strip().lower()
    fate = next((fate for word, fate in _ACTIONS.items() if action.startswith(word)), None)
    if fate is Fate.FAILED and status[:1] in {"", "5"} and (not status or status.endswith(".0.0")):
        status = "5.1.1" if _NOBODY.search(diagnosis) else status
    return DeliveryReport(fate or _BY_CLASS.get(status[:1], Fate.UNTOLD), status)


_ACTIONS = {
    "failed": Fate.FAILED,
    "failure": Fate.FAILED,
    "delayed": Fate.DELAYED,
    "delivered": Fate.ARRIVED,
    "relayed": Fate.ARRIVED,
    "expanded": Fate.ARRIVED,
}
_BY_CLASS = {"5": Fate.FAILED, "4": Fate.DELAYED, "2": Fate.ARRIVED}


def _of_words(text: str) -> DeliveryReport:
    """A bounce written for people: its code, else the little that its sentences say."""
    status = _status(text)
    if not status and (reply := _REPLY.search(text)):
        status = f"{reply[1]}.0.0"
    goes_on = bool(_GOES_ON.search(text))
    failed = not status and not goes_on and _FAILED.search(text)
    if status.startswith("5") or failed or _NOBODY.search(text):
        generic = not status or status.endswith(".0.0")
        return DeliveryReport(Fate.FAILED, "5.1.1" if generic and _NOBODY.search(text) else status)
    if goes_on or _DELAYED.search(text):
        return DeliveryReport(Fate.DELAYED, status)
    if _FAILED.search(text):
        return DeliveryReport(Fate.FAILED, status)
    return DeliveryReport(_BY_CLASS.get(status[:1], Fate.UNTOLD), status)


def _status(text: str) -> str:
    """The first that is a failure, else the first."""
    found = list[str](_STATUS.findall(text))
    return next((code for code in found if code.startswith("5")), found[0] if found else "")
