"""A real Dovecot of the test's own: one account, IMAP with and without TLS, mails in a Maildir."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from imap_tools import BaseMailBox, MailBoxUnencrypted

from tests.relay_script import Certificate
from tests.until import until

USER, PASSWORD = "rsvp", "très-secret"

_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
mail_location = maildir:{folder}/mail
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login
{users}
first_valid_uid = 1
first_valid_gid = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def program() -> str | None:
    """Debian's package dovecot-imapd puts it where a user's PATH may not look."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")


@dataclass
class Dovecot:
    """A running server."""

    folder: Path
    port: int
    tls_port: int
    certificate: Certificate
    process: subprocess.Popen[bytes]

    @classmethod
    def started(cls) -> Dovecot:
        """Start it, as whoever runs the test, and wait until it listens."""
        found = program()
        assert found, "dovecot is not installed: make tools"
        folder = Path(tempfile.mkdtemp(prefix="apres-dovecot-"))
        port, tls_port, certificate = _free_port(), _free_port(), Certificate.made_in(folder)
        config = folder / "dovecot.conf"
        config.write_text(_config(folder, port, tls_port, certificate))
        process = subprocess.Popen(
            [found, "-F", "-c", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        running = cls(folder, port, tls_port, certificate, process)
        running._await()
        return running

    def put(self, raw: bytes, folder: str = "INBOX") -> None:
        """A mail arrives."""
        with self._line() as line:
            line.append(raw, folder)

    def mails_in(self, folder: str) -> list[bytes]:
        """The mails of a folder, the oldest first; none where there is no such folder."""
        with self._line() as line:
            if not line.folder.exists(folder):
                return []
            line.folder.set(folder, readonly=True)
            return [mail.obj.as_bytes() for mail in line.fetch(mark_seen=False)]

    def empty(self) -> None:
        """Everything in the inbox goes."""
        with self._line() as line:
            line.delete(line.uids())

    def _line(self) -> BaseMailBox:
        return MailBoxUnencrypted("127.0.0.1", self.port, timeout=20).login_utf8(USER, PASSWORD)

    def stop(self) -> None:
        """End it and its children."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder)

    def _await(self) -> None:
        assert until(self._answers, 20), (self.folder / "dovecot.log").read_text()

    def _answers(self) -> bool:
        assert self.process.poll() is None, (self.folder / "dovecot.log").read_text()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        return False


def _config(folder: Path, port: int, tls_port: int, certificate: Certificate) -> str:
    """Mails never belong to root, and its login processes refuse to be root: then they are the package's users."""
    account = pwd.getpwuid(os.getuid() or pwd.getpwnam("nobody").pw_uid)
    group = grp.getgrgid(account.pw_gid).gr_name
    own = f"default_login_user = {account.pw_name}\ndefault_internal_user = {account.pw_name}"
    mails = folder / "mail"
    mails.mkdir()
    folder.chmod(0o755)
    os.chown(mails, account.pw_uid, account.pw_gid)
    return _CONFIG.format(
        folder=folder,
        password=PASSWORD,
        port=port,
        tls_port=tls_port,
        cert=certificate.cert,
        key=certificate.key,
        users=f"{own}\ndefault_internal_group = {group}" if os.getuid() else "",
        uid=account.pw_uid,
        gid=account.pw_gid,
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port
