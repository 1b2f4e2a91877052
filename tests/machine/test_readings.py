"""One reading of the mailbox at a time, and none that a lost process holds up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.office import office
from worker import bootstrap
from worker.bootstrap.readings import read_mailbox
from worker.config import Settings

_READER = """
import sys, time
from pathlib import Path
from worker.adapters.one_at_a_time import first
with first(Path(sys.argv[1])) as free:
    print(free, flush=True)
    sys.stdin.read()
"""


def test_a_second_reading_goes_home_and_a_lost_one_holds_nothing_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "settings", lambda: Settings(data=tmp_path))
    monkeypatch.setattr(bootstrap, "tools", office)
    assert read_mailbox() == {}

    lock = tmp_path / "run" / "receive.lock"
    command = [sys.executable, "-c", _READER, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as slow:
        assert slow.stdout is not None
        assert slow.stdout.readline() == b"True\n"
        assert read_mailbox() is None
        os.kill(slow.pid, signal.SIGKILL)

    assert read_mailbox() == {}
