"""What a person should answer is forwarded to the organizer, once, with the mail itself attached.

No loop can come of it: a forward says Auto-Submitted, as whatever answers it does, and what says so is never
forwarded; an organizer's own mail is not sent back; and one sender, or all strangers together, fill no inbox.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from worker.domain.address import normalise
from worker.domain.campaign import Status
from worker.domain.edition import Edition
from worker.domain.errors import InvalidAddress
from worker.domain.facts import Facts
from worker.domain.forwarded import Forwarded
from worker.domain.inbound import Aside, Why
from worker.domain.ledger import Policy
from worker.domain.lifecycle import FINAL
from worker.domain.message import MessageKey
from worker.domain.notice import HOUSE
from worker.domain.plan import Plan, Wanted
from worker.domain.reason import Reason
from worker.domain.sequence import Doubt, Lane
from worker.mail.original import read_original
from worker.ports import Store
from worker.services.invitations import inviting_to
from worker.services.tools import Tools, as_guest

STEP = "forward"

#: What somebody should answer; the rest is listed, and told as a number.
_ANSWERABLE = frozenset({Why.WORDS, Why.COUNTER, Why.DELEGATED, Why.FORWARDED, Why.ASKS_AGAIN})

#: Octets of a mail that are kept and attached; a longer one stays in its folder, and only its words are shown.
_LONGEST = 1024 * 1024

#: Forwards a day of one sender, and of all whom no list knows.
_MOST_OF_ONE, _MOST_OF_STRANGERS, _DAY = 5, 20, timedelta(days=1)


def numbered(tools: Tools, aside: Aside, raw: bytes) -> Aside:
    """The same with the number of its forward, the mail kept for it; without one where it is only listed."""
    edition = concerned(tools.store, aside.meeting)
    if aside.why not in _ANSWERABLE or edition is None or _is_too_much(tools, aside, edition, raw):
        return aside
    kept = raw if len(raw) <= _LONGEST else b""
    return replace(aside, number=tools.store.keep_original(aside.mail, kept))


def forward(tools: Tools, aside: Aside) -> None:
    """Plan its forward, on the urgent lane; planned again it stays one mail."""
    edition = concerned(tools.store, aside.meeting)
    if not aside.number or edition is None:
        return
    host = as_guest(tools, edition.host).person.id
    key = MessageKey(HOUSE, f"{STEP}-{aside.number}", host)
    plan = Plan(HOUSE, (Wanted(key, due=tools.store.now()),))
    tools.store.plan(plan, {STEP: Policy(Lane.URGENT, Doubt.AGAIN)}, reason=Reason.PLANNED)
    tools.store.steer(replace(tools.store.campaign(HOUSE), status=Status.ARMED))


def concerned(store: Store, meeting: str) -> Edition | None:
    """The edition whose organizers should know; without one, the first at work; None where nobody is at work."""
    invited = inviting_to(store, meeting) if meeting else None
    if invited:
        return invited.edition
    first = next((name for name in store.editions_at_work() if name != HOUSE), None)
    return store.edition(first) if first else None


def _is_too_much(tools: Tools, aside: Aside, edition: Edition, raw: bytes) -> bool:
    """An organizer's own mail, and a sender (or strangers) of whom the organizer got enough today."""
    now, writer = tools.store.now(), _normal(read_original(raw).writer)
    if writer in {_normal(organizer.address) for organizer in edition.organizers}:
        return True
    recent = [
        a for a in tools.store.kept_aside() if a.number and a.received > now - _DAY and a.mail != aside.mail
    ]
    of_one = sum(other.sender == aside.sender for other in recent)
    of_strangers = sum(not other.person for other in recent)
    return of_one >= _MOST_OF_ONE or (not aside.person and of_strangers >= _MOST_OF_STRANGERS)


def _normal(address: str) -> str:
    try:
        return normalise(address)
    except InvalidAddress:
        return ""


def of_forward(tools: Tools, key: MessageKey) -> Facts | Reason:
    """What a forward speaks of; nothing once somebody has looked at the mail before it left."""
    number = int(key.step.rpartition("-")[2])
    aside = next((one for one in tools.store.kept_aside() if one.number == number), None)
    original, edition = tools.store.original(number), concerned(tools.store, aside.meeting) if aside else None
    if aside is None or original is None or edition is None:
        return Reason.BY_HAND
    told = read_original(original.raw)
    letter = Forwarded(
        mail=aside.mail,
        why=aside.why,
        sender=aside.sender,
        subject=aside.subject,
        words=told.words,
        writer=told.writer,
        content=original.raw,
    )
    return Facts(edition, as_guest(tools, edition.host), forwarded=letter)


def forget_forwarded(tools: Tools) -> None:
    """Drop the mails whose forward has left, or never will."""
    numbers = tools.store.originals()
    if numbers:
        ended = {r.key.step for r in tools.store.records(HOUSE) if r.state in FINAL}
        for number in numbers:
            if f"{STEP}-{number}" in ended:
                tools.store.drop_original(number)
