"""`apres consent show`, `record` and `verify`: who agreed to what, when, having read which words."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from worker.cli import wiring
from worker.cli.arguments import Json
from worker.cli.consent_words import statements_words, verdict_words
from worker.cli.explained import explained
from worker.cli.person import At, Who
from worker.cli.screen import tell, tell_machine
from worker.cli.speech import say
from worker.domain.consent import Means
from worker.domain.errors import Refused
from worker.domain.person import Consent
from worker.domain.sequence import Purpose
from worker.services.consents import Said, Wording, proof, verify
from worker.services.consents import record as recording
from worker.services.dossier import as_values, dossier
from worker.services.subject import subject
from worker.services.suppress import replan

_YES, _NO = frozenset({"oui", "yes"}), frozenset({"non", "no"})
_PARIS = ZoneInfo("Europe/Paris")
#: What they read is not known: an organizer heard it. How they know it stands beside.
_TOLD = Wording("told", "Dit à un organisateur / Told to an organizer")

Which = Annotated[
    str,
    typer.Argument(metavar="PURPOSE", help="thanks, invitations, introductions", show_default=False),
]
Answer = Annotated[
    str,
    typer.Argument(
        metavar=say("oui|non", "yes|no"), help=say("Sa réponse.", "Their answer."), show_default=False
    ),
]
Because = Annotated[
    str,
    typer.Option(
        "--because",
        metavar="TEXT",
        help=say("Comment vous le savez : gardé comme preuve.", "How you know: kept as evidence."),
        show_default=False,
    ),
]
Edition = Annotated[
    str,
    typer.Option(
        "--edition",
        metavar="EDITION",
        help=say("Pour cette édition seulement.", "For this edition only."),
        show_default=False,
    ),
]


@explained(
    "Ce qu’une personne a accepté ou refusé, quand, comment, et le texte qu’elle a lu.",
    "What a person agreed to or refused, when, how, and the text they read.",
    example="apres consent show zoe@example.org --at 2026-12-08",
)
def show(person: Who, *, at: At = None, json: Json = False) -> None:
    """Prove what stood for somebody at a moment."""
    tools = wiring.tools()
    who = subject(tools, person)
    moment = at.replace(tzinfo=ZoneInfo("UTC")) if at else tools.store.now()
    if json:
        tell_machine(as_values(dossier(tools, who, moment)))
        return
    found = proof(tools, who.person, moment)
    tell(
        say("À ce moment :", "At that moment:"),
        *(statements_words(found.standing.values(), _PARIS) or ["  –"]),
    )
    tell(say("Tout ce qui a été dit :", "All that was said:"))
    tell(*(statements_words((one.statement for one in found.history), _PARIS) or ["  –"]))
    tell(say("Les textes lus :", "The texts that were read:"))
    tell(*([f"  [{version}] {text}" for version, text in found.wordings.items()] or ["  –"]))
    tell(verdict_words(found.verdict))


@explained(
    "Noter ce qu’une personne vous a dit. Son propre refus, elle seule le lève.",
    "Note what a person told you. Their own refusal only they take back.",
    example='apres consent record zoe@example.org introductions oui --because "mail du 3 décembre"',
)
def record(person: Who, purpose: Which, answer: Answer, *, because: Because, edition: Edition = "") -> None:
    """Record what somebody said to an organizer."""
    tools = wiring.tools()
    who, given = subject(tools, person), _given(answer)
    said = Said(who.person, _purpose(purpose), given, _TOLD, Means.ORGANIZER, because, edition)
    if not recording(tools, [said]):
        raise Refused(
            "nothing to record: it is so already, or they refused it themselves and only they take it back"
        )
    replan(tools)
    tell(say("C’est noté.", "Recorded."))


def _given(answer: str) -> Consent:
    word = answer.casefold()
    if word in _YES | _NO:
        return Consent.GIVEN if word in _YES else Consent.REFUSED
    raise Refused(f"{answer!r} is no answer: write oui or non")


def _purpose(named: str) -> Purpose:
    known = [str(purpose) for purpose in (Purpose.THANKS, Purpose.INVITATIONS, Purpose.INTRODUCTIONS)]
    if named in known:
        return Purpose(named)
    raise Refused(f"{named!r} is no purpose: write one of {', '.join(known)}")


@explained(
    "Vérifier que le journal des consentements n’a pas été retouché. Code 1 sinon.",
    "Check that nobody touched the log of consents. Exit code 1 otherwise.",
    example="apres consent verify",
)
def verify_(*, json: Json = False) -> None:
    """Check the whole chain."""
    verdict = verify(wiring.tools())
    if json:
        tell_machine(
            {
                "holds": verdict.holds,
                "entries": verdict.links,
                "erased": verdict.erased,
                "head": verdict.head,
                "broken": verdict.broken,
                "altered": verdict.altered,
            }
        )
    else:
        tell(verdict_words(verdict))
    if not verdict.holds:
        raise typer.Exit(1)
