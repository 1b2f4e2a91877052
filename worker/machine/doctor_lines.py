"""What is at the other end of our lines: the relay, the mailbox for answers, our own pages."""

from __future__ import annotations

from collections.abc import Iterator

from worker import bootstrap
from worker.adapters.mailboxes import mailbox_at
from worker.adapters.page_probe import PageProbe
from worker.adapters.relay_address import Tls
from worker.adapters.relay_probe import RelayTold, look_at_relay
from worker.bootstrap import values
from worker.config import Settings
from worker.domain.diagnosis import Diagnosis, good, warning, wrong
from worker.domain.errors import Unreachable
from worker.domain.message import MessageKey
from worker.domain.reply import Phase, Reply
from worker.mail.tokens import WayOut, return_path, way_out_token

#: Nobody: a stop in this name is answered as anybody's, and stops nothing.
_NOBODY = WayOut("apres-doctor", "invitations", "nobody")
#: RFC 5321 §4.5.3.1.1.
_LONGEST_LOCAL_PART = 64
#: A letter with its calendar and a long frame, in octets.
_LETTER = 200_000
_BY_PHASE = {Phase.CONNECT: "relay.connect", Phase.AUTH: "relay.authentication"}


def examine_relay(known: Settings) -> Iterator[Diagnosis]:
    """Connected, greeted, encrypted, logged in."""
    where = f"{known.relay_host}, port {known.relay_port}"
    told = look_at_relay(values.relay_address(known))
    if isinstance(told, Reply):
        says = f"{told.code or ''} {told.text}".strip()
        finding = "relay.no_inbox" if _is_own_inbox(known) else _BY_PHASE.get(told.phase, "relay.connect")
        yield wrong(finding, where=where, says=says)
        return
    yield good("relay.lets_us_in", where=where)
    yield from _encrypted(known, told)
    if known.relay_username:
        yield good("relay.logged_in")
    if 0 < told.size_limit < _LETTER:
        yield warning("relay.small", size=str(told.size_limit))
    if "PIPELINING" not in told.extensions:
        yield warning("relay.slow")


def _is_own_inbox(known: Settings) -> bool:
    return known.relay_is_local and known.relay_port == known.inbox_smtp_port


def _encrypted(known: Settings, told: RelayTold) -> Iterator[Diagnosis]:
    if not told.tls:
        yield (good if known.relay_is_local else wrong)("relay.in_clear")
    elif known.relay_tls is Tls.OPPORTUNISTIC and not known.relay_username:
        yield warning("relay.unchecked", version=told.tls)
    else:
        yield good("relay.encrypted", version=told.tls)


def examine_return_address(known: Settings) -> Iterator[Diagnosis]:
    """Where bounces go: it fits into a command, and somebody reads there."""
    identity = bootstrap.identity()
    local = return_path(MessageKey("cafe-1000", "invitation", "k7f3k7f3k7"), identity.secrets)
    address = f"{local}@{identity.bounce_domain}"
    if len(local) > _LONGEST_LOCAL_PART:
        yield wrong("return.long", address=address)
    elif mailbox_at(known.mailbox_maildir, known.mailbox_address) is None:
        yield warning("return.unread", address=address)
    else:
        yield good("return.made", address=address)


def examine_mailbox(known: Settings) -> Iterator[Diagnosis]:
    """It opens, and its folders are there."""
    mailbox = mailbox_at(known.mailbox_maildir, known.mailbox_address)
    if mailbox is None:
        yield warning("mailbox.none")
        return
    where = str(known.mailbox_maildir or f"{known.mailbox_host}, port {known.mailbox_port}")
    try:
        with mailbox.open() as tray:
            next(iter(tray.waiting(1)), None)
    except Unreachable as error:
        yield wrong("mailbox.closed", where=where, says=str(error))
        return
    yield good("mailbox.opens", where=where)
    if not known.rsvp_address:
        yield warning("mailbox.no_address")


def examine_pages(known: Settings) -> Iterator[Diagnosis]:
    """Reached under the address in our mails; one click works, and a forged link tells nothing."""
    if not known.page_url:
        yield warning("pages.none")
        return
    if not known.page_url.startswith("https://"):
        yield wrong("pages.in_clear", url=known.page_url)
    probe, secrets = PageProbe(known.page_url), bootstrap.identity().secrets
    path = f"/stop/{way_out_token(_NOBODY, secrets)}"
    try:
        if probe.look("/healthz").status != 200:
            yield wrong("pages.others", url=known.page_url)
            return
        clicked, forged = probe.one_click(path), probe.look(f"{path[:-4]}aaaa")
    except Unreachable as error:
        yield wrong("pages.unreachable", url=known.page_url, says=str(error))
        return
    yield good("pages.reached", url=known.page_url)
    if clicked.status != 200 or clicked.sets_cookie:
        yield wrong("pages.no_click", status=str(clicked.status))
    elif forged.status != 404:
        yield wrong("pages.forged", status=str(forged.status))
    else:
        yield good("pages.one_click", url=f"{known.page_url.rstrip('/')}/stop/…")
