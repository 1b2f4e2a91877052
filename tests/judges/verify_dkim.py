"""dkimpy's opinion of the mails on standard input, one JSON line each. Run by Debian's python3, whose package has it.

{"mail": base64, "keys": {"selector._domainkey.domain.": record}} -> {"signatures": [true, false, …]}
"""

from __future__ import annotations

import base64
import json
import sys

import dkim


def opinion(mail: bytes, keys: dict[str, str]) -> list[bool]:
    """One verdict for each DKIM-Signature, from the top."""

    def dns(name: bytes | str, timeout: int = 5) -> bytes:
        return keys[name if isinstance(name, str) else name.decode()].encode()

    number = mail.partition(b"\r\n\r\n")[0].lower().count(b"dkim-signature:")
    return [_verified(mail, place, dns) for place in range(number)]


def _verified(mail: bytes, place: int, dns: object) -> bool:
    try:
        return bool(dkim.DKIM(mail).verify(idx=place, dnsfunc=dns))
    except dkim.DKIMException:
        return False


for line in sys.stdin:
    asked = json.loads(line)
    said = {"signatures": opinion(base64.b64decode(asked["mail"]), asked["keys"])}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
