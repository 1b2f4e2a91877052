"""Reply classes: what each answer means for the message and for the relay."""

from __future__ import annotations

import pytest

from worker.domain.reply import Phase, Reply, Verdict


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        (Reply(Phase.DOT, 250, "2.0.0 queued"), Verdict.ACCEPTED),
        (Reply(Phase.DOT), Verdict.UNKNOWN),
        (Reply(Phase.DATA), Verdict.RELAY_DOWN),
        (Reply(Phase.CONNECT, text="refused"), Verdict.RELAY_DOWN),
        (Reply(Phase.CONNECT, 554, "no"), Verdict.RELAY_DOWN),
        (Reply(Phase.GATE), Verdict.GATE_CLOSED),
        (Reply(Phase.STOPPED), Verdict.STOPPED),
        (Reply(Phase.RCPT, 421, "4.3.2 closing"), Verdict.RELAY_DOWN),
        (Reply(Phase.DOT, 421, "4.3.2 closing"), Verdict.RELAY_DOWN),
        (Reply(Phase.AUTH, 535, "5.7.8 wrong"), Verdict.RELAY_REFUSES_US),
        (Reply(Phase.MAIL, 553, "5.1.8 sender"), Verdict.RELAY_REFUSES_US),
        (Reply(Phase.MAIL, 530, "5.7.0 authenticate"), Verdict.RELAY_REFUSES_US),
        (Reply(Phase.MAIL, 451, "4.3.0 later"), Verdict.TRY_LATER),
        (Reply(Phase.RCPT, 450, "4.7.1 greylisted"), Verdict.TRY_LATER),
        (Reply(Phase.DOT, 452, "4.2.2 full"), Verdict.TRY_LATER),
        (Reply(Phase.RCPT, 550, "5.1.1 unknown"), Verdict.REFUSED),
        (Reply(Phase.DOT, 554, "5.7.1 spam"), Verdict.REFUSED),
    ],
)
def test_each_answer_has_its_class(reply: Reply, verdict: Verdict) -> None:
    assert reply.verdict is verdict


def test_the_enhanced_code_is_found_in_the_text() -> None:
    assert Reply(Phase.RCPT, 550, "5.1.1 <x> unknown").enhanced == "5.1.1"
    assert Reply(Phase.RCPT, 550, "unknown").enhanced == ""


def test_a_reply_is_kept_without_the_address_it_names() -> None:
    reply = Reply(Phase.RCPT, 550, "5.1.1 <anne@example.org>: unknown; ask postmaster@example.org")

    assert str(reply) == "550 5.1.1 <(address)>: unknown; ask (address)"
