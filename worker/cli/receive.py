"""`apres receive`: read the mailbox for answers now, instead of waiting for the chore."""

from __future__ import annotations

from worker.cli import wiring
from worker.cli.explained import explained
from worker.cli.screen import tell
from worker.cli.speech import counted, say
from worker.domain.errors import Refused
from worker.ports.mailroom import Folder
from worker.services.receive import receive as read_mailbox


@explained(
    "Lire maintenant la boîte aux réponses ; sinon le programme la lit chaque minute.",
    "Read the mailbox for answers now; otherwise the program reads it every minute.",
    example="apres receive",
)
def receive() -> None:
    """Empty the mailbox once and say what came of it."""
    tools = wiring.tools()
    if tools.mailbox is None:
        raise Refused(
            say(
                "aucune boîte n’est réglée : écrivez APRES_MAILBOX_HOST ou APRES_MAILBOX_MAILDIR dans .env",
                "no mailbox is set: write APRES_MAILBOX_HOST or APRES_MAILBOX_MAILDIR into .env",
            )
        )
    filed = read_mailbox(tools)
    done, aside = filed.get(Folder.DONE, 0), filed.get(Folder.ASIDE, 0)
    read = counted(done + aside, "mail", "mail")
    tell(say(f"Lus : {read}.", f"Read: {read}."))
    if aside:
        tell(say(f"À regarder : {aside}, voir apres mails", f"To be looked at: {aside}, see apres mails"))
