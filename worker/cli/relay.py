"""`apres relay resume`: after the password was put right."""

from __future__ import annotations

from worker.cli import wiring
from worker.cli.explained import explained
from worker.cli.screen import tell
from worker.cli.speech import say
from worker.services.relay import resume_relay


@explained(
    "Reprendre l’envoi, une fois le mot de passe corrigé.",
    "Go on sending, once the password is right.",
    example="apres relay resume",
)
def resume() -> None:
    """Try the relay again."""
    if resume_relay(wiring.tools()):
        tell(
            say(
                "L’envoi reprend ; ce qui attendait part maintenant.",
                "Sending goes on; what waited leaves now.",
            )
        )
    else:
        tell(say("L’envoi n’était pas arrêté.", "Sending was not stopped."))
