"""`python -m worker.probe PART`: ask `/readyz` of a part on this machine; 0 or 1. Imports nothing slow, no Celery."""

from __future__ import annotations

import os
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

#: Real seconds for an answer: `/readyz` waits two for each of two servers.
PATIENCE = 8.0

#: Of each part, the settings that say where it answers, and what they are when nobody says (see `config`).
DOORS = {
    "worker": (("APRES_PROBE_HOST", "127.0.0.1"), ("APRES_WORKER_PROBE_PORT", "8028")),
    "beat": (("APRES_PROBE_HOST", "127.0.0.1"), ("APRES_BEAT_PROBE_PORT", "8029")),
    "web": (("APRES_WEB_HOST", "127.0.0.1"), ("APRES_WEB_PORT", "8027")),
}

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}  # noqa: S104 - compared, not bound


def address(part: str) -> str:
    """Where a part of this machine answers, as the environment says."""
    host, port = (os.environ.get(name) or usual for name, usual in DOORS[part])
    return f"http://{_EVERYWHERE.get(host, host)}:{port}/readyz"


def ask(url: str) -> int:
    """0 when the answer is yes, else 1; says what it heard."""
    try:
        with urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - http, as written above
            sys.stdout.write(answer.read().decode())
    except HTTPError as refused:
        sys.stdout.write(refused.read().decode())
        return 1
    except OSError as error:
        sys.stdout.write(f"{url}: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in DOORS:
        sys.exit(f"which part? write one of: {', '.join(DOORS)}")
    sys.exit(ask(address(sys.argv[1])))
