"""A house that is looked at: its relay, its zone, its certificate."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.name_server import Zone

SECRET = "a secret of the doctor's tests"


KEY = Ed25519PrivateKey.generate()


PUBLIC = base64.b64encode(KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


ZONE: Zone = {
    ("cafe.example.org", "TXT"): ('"v=spf1 include:_spf.relay.example ~all"',),
    ("_spf.relay.example", "TXT"): ('"v=spf1 ip4:192.0.2.0/24 a -all"',),
    ("bounce.cafe.example.org", "TXT"): ('"v=spf1 include:_spf.relay.example ~all"',),
    ("bounce.cafe.example.org", "MX"): ("20 spare.example.", "10 mail.cafe.example.org."),
    ("_dmarc.example.org", "TXT"): ('"v=DMARC1; p=quarantine"',),
    ("spring._domainkey.cafe.example.org", "TXT"): (f'"v=DKIM1; k=ed25519; p={PUBLIC}"',),
    ("127.0.0.1", "A"): ("127.0.0.1",),
}


Findings = dict[str, dict[str, Any]]


Doctor = Callable[..., tuple[int, Findings]]
