"""`apres introduce plan` and `explain`: who is introduced to whom, why, and who hears from the host."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from worker.cli import wiring
from worker.cli.arguments import EditionName, Json
from worker.cli.explained import explained
from worker.cli.introduce_words import ground_words, obstacle_words, rung_words, term_words
from worker.cli.moments import moment_words
from worker.cli.part_words import part_data, part_words
from worker.cli.people import everybody, name_of
from worker.cli.screen import screen, table, tell, tell_machine
from worker.cli.speech import counted, say
from worker.domain.edition import Edition
from worker.domain.introductions import IntroductionPlan, Place, Suggestion
from worker.domain.person import Guest
from worker.services.introduction_choices import Explanation, Overview, overview
from worker.services.introduction_choices import explain as explanation
from worker.services.report import find_guest
from worker.services.tools import Tools

PersonName = Annotated[
    str, typer.Argument(metavar="PERSON", help=say("Nom, adresse ou identifiant.", "Name, address or id."))
]


@explained(
    "Qui est présenté à qui, et pourquoi ; qui reste, et ce qu’il reçoit. Ne change rien.",
    "Who is introduced to whom, and why; who is left, and what they get. Changes nothing.",
    example="apres introduce plan cafe-12   ·   apres introduce plan cafe-12 --explain Inès Karim",
)
def plan(
    edition: EditionName,
    *,
    explain: Annotated[
        tuple[str, str],
        typer.Option(
            "--explain",
            metavar="A B",
            help=say("Pourquoi ces deux-là.", "Why these two."),
            show_default=False,
        ),
    ] = ("", ""),
    json: Json = False,
) -> None:
    """The frozen plan, or the draft."""
    tools, known = wiring.tools(), wiring.edition(edition)
    if any(explain):
        _explain(tools, known, explain, json=json)
        return
    found = overview(tools, known)
    if json:
        tell_machine(_as_data(found))
    else:
        _show(known, found, everybody(tools, known))


@explained(
    "Pourquoi ces deux personnes sont, ou ne sont pas, présentées l’une à l’autre. Ne change rien.",
    "Why these two people are, or are not, introduced to each other. Changes nothing.",
    example="apres introduce explain cafe-12 Inès Karim",
)
def explain(edition: EditionName, person: PersonName, other: PersonName, *, json: Json = False) -> None:
    """Points term by term, or what forbids it."""
    _explain(wiring.tools(), wiring.edition(edition), (person, other), json=json)


def _show(edition: Edition, found: Overview, people: dict[str, Guest]) -> None:
    tell(_state(edition, found.plan), "")
    shown = table(say("Nom", "Name"), say("Rencontre", "Meets"), say("Pourquoi", "Why"))
    for place in sorted(found.plan.places.values(), key=lambda each: name_of(people, each.person).casefold()):
        _add_rows(shown, place, people)
    if found.plan.places:
        screen().print(shown)
    _show_figures(found)
    for swap in found.unkept:
        names = [name_of(people, each) for each in (swap.person, swap.chosen)]
        tell(
            say(
                f"L’échange demandé entre {names[0]} et {names[1]} n’est plus possible.",
                f"The swap that would introduce {names[0]} and {names[1]} is no longer possible.",
            )
        )


def _state(edition: Edition, plan: IntroductionPlan) -> str:
    if plan.frozen is None:
        return say(
            "Brouillon : il sera figé quand le premier mail de mise en relation sera prêt à partir.",
            "A draft: it will be frozen when the first mail of it is about to leave.",
        )
    at = moment_words(plan.frozen, edition.meeting.zone)
    return say(f"Figé le {at} ; il n’est plus retiré au sort.", f"Frozen {at}; it is not drawn again.")


def _add_rows(shown: Any, place: Place, people: dict[str, Guest]) -> None:
    name = name_of(people, place.person)
    if not place.suggestions:
        shown.add_row(name, "–", rung_words(place.rung))
    for number, suggestion in enumerate(place.suggestions):
        shown.add_row(
            "" if number else name,
            name_of(people, suggestion.other(place.person)),
            ", ".join(ground_words(suggestion)[:3]),
        )


def _show_figures(found: Overview) -> None:
    told = found.figures
    exposure = ", ".join(f"{number} × {names}" for names, number in told.exposure.items())
    tell(
        "",
        say(
            f"{counted(told.people, 'personne', 'person')}, {counted(told.introductions, 'mise', 'introduction')} "
            f"en relation ; {told.named} avec un nom, {told.people - told.named} avec l’organisateur.",
            f"{told.people} people, {counted(told.introductions, 'mise', 'introduction')}; "
            f"{told.named} with a name, {told.people - told.named} with the host.",
        ),
        say(
            f"Noms par personne : {exposure or '–'}. Répétitions évitées : {told.repeats_avoided}.",
            f"Names each: {exposure or '–'}. Repeats avoided: {told.repeats_avoided}.",
        ),
        say(
            f"Secteurs différents : {told.other_sector:.0%} ; un intérêt commun : {told.shared_interest:.0%}.",
            f"Different sectors: {told.other_sector:.0%}; a shared interest: {told.shared_interest:.0%}.",
        ),
    )


def _explain(tools: Tools, edition: Edition, named: tuple[str, str], *, json: bool) -> None:
    a, b = (find_guest(tools.store, edition.id, name) for name in named)
    found = explanation(tools, edition, a, b)
    if json:
        tell_machine(_explanation_data(found))
        return
    names = f"{a.person.name} – {b.person.name}"
    tell(names, style="bold")
    tell(*_reasons(found, edition.meeting.zone))


def _reasons(found: Explanation, zone: ZoneInfo) -> list[str]:
    lines = [
        say("Dans le plan.", "In the plan.")
        if found.planned
        else say("Pas dans le plan.", "Not in the plan.")
    ]
    lines += [line for part in found.parts for line in part_words(part, zone)]
    if found.obstacle:
        lines.append(f"{say('Impossible : ', 'Not possible: ')}{obstacle_words(found.obstacle)}.")
    tie = found.planned or found.tie
    return lines + (_worth(tie) if tie else [])


def _worth(tie: Suggestion) -> list[str]:
    words = term_words()
    terms = " + ".join(
        f"{value} ({words[name]})" for name, value in tie.points._asdict().items() if value
    )  # a NamedTuple's own name
    said = ", ".join(ground_words(tie))
    return [
        f"{say('Ce qui peut se dire : ', 'What may be said: ')}{said}.",
        f"{say('Points : ', 'Points: ')}{tie.points.total} = {terms}.",
    ]


def _as_data(found: Overview) -> dict[str, Any]:
    plan = found.plan
    return {
        "edition": plan.edition,
        "frozen": plan.frozen,
        "version": plan.version,
        "introductions": [suggestion_data(one) for one in plan.suggestions],
        "people": {
            person: {"rung": place.rung, "names": list(place.names)} for person, place in plan.places.items()
        },
        "figures": asdict(found.figures),
        "swaps_not_kept": [asdict(swap) for swap in found.unkept],
    }


def suggestion_data(one: Suggestion) -> dict[str, Any]:
    """An introduction for machines."""
    return {
        "a": one.a,
        "b": one.b,
        "grounds": list(one.grounds),
        "topic": one.topic,
        "round": one.round,
        "points": one.points._asdict(),
        "total": one.points.total,
    }


def _explanation_data(found: Explanation) -> dict[str, Any]:
    tie = found.planned or found.tie
    return {
        "planned": found.planned is not None,
        "obstacle": found.obstacle,
        "not_taking_part": [part.guest.person.id for part in found.missing],
        "parts": [part_data(part) for part in found.parts],
        "introduction": suggestion_data(tie) if tie else None,
    }
