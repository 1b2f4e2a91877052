"""What lies beside the ledger and may name people: previews, the local inbox, ledgers set aside, the server's files."""

from __future__ import annotations

import email
import email.policy
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Event
from typing import Any

from redis import Redis
from redis.exceptions import ResponseError

from worker.adapters.absence import without
from worker.adapters.backup import rewrite_backup
from worker.domain.erasure import Forgotten

#: Looks at a server that is writing its files anew, and real seconds between two.
_LOOKS, _GLANCE = 600, 0.05


class DataFolder:
    """`ports.Copies` in one data folder, and in the files of the ledger's server."""

    def __init__(self, data: Path, client: Callable[[], Redis]) -> None:
        """`client` is asked when the server's files are to be written anew."""
        self._data, self._client = data, client

    def forget_person(self, gone: Forgotten) -> None:
        """Previews are thrown away as a whole, they can be made again; of mails and drafts those about them."""
        for folder in self._data.glob("previews/*"):
            if any(_tells(file, gone) for file in folder.rglob("*") if file.is_file()):
                shutil.rmtree(folder, ignore_errors=True)
        # Drafts that are being written, and every Maildir: the local inbox, and a mailbox for answers kept here.
        for place in ("drafts/*", "**/new/*", "**/cur/*", "**/tmp/*"):
            for file in self._data.glob(place):
                if file.is_file() and _tells(file, gone):
                    file.unlink(missing_ok=True)
        for backup in self._data.glob("backups/*.backup"):
            rewrite_backup(backup, lambda record: _left(record, gone))
        write_anew(self._client())

    def drop_older(self, age: timedelta) -> None:
        """By when a file was last written."""
        latest = time.time() - age.total_seconds()
        for place in ("previews/*/*", "drafts/*", "inbox/*/*", "logs/*"):
            for file in self._data.glob(place):
                if file.is_file() and file.stat().st_mtime < latest:
                    file.unlink(missing_ok=True)


def _left(record: dict[str, Any], gone: Forgotten) -> Any:
    return without(record["key"], record["type"], record["value"], gone)


def _tells(file: Path, gone: Forgotten) -> bool:
    """Whether a mail or a page is of this person or about them; what cannot be read is taken to be."""
    if gone.person in file.name:
        return True
    try:
        raw = file.read_bytes()
        return gone.is_told_in(raw.decode("utf-8", "replace")) or gone.is_told_in("\n".join(_words(raw)))
    except (LookupError, ValueError, KeyError):
        return True


def _words(raw: bytes) -> Iterator[str]:
    """Headers and text parts of a mail as people read them."""
    mail = email.message_from_bytes(raw, EmailMessage, policy=email.policy.default)
    for part in mail.walk():
        yield from map(str, part.values())
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            yield content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def write_anew(client: Any) -> None:
    """Let the server write its append-only file anew, so that what was taken out is nowhere on its disk.

    One that is just doing so may have begun before: it is asked again afterwards. A server that does not let us ask
    does so by itself as its file grows.
    """
    glance = Event()
    try:
        for _ in range(_LOOKS):
            if not _is_writing(client):
                break
            glance.wait(_GLANCE)
        client.bgrewriteaof()
        for _ in range(_LOOKS):
            if not _is_writing(client):
                break
            glance.wait(_GLANCE)
    except ResponseError:
        return


def _is_writing(client: Any) -> bool:
    found = client.info("persistence")
    return bool(found.get("aof_rewrite_in_progress") or found.get("aof_rewrite_scheduled"))
