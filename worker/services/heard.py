"""What somebody wrote to us, and where a mail belongs once it was taken in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from worker.domain.inbound import Wrote
from worker.domain.notice import HOUSE
from worker.mail.description import Description
from worker.ports.mailroom import Folder
from worker.services.tools import Tools


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Where a mail belongs now; None: where it is, to be read once more.

    `answered` are campaigns whose plan may look different after it, `replan` those whose plan does.
    """

    folder: Folder | None
    answered: frozenset[str] = frozenset()
    replan: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Heard:
    """A mail in a person's own words. `person` and `edition` are "" where we know nobody of the kind.

    `wrote.about` is the message it answers; `mail` names the mail, for whoever must do a thing once.
    """

    mail: Description
    wrote: Wrote
    raw: bytes
    person: str = ""
    edition: str = ""


#: A service that is shown what somebody wrote; None when it is not for this service, and changes nothing then.
Listener = Callable[[Tools, Heard], TakenIn | None]


def campaigns_of(tools: Tools, person: str) -> frozenset[str]:
    """The campaigns at work that have this person on their list."""
    at_work = (name for name in tools.store.editions_at_work() if name != HOUSE)
    return frozenset(name for name in at_work if person and tools.store.guests(name, [person]))


def who_wrote(tools: Tools, wrote: Wrote) -> tuple[str, str]:
    """The person and the newest campaign that has them on its list, as (person, edition); "" for strangers.

    Our secret counts first, then the message that they answer, which only they had, then the address.
    """
    lists = [name for name in reversed(tools.store.editions_ever()) if name != HOUSE]
    if wrote.about and wrote.about.edition in lists:
        lists.remove(wrote.about.edition)
        lists.insert(0, wrote.about.edition)
    for person in (wrote.person, wrote.about.person if wrote.about else "", wrote.claimed):
        for edition in lists if person else ():
            if tools.store.guests(edition, [person]):
                return person, edition
    return "", ""
