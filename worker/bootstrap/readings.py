"""One reading of the mailbox at a time: a slow one must not gather others, one in each process, until none sends."""

from __future__ import annotations

from collections.abc import Mapping

from worker import bootstrap
from worker.adapters.one_at_a_time import first
from worker.ports.mailroom import Folder
from worker.services.receive import receive


def read_mailbox() -> Mapping[Folder, int] | None:
    """Read what waits; None, at once, while another process of this machine does. A lost one leaves no lock."""
    with first(bootstrap.settings().data / "run" / "receive.lock") as free:
        return receive(bootstrap.tools()) if free else None
