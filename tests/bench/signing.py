"""`python -m tests.bench.signing`: mails written and signed (DKIM) in a second by one core, for each kind of key."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from tests.bench.composing import STEPS, letter_writer, work_of
from tests.bench.figures import Report
from worker.mail.dkim import Signer, SigningComposer

_AT = datetime(2026, 12, 9, 8, 0, tzinfo=UTC)
_DOMAIN = "cafe.example.org"
_RUNS, _MAILS = 5, 500


def main() -> None:
    """Each kind of mail with each kind of key, and with both at once as while keys change."""
    report, rsa, ed25519 = Report(), _rsa(), Signer(_DOMAIN, "e1", Ed25519PrivateKey.generate())
    for step in STEPS:
        report.tell(f"signed_per_s.{step}", signed_per_second(_RUNS, step, rsa), goal="goal ≥ 1000")
        report.tell(f"signed_per_s.{step}.ed25519", signed_per_second(_RUNS, step, ed25519))
        report.tell(f"signed_per_s.{step}.both", signed_per_second(_RUNS, step, rsa, ed25519))


def signed_per_second(runs: int, step: str = "invitation", *signers: Signer) -> list[float]:
    """Mails of a step that one core composes and signs, with RSA of 2,048 bits where no key is given."""
    letters = SigningComposer(letter_writer(), signers or (_rsa(),))
    work = work_of(step, _MAILS)
    found = []
    for _ in range(runs):
        began = time.process_time()
        for key, facts in work:
            letters.compose(key, facts, _AT)
        found.append(len(work) / (time.process_time() - began))
    return found


def _rsa() -> Signer:
    return Signer(_DOMAIN, "r1", generate_private_key(65537, 2048))


if __name__ == "__main__":
    main()
