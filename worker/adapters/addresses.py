"""Addresses as people type them: cleaned, and judged without asking the network."""

from __future__ import annotations

from email_validator import EmailNotValidError, EmailSyntaxError, validate_email

from worker.domain.address import Judged


def judge_address(text: str) -> Judged:
    """The address without display name and odd spaces, or what is wrong with it in a few words.

    An address that needs SMTPUTF8 (letters with accents before the @) is refused here, not at sending: most relays
    do not take it.
    """
    try:
        found = validate_email(_without_odd_spaces(text), check_deliverability=False, allow_display_name=True)
    except EmailSyntaxError as error:
        return Judged("", str(error).rstrip("."))
    except EmailNotValidError as error:
        return Judged("", str(error).rstrip("."))
    if found.ascii_email is None:
        return Judged("", "has accents before the @, which most mail servers refuse")
    return Judged(f"{found.local_part}@{found.ascii_domain}", "")


def _without_odd_spaces(text: str) -> str:
    for odd in ("\u00a0", "\u202f", "\u200b", "\ufeff", "\t"):
        text = text.replace(odd, " ")
    return text.strip().strip(";,").removeprefix("mailto:")
