"""What a rehearsal tells, in sentences: the import, the plan, the audit, where to look."""

from __future__ import annotations

from collections import Counter

from rich.markup import escape

from worker.cli.rsvp import tally_words
from worker.cli.speech import counted, language, say
from worker.demo.audit import Audit
from worker.demo.play import Play
from worker.demo.screen import Screen, step_words
from worker.demo.stage import Stage
from worker.domain.answer import Partstat
from worker.domain.edition import Edition
from worker.domain.guest_rows import Outcome
from worker.domain.message import MessageKey
from worker.domain.plan import Plan
from worker.domain.reason import Reason
from worker.mail.dates import date_words
from worker.services.answer_sheet import Sheet
from worker.services.import_guests import ImportReport
from worker.services.wording import reason_words


def tell_import(screen: Screen, edition: Edition, report: ImportReport) -> None:
    """The edition, and every row of its list accounted for."""
    counts, meeting = report.counts(), edition.meeting
    when = date_words(meeting.start.date(), language())
    screen.tick(escape(f"{edition.series.name} n° {meeting.number} · {when} · {meeting.venue.name}"))
    fates = (
        counted(len(report.rows), "ligne", "row"),
        say(f"{counts[Outcome.KEPT]} gardées", f"{counts[Outcome.KEPT]} kept"),
        say(f"{counts[Outcome.MERGED]} doublon fusionné", f"{counts[Outcome.MERGED]} duplicate merged"),
        say(f"{counts[Outcome.TO_FIX]} à corriger", f"{counts[Outcome.TO_FIX]} to put right"),
        say(
            f"{counts[Outcome.OPTED_OUT]} refus respecté",
            f"{counts[Outcome.OPTED_OUT]} opted out, respected",
        ),
    )
    screen.tick(escape(f"{report.file} : " + " · ".join(fates)))


def tell_plan(screen: Screen, plan: Plan) -> None:
    """How many mails each step will send, and that it is armed."""
    steps = " · ".join(f"{step_words(step).lower()} {number}" for step, number in plan.counts().items())
    screen.tick(say(f"Plan lu et armé : {steps}", f"Plan read and armed: {steps}"))


def tell_kill(screen: Screen, play: Play) -> None:
    """When the worker was killed, and how each doubt that this left was ended by looking into the inbox."""
    if play.killed_after is None:
        return
    after = counted(play.killed_after, "mail", "mail")
    killed = say(
        f"Worker tué (SIGKILL) après {after}, relancé", f"Worker killed (SIGKILL) after {after}, restarted"
    )
    screen.tick(killed)
    settled = say(", d’après la boîte de réception", ", settled by looking into the inbox")
    screen.tick(counted(len(play.doubts), "doute", "doubt") + settled)
    for key, arrived in play.doubts.items():
        found = (
            say("y est : envoyé", "is there: sent")
            if arrived
            else say("n’y est pas : renvoyé", "is not there: sent again")
        )
        screen.line(f"   {key} {found}")


def tell_answers(screen: Screen, play: Play, sheet: Sheet) -> None:
    """Who answered in their calendar, and where that brings the organizers."""
    words = {Partstat.ACCEPTED: say("oui", "yes"), Partstat.DECLINED: say("non", "no")}
    said = ", ".join(f"{reply.name} ({words[reply.said]})" for reply in play.replies)
    screen.tick(escape(say(f"Répondu dans leur agenda : {said}", f"Answered in their calendars: {said}")))
    number, tally = sheet.invitation.meeting.number, tally_words(sheet.tally)
    screen.line(
        escape(say(f"   réponses pour le n° {number} : {tally}", f"   answers for no. {number}: {tally}"))
    )


def tell_introduction(screen: Screen, play: Play) -> None:
    """One introduction from the question to the names, as its two people lived it."""
    if play.introduced:
        both = escape(say(" et ", " and ").join(play.introduced))
        screen.tick(
            say(
                f"Une mise en relation demandée, acceptée des deux côtés, faite : {both}",
                f"An introduction asked, accepted by both, and made: {both}",
            )
        )
    else:
        screen.cross(say("Aucune mise en relation n’a été faite", "No introduction was made"))


def tell_audit(screen: Screen, audit: Audit, seconds: float) -> None:
    """The independent count, each difference named, and who got nothing and why."""
    screen.title(say("Contrôle, compté dans la boîte de réception", "Audit, counted in the inbox"))
    mark = screen.tick if audit.is_clean else screen.cross
    received, doubled = len(audit.received), len(audit.doubled)
    mark(say(f"{received} mails reçus = {audit.planned} prévus · {doubled} doublon",
             f"{received} mails received = {audit.planned} planned · {doubled} doubled"))  # fmt: skip
    read = audit.invitations - len(audit.misread)
    mark(
        say(
            f"{read}/{audit.invitations} .ics relus, tous à la bonne heure",
            f"{read}/{audit.invitations} .ics read back, all at the right hour",
        )
    )
    _tell_exceptions(screen, audit)
    _tell_skipped(screen, audit)
    screen.line(say(f"   en {seconds:.0f} s, tout compris", f"   in {seconds:.0f} s, all told"))


def _tell_exceptions(screen: Screen, audit: Audit) -> None:
    for keys, words in (
        (
            audit.patient,
            say("remis à plus tard par un serveur, arrivé ensuite", "put off by a server, arrived later"),
        ),
        (audit.refused, say("refusé par le serveur du destinataire", "refused by the recipient's server")),
        (audit.in_doubt, say("en doute", "in doubt")),
        (
            audit.again,
            say(
                "renvoyé dans le doute, un seul rendez-vous dans l’agenda",
                "sent again in doubt, one appointment in the calendar",
            ),
        ),
        (audit.doubled, say("reçu deux fois", "received twice")),
        (audit.missing, say("MANQUANT", "MISSING")),
        (audit.unexpected, say("INATTENDU", "UNEXPECTED")),
        (audit.misread, say(".ics illisible", "unreadable .ics")),
    ):
        if keys:
            screen.line(f"   {len(keys)} {words} : {_few(keys)}")


def _few(keys: tuple[MessageKey, ...]) -> str:
    shown = ", ".join(str(key) for key in keys[:3])
    return shown + (" …" if len(keys) > 3 else "")


def _tell_skipped(screen: Screen, audit: Audit) -> None:
    screen.line(say("   non envoyés, chacun avec sa raison :", "   not sent, each with its reason:"))
    for reason, number in Counter(audit.skipped).most_common():
        screen.line(f"     {number:>3}  {reason_words(Reason(reason), language())}")


def tell_where_to_look(screen: Screen, stage: Stage) -> None:
    """The folders of this rehearsal, which stay."""
    screen.title(say("À regarder", "To look at"))
    screen.line(f"   {stage.folder / 'inbox'}   " + say("les mails, en Maildir", "the mails, as a Maildir"))
    logs = say("une ligne par geste des workers", "one line for each move of the workers")
    screen.line(f"   {stage.folder / 'logs'}   {logs}")


def tell_pages(screen: Screen, stage: Stage) -> None:
    """The pages, while they are up."""
    what = say("les mails, leurs invitations, leur source", "the mails, their invitations, their source")
    screen.line(f"   {stage.url}   {what}")


def tell_how_to_open(screen: Screen, stage: Stage) -> None:
    """How to see the pages again once the rehearsal has ended."""
    screen.line(
        f"   APRES_DATA={stage.folder} apres inbox   " + say("les mêmes, en pages", "the same, as pages")
    )
