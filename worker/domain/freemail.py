"""Domains whose mailboxes are lent to everybody: their DMARC policies refuse what others send in their name."""

from __future__ import annotations

FREEMAIL = frozenset(
    {
        "aol.com", "bbox.fr", "free.fr", "gmail.com", "gmx.com", "gmx.de", "gmx.fr", "googlemail.com", "hotmail.com",
        "hotmail.fr", "icloud.com", "laposte.net", "live.com", "live.fr", "mac.com", "me.com", "msn.com", "neuf.fr",
        "numericable.fr", "orange.fr", "outlook.com", "outlook.fr", "proton.me", "protonmail.com", "sfr.fr",
        "wanadoo.fr", "web.de", "yahoo.com", "yahoo.fr", "ymail.com", "zoho.com",
    }
)  # fmt: skip


def sender_fault(address: str) -> str:
    """Why nobody should write to many people from this address, with the remedy; "" when they may."""
    local, _, domain = address.lower().rpartition("@")
    if domain in FREEMAIL:
        return (
            f"mails from {domain} are only let through when {domain} itself sends them (DMARC): "
            "write from an address under a domain of your own"
        )
    if "".join(filter(str.isalpha, local)) in {"noreply", "donotreply", "nepasrepondre"}:
        return "people answer our mails: give an address that somebody reads"
    return ""
