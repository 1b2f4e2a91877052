"""All we hold about one person: what the law lets them ask for, as values for a screen or a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from worker.domain.consent import PURPOSES
from worker.domain.consent_chain import Sealed
from worker.domain.refusals import Lift
from worker.domain.suppression import EVERYTHING, PAUSE, Suppression
from worker.services.consents import Proof, proof
from worker.services.own_data import Holding, exported, holding
from worker.services.subject import Subject
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Dossier:
    """`holding` is None for somebody who is on no list any more. `refused` stands, `lifted` was taken back."""

    subject: Subject
    holding: Holding | None
    consents: Proof
    refused: tuple[Suppression, ...]
    lifted: tuple[Lift, ...]


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
    )


def as_values(known: Dossier) -> dict[str, Any]:
    """All of it as plain values, for a file; moments are UTC."""
    held = (
        exported(known.holding) if known.holding else {"person": {"id": known.subject.person}, "editions": []}
    )
    return held | {
        "refused": [_plain(asdict(refusal)) for refusal in known.refused],
        "taken_back": [_plain(asdict(lift)) for lift in known.lifted],
        "consents": [_said(one, known.consents.wordings) for one in known.consents.history],
        "consents_standing": {field: said.answer for field, said in known.consents.standing.items()},
    }


def _said(one: Sealed, texts: Mapping[str, str]) -> dict[str, Any]:
    kept = _plain(asdict(one.statement))
    return kept | {"text_read": texts.get(one.statement.wording, ""), "entry": one.id}


def _plain(kept: dict[str, Any]) -> dict[str, Any]:
    """The fingerprint is ours, and says nothing to them."""
    return {name: value for name, value in kept.items() if name not in {"fingerprint", "person"}}
