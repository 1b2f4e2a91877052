"""All we hold about one person: what the law lets them ask for, as values for a screen or a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from worker.domain.consent import PURPOSES
from worker.domain.consent_chain import Sealed
from worker.domain.inbound import Aside
from worker.domain.person import Guest
from worker.domain.refusals import Lift
from worker.domain.suppression import EVERYTHING, PAUSE, Suppression
from worker.services.consents import Proof, proof
from worker.services.dialogue import Conversation, conversation
from worker.services.own_data import Holding, exported, holding
from worker.services.subject import Subject
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Dossier:
    """`holding` is None for somebody who is on no list any more. `refused` stands, `lifted` was taken back.

    `talks` are their side of introductions, `wished` whom they asked to see again (edition, name), `kept` their mails
    that an organizer still has to read.
    """

    subject: Subject
    holding: Holding | None
    consents: Proof
    refused: tuple[Suppression, ...]
    lifted: tuple[Lift, ...]
    talks: tuple[Conversation, ...] = ()
    wished: tuple[tuple[str, str], ...] = ()
    kept: tuple[Aside, ...] = ()


def dossier(tools: Tools, who: Subject, moment: datetime | None = None) -> Dossier:
    """Everything, with consents as they stood at this moment, or as they stand. Changes nothing."""
    series = {f"series:{edition.series.id}" for edition, _ in who.entries}
    scopes = (EVERYTHING, PAUSE, *sorted(series), *(f"purpose:{purpose}" for purpose in PURPOSES))
    fields = [f"{who.fingerprint}/{scope}" for scope in scopes]
    return Dossier(
        who,
        holding(tools, who.person),
        proof(tools, who.person, moment or tools.store.now()),
        tuple(tools.store.standing(fields).values()),
        tuple(tools.store.lifted(fields).values()),
        tuple(talk for name, _ in _lists(who) if (talk := conversation(tools, name, who.person))),
        tuple(
            (name, guest.person.name) for name, _ in _lists(who) for guest in _wished(tools, name, who.person)
        ),
        tuple(mail for mail in tools.store.kept_aside() if mail.person == who.person),
    )


def _lists(who: Subject) -> tuple[tuple[str, Guest], ...]:
    return tuple((edition.id, guest) for edition, guest in who.entries)


def _wished(tools: Tools, edition_id: str, person: str) -> tuple[Guest, ...]:
    """Whom they wrote down themselves, as far as these are still on the list."""
    others = [other for one, other in tools.store.wishes([edition_id]) if one == person]
    return tuple(tools.store.guests(edition_id, sorted(others)).values()) if others else ()


def as_values(known: Dossier) -> dict[str, Any]:
    """All of it as plain values, for a file; moments are UTC."""
    held = (
        exported(known.holding) if known.holding else {"person": {"id": known.subject.person}, "editions": []}
    )
    return held | {
        "refused": [_plain(asdict(refusal)) for refusal in known.refused],
        "taken_back": [_plain(asdict(lift)) for lift in known.lifted],
        "consents": [_said(one, known.consents.wordings) for one in known.consents.history],
        "introductions": [_talk(talk) for talk in known.talks if talk.proposals or talk.told or talk.met],
        "wished_to_see_again": [{"edition": name, "name": who} for name, who in known.wished],
        "mails_kept": [
            {"received": mail.received, "subject": mail.subject, "sender": mail.sender} for mail in known.kept
        ],
        "consents_standing": {field: said.answer for field, said in known.consents.standing.items()},
    }


def _talk(talk: Conversation) -> dict[str, Any]:
    """What was asked and told of others as they were asked and told it: nothing of what the others said."""
    return {
        "edition": talk.edition.id,
        "proposed": [
            {
                "number": each.number,
                "described_as": asdict(each.portrait),
                "state": each.shown,
                "said": each.said,
            }
            for each in talk.proposals
        ],
        "named": [guest.person.name for guest in talk.told],
        "met": talk.met,
    }


def _said(one: Sealed, texts: Mapping[str, str]) -> dict[str, Any]:
    kept = _plain(asdict(one.statement))
    return kept | {"text_read": texts.get(one.statement.wording, ""), "entry": one.id}


def _plain(kept: dict[str, Any]) -> dict[str, Any]:
    """The fingerprint is ours, and says nothing to them."""
    return {name: value for name, value in kept.items() if name not in {"fingerprint", "person"}}
