"""What every mailbox promises: in memory, on a Maildir, and on a real Dovecot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.dovecot import PASSWORD, USER, Dovecot, program
from worker.adapters.imap_mailbox import ImapMailbox
from worker.adapters.inbox_maildir import Maildir
from worker.adapters.mailbox_address import MailboxAddress
from worker.adapters.maildir_mailbox import MaildirMailbox
from worker.adapters.memory_mailbox import MemoryMailbox
from worker.adapters.relay_address import Tls
from worker.domain.errors import Unreachable
from worker.ports.mailroom import Folder, Mailbox

ONE, TWO, THREE = (
    f"Subject: {name}\r\n\r\nOui, je viens à {name}.\r\n".encode() for name in ("un", "deux", "trois")
)

without_dovecot = pytest.mark.skipif(program() is None, reason="dovecot is not installed: make tools")


@dataclass
class Place:
    """A mailbox, how a mail gets into it, and what its folders hold."""

    mailbox: Mailbox
    put: Callable[[bytes], object]
    mails_in: Callable[[Folder], list[bytes]]


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One server for all tests here."""
    server = Dovecot.started()
    yield server
    server.stop()


def in_memory() -> Place:
    mailbox = MemoryMailbox()
    return Place(mailbox, mailbox.put, lambda folder: mailbox.filed[folder])


def on_a_maildir(folder: Path) -> Place:
    def mails_in(name: Folder) -> list[bytes]:
        found = Maildir(folder / f".{name.capitalize()}")
        return [found.read(each) or b"" for each in found.names()]

    return Place(MaildirMailbox(folder), Maildir(folder).keep, mails_in)


def address_of(dovecot: Dovecot, **bent: object) -> MailboxAddress:
    account = MailboxAddress("127.0.0.1", dovecot.port, Tls.NONE, USER, PASSWORD)
    return replace(account, **bent)  # type: ignore[arg-type]


def on(dovecot: Dovecot, test: str) -> Place:
    """The account with an empty inbox, and folders that no other test looks into."""
    dovecot.empty()
    names = {folder: f"{folder.capitalize()}-{test}" for folder in Folder}
    address = address_of(dovecot, done=names[Folder.DONE], aside=names[Folder.ASIDE])
    return Place(ImapMailbox(address), dovecot.put, lambda folder: dovecot.mails_in(names[folder]))


@pytest.fixture(params=["memory", "maildir", pytest.param("imap", marks=without_dovecot)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Every mailbox there is."""
    match request.param:
        case "memory":
            return in_memory()
        case "maildir":
            return on_a_maildir(tmp_path / "answers")
        case _:
            return on(request.getfixturevalue("dovecot"), str(hash(request.node.name)))


def waiting(place: Place, limit: int = 10) -> list[bytes]:
    with place.mailbox.open() as tray:
        return [mail.raw.replace(b"\r\n", b"\n") for mail in tray.waiting(limit)]


def lf(*mails: bytes) -> list[bytes]:
    return [mail.replace(b"\r\n", b"\n") for mail in mails]


def test_what_waits_comes_oldest_first_and_looking_changes_nothing(place: Place) -> None:
    for mail in (ONE, TWO, THREE):
        place.put(mail)

    assert waiting(place) == waiting(place) == lf(ONE, TWO, THREE)
    assert waiting(place, limit=2) == lf(ONE, TWO)


def test_a_filed_mail_waits_no_more_and_is_in_its_folder(place: Place) -> None:
    for mail in (ONE, TWO, THREE):
        place.put(mail)

    with place.mailbox.open() as tray:
        first, second, _ = list(tray.waiting(10))
        tray.file(first.name, Folder.DONE)
        tray.file(second.name, Folder.ASIDE)

    assert waiting(place) == lf(THREE)
    assert lf(*place.mails_in(Folder.DONE)) == lf(ONE)
    assert lf(*place.mails_in(Folder.ASIDE)) == lf(TWO)


def test_a_mail_that_somebody_else_has_moved_is_no_mistake(place: Place) -> None:
    place.put(ONE)

    with place.mailbox.open() as tray:
        [mail] = list(tray.waiting(10))
        tray.file(mail.name, Folder.DONE)
        tray.file(mail.name, Folder.DONE)

    assert lf(*place.mails_in(Folder.DONE)) == lf(ONE)


def test_a_maildir_that_a_reader_has_looked_at_is_read_all_the_same(tmp_path: Path) -> None:
    place, inbox = on_a_maildir(tmp_path), Maildir(tmp_path)
    name = inbox.keep(ONE)
    (tmp_path / "new" / name).rename(tmp_path / "cur" / f"{name}:2,S")

    assert waiting(place) == lf(ONE)


def test_a_maildir_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with (
        pytest.raises(Unreachable, match="cannot be used: Not a directory"),
        MaildirMailbox(tmp_path / "file" / "mail").open(),
    ):
        pass


@without_dovecot
def test_imap_is_read_over_tls_and_only_from_whom_we_trust(dovecot: Dovecot) -> None:
    trusted = address_of(dovecot, host="localhost", ca_file=dovecot.certificate.cert)
    implicit = replace(trusted, port=dovecot.tls_port, tls=Tls.IMPLICIT)
    starttls = replace(trusted, tls=Tls.STARTTLS)

    for address in (implicit, starttls):
        with ImapMailbox(address).open() as tray:
            assert list(tray.waiting(0)) == []
        with (
            pytest.raises(Unreachable, match="certificate verify failed"),
            ImapMailbox(replace(address, ca_file=None)).open(),
        ):
            pass


@without_dovecot
def test_a_server_that_cannot_move_keeps_the_original_out_of_sight(dovecot: Dovecot) -> None:
    place = on(dovecot, "copied")
    place.put(ONE)

    with ImapMailbox(address_of(dovecot, done="Done-copied")).open() as tray:
        tray._mailbox.client.capabilities = ()  # noqa: SLF001 - as an old server would say
        [mail] = list(tray.waiting(10))
        tray.file(mail.name, Folder.DONE)
        tray.file(mail.name, Folder.DONE)

    assert waiting(place) == []
    assert lf(*place.mails_in(Folder.DONE)) == lf(*dovecot.mails_in("INBOX")) == lf(ONE)


@without_dovecot
def test_a_wrong_password_is_told_and_not_repeated(dovecot: Dovecot) -> None:
    with (
        pytest.raises(Unreachable, match="Authentication failed") as refused,
        ImapMailbox(address_of(dovecot, password="wrong-one")).open(),
    ):
        pass

    assert "wrong-one" not in str(refused.value)


def test_a_server_that_is_not_there_is_told() -> None:
    nowhere = MailboxAddress("127.0.0.1", 1, Tls.NONE, USER, PASSWORD)

    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:1 cannot be used"), ImapMailbox(nowhere).open():
        pass
