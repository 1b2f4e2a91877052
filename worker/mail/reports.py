"""What mail servers report (RFC 3462): bounces, delays, receipts, complaints."""

from __future__ import annotations

import re

from worker.domain.inbound import Bounced, Decision, ForAPerson, NotForUs, Nothing, Why
from worker.domain.message import MessageKey
from worker.mail.automatic import is_automatic
from worker.mail.delivery_report import DeliveryReport, Fate, delivery_report, is_from_a_daemon
from worker.mail.received_mail import ReceivedMail
from worker.mail.recognition import Recognition

_RETURN_PATH = re.compile(rb"b-[a-z0-9.-]{1,62}@", re.IGNORECASE)


def reported(mail: ReceivedMail, raw: bytes, known: Recognition) -> Decision | None:
    """What a mail server says; None for what comes from somebody else."""
    about = _bounced_message(mail, raw, known)
    person = about.person if about else ""
    if mail.report == "feedback-report":
        return ForAPerson(Why.COMPLAINT, person=person)
    if mail.report == "disposition-notification":
        return NotForUs(Nothing.RECEIPT)
    report = delivery_report(mail)
    if not is_from_a_daemon(mail) and not _is_from_nobody(mail, report):
        return None
    if report.fate is Fate.FAILED and about:
        return Bounced(about, report.status)
    return _HARMLESS.get(report.fate) or ForAPerson(Why.BOUNCE, person=person)


_HARMLESS = {Fate.DELAYED: NotForUs(Nothing.DELAYED), Fate.ARRIVED: NotForUs(Nothing.RECEIPT)}


def _is_from_nobody(mail: ReceivedMail, report: DeliveryReport) -> bool:
    """An empty return path and words of a failure; answers of programs have the first of these too."""
    nobody = "<>" in mail.header("return-path") and not mail.calendars
    return nobody and report.fate is not Fate.UNTOLD and not is_automatic(mail)


def _bounced_message(mail: ReceivedMail, raw: bytes, known: Recognition) -> MessageKey | None:
    """By the signed return path that the report came to, or that it quotes."""
    quoted = (found.decode("ascii") for found in _RETURN_PATH.findall(raw))
    addresses = (*mail.recipients, *quoted)
    return next((key for address in addresses if (key := known.of_return_path(address))), None)
