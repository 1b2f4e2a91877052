"""The gallery of a preview: every mail on one page that opens from the disk, phone and dark screens included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from worker.cli.moments import moment_words
from worker.cli.plan_table import waiting_words
from worker.cli.speech import language, say
from worker.cli.words import step_label
from worker.domain.edition import Edition
from worker.mail.mail_view import MailView, read_mail
from worker.services.preview import Sample

_PAGE = Path(__file__).parent / "gallery.html.j2"


def gallery(edition: Edition, samples: Iterable[Sample]) -> str:
    """The page; links lead to `<key>.eml` beside it. Mails stand in sandboxed frames, where nothing runs."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - slow to import, and only this command draws

    steps: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for sample in samples:
        steps[sample.wanted.key.step].append(_shown(edition, sample))
    page = Environment(autoescape=True, undefined=StrictUndefined).from_string(_PAGE.read_text("utf-8"))
    named = [
        {"name": name, "label": step_label(name), "mails": _by_name(mails)} for name, mails in steps.items()
    ]
    return page.render(language=language(), title=_title(edition), words=_words(), steps=named)


def _by_name(mails: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(mails, key=lambda mail: mail["name"].casefold())


def _title(edition: Edition) -> str:
    return say(
        f"Aperçu : {edition.series.name} {edition.meeting.number}",
        f"Preview: {edition.series.name} {edition.meeting.number}",
    )


def _words() -> dict[str, str]:
    return {
        "intro": say(
            "Exactement ce qui partirait, au moment prévu. Rien n’est envoyé.",
            "Exactly what would leave, at the planned moment. Nothing is sent.",
        ),
        "own": say("Réécrit pour cette personne (apres draft)", "Rewritten for this person (apres draft)"),
        "failed": say("Ce mail ne peut pas être composé :", "This mail cannot be composed:"),
        "subject": say("Objet", "Subject"),
        "to": say("À", "To"),
        "sender": say("De", "From"),
        "date": say("Quand", "When"),
        "step": say("Étape", "Step"),
        "text": say("La version texte", "The text version"),
    }


def _shown(edition: Edition, sample: Sample) -> dict[str, Any]:
    key, zone = sample.wanted.key, edition.meeting.zone
    view = read_mail(sample.letter.content) if sample.letter else MailView(raw=b"")
    return {
        "key": str(key),
        "file": f"{key}.eml",
        "name": sample.guest.person.name or sample.guest.person.address,
        "when": waiting_words(sample.wanted.waiting_for, moment_words(sample.wanted.due, zone)),
        "failure": sample.failure,
        "is_own": sample.is_own,
        "subject": view.subject,
        "to": view.to,
        "sender": view.sender,
        "html": view.html,
        "text": view.text or "",
        "card": _card(edition, view),
    }


def _card(edition: Edition, view: MailView) -> dict[str, str] | None:
    card = view.card
    if card is None:
        return None
    when = f"{_at(card.starts, edition)} – {_at(card.ends, edition)}"
    return {"title": card.title, "when": when, "place": card.place, "uid": card.uid, "method": card.method}


def _at(moment: datetime | date | None, edition: Edition) -> str:
    return moment_words(moment, edition.meeting.zone) if isinstance(moment, datetime) else str(moment or "")
