"""The relay of a run: one port for all rounds, new misbehaviour for each."""

from __future__ import annotations

from email import message_from_bytes

from tests.faults.history import Received
from tests.relay import Relay, Rule


class RoundRelay(Relay):
    """A scripted relay that begins anew with every round."""

    def begin(self, rules: tuple[Rule, ...]) -> None:
        """Forget what was received, count transactions from one, and follow these rules."""
        self.mails.clear()
        self.commands.clear()
        self.fragments.clear()
        self.rules, self.transactions = rules, 0
        self._applied.clear()

    def received(self) -> tuple[Received, ...]:
        """Every mail taken since, in order; the key is the left side of its Message-ID."""
        ids = (str(message_from_bytes(mail.content)["Message-ID"]) for mail in list(self.mails))
        return tuple(Received(name.strip("<>").rpartition("@")[0], name) for name in ids)
