"""Which replies ask us to have less of something."""

from __future__ import annotations

import pytest

from worker.domain.relay import Strain, breaker_wait, strain
from worker.domain.reply import Phase, Reply


@pytest.mark.parametrize(
    "reply",
    [
        Reply(Phase.RCPT, 421, "closing"),
        Reply(Phase.CONNECT, 421, "4.3.2 shutting down"),
        Reply(Phase.RCPT, 450, "4.7.28 unusual rate of unsolicited mail"),
        Reply(Phase.MAIL, 451, "4.7.1 try again later"),
        Reply(Phase.DOT, 451, "4.3.2 system not accepting messages"),
        Reply(Phase.DOT, 452, "4.4.5 congestion"),
        Reply(Phase.RCPT, 450, "4.2.1 this mailbox receives mail at a rate that is too high"),
        Reply(Phase.MAIL, 452, "4.5.3 Too many recipients"),
        Reply(Phase.MAIL, 451, "throttled, slow down"),
    ],
)
def test_a_reply_that_speaks_of_rate_or_load_asks_for_a_slower_pace(reply: Reply) -> None:
    assert strain(reply) is Strain.RATE


@pytest.mark.parametrize(
    "reply",
    [
        Reply(Phase.CONNECT, 421, "4.7.0 try later"),
        Reply(Phase.CONNECT, 421, "Too many concurrent SMTP connections; please try again later."),
        Reply(Phase.MAIL, 421, "4.7.0 too many sessions from this host"),
    ],
)
def test_too_many_connections_ask_for_fewer(reply: Reply) -> None:
    assert strain(reply) is Strain.CONNECTIONS


@pytest.mark.parametrize(
    "reply",
    [
        Reply(Phase.RCPT, 450, "4.7.1 greylisted"),
        Reply(Phase.RCPT, 451, "4.7.1 Greylisting in action, come back later"),
        Reply(Phase.RCPT, 450, "4.2.0 Grey-listed"),
        Reply(Phase.RCPT, 450, "4.2.1 mailbox busy"),
        Reply(Phase.RCPT, 452, "4.2.2 mailbox full"),
        Reply(Phase.RCPT, 450, "4.1.8 cannot find your hostname, generated corporate message"),
        Reply(Phase.RCPT, 550, "5.7.1 too many complaints"),
        Reply(Phase.AUTH, 454, "4.7.0 temporary authentication failure"),
        Reply(Phase.DOT, 250, "2.0.0 queued at a good rate"),
        Reply(Phase.DATA),
    ],
)
def test_a_refusal_about_one_letter_slows_nobody(reply: Reply) -> None:
    assert strain(reply) is None


def test_waits_grow_and_stay_at_five_minutes() -> None:
    assert [breaker_wait(failures).total_seconds() for failures in range(1, 7)] == [5, 15, 60, 300, 300, 300]
