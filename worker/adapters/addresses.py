"""Addresses as people type them: cleaned, and judged without asking the network."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email

from worker.domain.address import Judged

#: `Zoé Lefèvre <zoe@example.org>` as people paste it: RFC 5322 §3.4 wants quotes or an encoded word around the accents,
#: and email-validator 2.4.0 refuses it without.
_IN_ANGLES = re.compile(r"[^<>]*<([^<>]+)>")


def judge_address(text: str) -> Judged:
    """The address without display name and odd spaces, or what is wrong with it in a few words.

    Accents before the @ stay; whether a relay takes them (SMTPUTF8) is known when one is reached.
    """
    try:
        found = validate_email(_bare(text), check_deliverability=False)
    except EmailNotValidError as error:
        return Judged("", str(error).rstrip("."))
    return Judged(f"{found.local_part}@{found.ascii_domain}", "")


def _bare(text: str) -> str:
    for odd in ("\u00a0", "\u202f", "\u200b", "\ufeff", "\t"):
        text = text.replace(odd, " ")
    text = text.strip().strip(";,")
    named = _IN_ANGLES.fullmatch(text)
    return (named[1] if named else text).strip().removeprefix("mailto:")
