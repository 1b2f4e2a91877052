"""Why two people are introduced, what forbids it and how somebody came by their names, in words for organizers."""

from __future__ import annotations

from worker.cli.speech import say
from worker.domain.introductions import Ground, Rung, Suggestion
from worker.domain.ties import Obstacle


def ground_words(suggestion: Suggestion) -> list[str]:
    """The reasons that may be said to both, the most telling first."""
    told = {
        Ground.MUTUAL_WISH: say("veulent se revoir", "both wish to meet again"),
        Ground.SHARED_INTEREST: say(f"en commun : {suggestion.topic}", f"in common: {suggestion.topic}"),
        Ground.SAME_TABLE: say("même table", "same table"),
        Ground.OTHER_SECTOR: say("secteurs différents", "different sectors"),
        Ground.FIRST_TIME: say("une première fois", "a first time"),
        Ground.NEVER_CROSSED: say("jamais croisés avant", "never crossed before"),
        Ground.SAME_MORNING: say("même matinée", "same morning"),
    }
    return [told[ground] for ground in suggestion.grounds]


def rung_words(rung: Rung) -> str:
    """How somebody came by their names."""
    return {
        Rung.MATCHED: say("par l’appariement", "matched"),
        Rung.ATTACHED: say("rattaché·e à un duo", "attached to a pair"),
        Rung.HOST: say("le mot de l’organisateur", "the host's letter"),
    }[rung]


def obstacle_words(obstacle: Obstacle) -> str:
    """What forbids it."""
    return {
        Obstacle.APART: say(
            "l’une des deux, ou l’organisation, ne le souhaite pas",
            "one of them, or an organizer, asked not to",
        ),
        Obstacle.SAME_ORGANISATION: say("même organisation", "same organisation"),
        Obstacle.NO_COMMON_LANGUAGE: say("aucune langue commune", "no common language"),
        Obstacle.TOLD_BEFORE: say("déjà présentés l’un à l’autre", "introduced to each other before"),
    }[obstacle]


def term_words() -> dict[str, str]:
    """The terms of the points."""
    return {
        "interest": say("intérêts communs", "shared interests"),
        "circle": say("autre secteur", "another sector"),
        "fresh": say("peu croisés", "seldom together"),
        "hook": say("table et vœux", "table and wishes"),
        "welcome": say("accueil", "welcome"),
        "chance": say("hasard", "chance"),
    }
