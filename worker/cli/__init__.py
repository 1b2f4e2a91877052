"""The command line `apres`: its commands in the order of a campaign. Each is told in the file of its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from worker import __version__
from worker.cli import (
    arm,
    backup,
    campaign,
    clone,
    consent,
    dead,
    doctor,
    doubts,
    draft,
    edition,
    feed,
    guests,
    import_list,
    introduce,
    introduce_answers,
    introduce_choices,
    mails,
    mark,
    person,
    plan,
    preview,
    queues,
    receive,
    reconcile,
    rehearsal,
    relay,
    rsvp,
    run,
    send_test,
    status,
    suppress,
    todo,
    why,
)
from worker.cli.screen import tell
from worker.cli.speech import say

app = typer.Typer(
    name="apres",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say(
        "Écrire aux gens après une rencontre : un merci, une invitation, une mise en relation.",
        "Write to people after they met: a thank-you, an invitation, an introduction.",
    ),
)


def _version(asked: bool) -> None:  # noqa: FBT001 - the shape of an option's callback
    if asked:
        tell(f"apres {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help=say("La version.", "The version."))
]


@app.callback()
def _before_any_command(*, version: Version = False) -> None:
    pass


def _group(name: str, french: str, english: str, panel: str) -> typer.Typer:
    group = typer.Typer(no_args_is_help=True)
    app.add_typer(group, name=name, help=say(french, english), rich_help_panel=panel)
    return group


_PREPARE = say("Préparer", "Prepare")
_STEER = say("Lancer et suivre", "Start and follow")
_CARE = say("S’en occuper", "Take care")
_RUN = say("Faire tourner", "Run")

_CHAPTERS: tuple[tuple[str, tuple[Callable[..., None], ...]], ...] = (
    (_PREPARE, (plan.plan, preview.preview, draft.draft, send_test.send_test)),
    (_STEER, (arm.arm, arm.undo, status.status, rsvp.rsvp, feed.feed, why.why)),
    (_STEER, (campaign.trigger, campaign.pause, campaign.resume, campaign.reschedule, campaign.cancel)),
    (_CARE, (todo.todo, queues.queues, mails.mails, doubts.doubts)),
    (_CARE, (suppress.suppress, suppress.unsuppress)),
    (_CARE, (backup.backup, backup.restore, reconcile.reconcile)),
    (_RUN, (doctor.doctor, run.up, run.worker, run.beat, run.inbox, run.web, run.health, receive.receive)),
)
for _panel, _commands in _CHAPTERS:
    for _command in _commands:
        app.command(rich_help_panel=_panel)(_command)
app.command(rich_help_panel=_RUN, context_settings=rehearsal.PASS_ON)(rehearsal.demo)

_guests = _group("guests", "Les invités d’une édition.", "The guests of an edition.", _PREPARE)
_guests.command("import")(import_list.import_)
_guests.command("mark")(mark.mark)
_guests.command("list")(guests.list_)
_edition = _group(
    "edition",
    "Le Café auquel on invite : le déplacer, l’annuler, en faire la suite.",
    "The Café people are invited to: move it, call it off, follow it up.",
    _STEER,
)
_edition.command("move")(edition.move)
_edition.command("update")(edition.update)
_edition.command("cancel")(edition.cancel)
_edition.command("invite")(edition.invite)
_edition.command("clone")(clone.clone)
_introduce = _group(
    "introduce", "Les mises en relation d’une édition.", "The introductions of an edition.", _CARE
)
_introduce.command("plan")(introduce.plan)
_introduce.command("explain")(introduce.explain)
_introduce.command("swap")(introduce_choices.swap)
_introduce.command("forbid")(introduce_choices.forbid)
_introduce.command("allow")(introduce_choices.allow)
_introduce.command("wish")(introduce_choices.wish)
_introduce.command("answer")(introduce_answers.answer)
_introduce.command("met")(introduce_answers.met)
_introduce.command("rest")(introduce_answers.rest_)
_introduce.command("unclear")(introduce_answers.unclear)
_relay = _group("relay", "La messagerie qui envoie.", "The mail provider that sends.", _CARE)
_relay.command("resume")(relay.resume)
_dead = _group("dead", "Les mails mis de côté.", "The mails set aside.", _CARE)
_dead.command("list")(dead.list_)
_dead.command("requeue")(dead.requeue)
_dead.command("drop")(dead.drop)
_person = _group("person", "Les droits d’une personne.", "A person's rights.", _CARE)
_person.command("show")(person.show)
_person.command("export")(person.export)
_person.command("erase")(person.erase)
_consent = _group("consent", "Qui a accepté quoi, et la preuve.", "Who agreed to what, and the proof.", _CARE)
_consent.command("show")(consent.show)
_consent.command("record")(consent.record)
_consent.command("verify")(consent.verify_)
