"""`make faults SEED=1 COUNT=500`: the promise of docs/reliability.md, kept or broken, on this machine.

FAULTS_JSON names a file for the figures. The exit code is 1 when anything was violated.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tests.faults.run import Tally, run


def main() -> int:
    """One run as the environment says; gives the exit code."""
    seed, count = int(os.environ.get("SEED") or 1), int(os.environ.get("COUNT") or 50)
    print(f"seed {seed}: {count} faults", flush=True)
    told: list[str] = []
    tally = run(seed, count, lambda so_far, wanted: _tell(so_far, wanted, told))
    _keep(tally)
    _show(tally)
    return 1 if tally.violations else 0


def _keep(tally: Tally) -> None:
    if file := os.environ.get("FAULTS_JSON"):
        Path(file).write_text(json.dumps(tally.as_data(), indent=2) + "\n", "utf-8")


def _tell(tally: Tally, count: int, told: list[str]) -> None:
    done, sent, doubts = tally.faults.total(), tally.sent, tally.in_doubt
    print(
        f"  {done:>4}/{count} faults · {tally.messages} messages · {sent} sent · {doubts} in doubt · "
        f"{len(tally.violations)} violations · {tally.seconds:.0f} s",
        flush=True,
    )
    for sentence in tally.violations[len(told) :]:
        print(f"       violated: {sentence}", flush=True)
    told[:] = tally.violations
    _keep(tally)  # whoever stops the run has the figures so far


def _show(tally: Tally) -> None:
    for name, times in sorted(tally.faults.items()):
        print(f"  {name.replace('_', ' '):<26} {times:>4}")
    print(f"lost {tally.lost}, doubled {tally.doubled}, in doubt {tally.in_doubt} of {tally.messages}")


if __name__ == "__main__":
    sys.exit(main())
