"""Which mails the list shows, read from the page's address and written back into its links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from worker.mail.listed_mail import ListedMail

PAGE = 100
_LONGEST = 7  # digits of a page number that is meant


@dataclass(frozen=True, slots=True)
class Search:
    """`q` words anywhere, `to` one mailbox, `page` from 1, `live` "1" while the list renews itself."""

    q: str = ""
    to: str = ""
    live: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """Nonsense in the address counts as not said."""
        page = query.get("page", "1")
        return cls(
            q=query.get("q", "").strip(),
            to=query.get("to", "").strip(),
            live="1" if query.get("live") == "1" else "",
            page=max(int(page), 1) if page.isdecimal() and len(page) < _LONGEST else 1,
        )

    def found(self, mails: Sequence[ListedMail]) -> tuple[ListedMail, ...]:
        """What matches, in the order given."""
        return tuple(
            mail for mail in mails if mail.tells_of(self.q) and (not self.to or mail.is_for(self.to))
        )

    def shown(self, found: Sequence[ListedMail]) -> Sequence[ListedMail]:
        """The page of it."""
        return found[(self.page - 1) * PAGE : self.page * PAGE]

    def has_older(self, found: Sequence[ListedMail]) -> bool:
        """Whether another page follows."""
        return len(found) > self.page * PAGE

    def link(self, **changes: Any) -> str:
        """The address of the list with these changes; another search starts on its first page."""
        wanted = replace(self, **{"page": 1, **changes})
        said = {
            "q": wanted.q,
            "to": wanted.to,
            "live": wanted.live,
            "page": wanted.page if wanted.page > 1 else "",
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"/?{query}" if query else "/"
