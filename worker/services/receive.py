"""Empty the mailbox: each mail is recorded before it is moved, so what is lost on the way is read once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from worker.domain.errors import Unreachable
from worker.domain.notice import HOUSE, NoticeKind
from worker.domain.summaries import summary_day, summary_name
from worker.ports.mailroom import Folder, Mailbox
from worker.services.answering import take_in
from worker.services.campaign import follow
from worker.services.forwarding import concerned
from worker.services.notify import notify
from worker.services.setting import known_edition
from worker.services.tools import Tools

#: Mails that one call reads; the next call goes on.
MOST = 500


def receive(tools: Tools) -> Mapping[Folder, int]:
    """Read what waits, file it, re-plan where an answer changes the plan; gives how many mails went where.

    Without a mailbox there is nothing to read. A mailbox that cannot be reached is told to ops, and raised.
    """
    if tools.mailbox is None:
        return {}
    try:
        filed, answered, replan = _empty(tools, tools.mailbox)
    except Unreachable as error:
        notify(tools, HOUSE, NoticeKind.MAILBOX, {"because": str(error)})
        raise
    _close(tools, NoticeKind.MAILBOX)
    for edition in sorted(answered | replan):
        if edition in replan or _changes_the_plan(tools, edition):
            follow(tools, edition)
    tell_what_waits(tools)
    return filed


def _empty(tools: Tools, mailbox: Mailbox) -> tuple[Counter[Folder], set[str], set[str]]:
    filed, answered, replan = Counter[Folder](), set[str](), set[str]()
    with mailbox.open() as tray:
        for mail in tray.waiting(MOST):
            taken = take_in(tools, mail.raw)
            answered |= taken.answered
            replan |= taken.replan
            if taken.folder is not None:
                tray.file(mail.name, taken.folder)
                filed[taken.folder] += 1
    return filed, answered, replan


def _changes_the_plan(tools: Tools, edition_id: str) -> bool:
    """Whether a step looks at answers, or the summary of this day is not planned yet."""
    edition = known_edition(tools.store, edition_id)
    summary = summary_name(summary_day(tools.store.now(), edition.meeting.zone))
    planned = any(step == summary for step, _ in tools.store.counts(edition_id))
    return not planned or any(step.unless for step in tools.sequence(edition.sequence).steps)


def tell_what_waits(tools: Tools) -> None:
    """A notice for each edition with mails that wait and are only listed; closed once somebody has looked at them."""
    listed = (aside for aside in tools.store.kept_aside() if not aside.number)
    waiting = Counter(_concerned(tools, aside.meeting) for aside in listed)
    for edition, number in waiting.items():
        notify(tools, edition, NoticeKind.KEPT_ASIDE, {"messages": str(number)})
    _close(tools, NoticeKind.KEPT_ASIDE, but=waiting)


def _concerned(tools: Tools, meeting: str) -> str:
    edition = concerned(tools.store, meeting)
    return edition.id if edition else HOUSE


def _close(tools: Tools, kind: NoticeKind, *, but: Iterable[str] = ()) -> None:
    for notice in tools.store.open_notices():
        if notice.kind is kind and notice.edition not in set(but):
            tools.store.close_notice(notice.edition, kind)
