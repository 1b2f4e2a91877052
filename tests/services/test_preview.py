"""A preview is the mail itself, made by the same hands; a test mail acts for nobody."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from tests.sample import cafe, guest
from tests.services.office import office, opened, relay_of, store_of
from worker.domain.errors import Refused
from worker.domain.person import Consent, Guest, Presence
from worker.domain.reply import Phase, Reply, Verdict
from worker.domain.sequence import Lane
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.preview import samples, send_test, trial_letter
from worker.services.tools import Tools

ANNE = guest("Anne", presence=Presence.PRESENT, introduced=Consent.GIVEN)
BRUNO = guest("Bruno", presence=Presence.PRESENT, introduced=Consent.GIVEN)


def house(*guests: Guest, broken_for: str = "") -> Tools:
    tools = office(broken_for=broken_for)
    opened(tools, *guests)
    return tools


def test_a_preview_has_the_bytes_that_leave() -> None:
    tools = house(ANNE, BRUNO)
    previewed = {str(sample.wanted.key): sample.letter for sample in samples(tools, cafe(12))}

    campaign.arm(tools, "cafe-12")
    store_of(tools).set_clock((cafe(12).meeting.end + timedelta(hours=3)).astimezone(UTC))
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    left = relay_of(tools).kept
    assert [str(letter.key) for letter in left] == ["cafe-12.thank-you.anne", "cafe-12.thank-you.bruno"]
    assert left == [previewed[str(letter.key)] for letter in left]


def test_previewing_keeps_nothing() -> None:
    tools = house(ANNE, BRUNO)

    list(samples(tools, cafe(12)))

    assert tools.store.records("cafe-12") == ()
    assert tools.store.introductions("cafe-12") is None


def test_one_person_can_be_looked_at_alone() -> None:
    tools = house(ANNE, BRUNO)

    shown = [str(sample.wanted.key) for sample in samples(tools, cafe(12), "anne")]

    assert shown == ["cafe-12.thank-you.anne", "cafe-12.invitation.anne", "cafe-12.nudge.anne"]


def test_organizers_see_their_own_reminders() -> None:
    tools = house(guest("Clara"))

    shown = {sample.wanted.key.step: sample.guest.person.name for sample in samples(tools, cafe(12))}

    assert shown["ask-presence"] == "Paule Renan"


def test_whose_presence_is_open_is_shown_the_mail_for_those_who_came() -> None:
    tools = house(guest("Clara"))

    [thanks] = [sample for sample in samples(tools, cafe(12)) if sample.wanted.key.step == "thank-you"]

    assert thanks.guest.presence is Presence.PRESENT


def test_a_mail_that_cannot_be_made_is_shown_with_its_reason() -> None:
    tools = house(ANNE, BRUNO, broken_for="anne")

    broken = [sample for sample in samples(tools, cafe(12), "anne") if sample.letter is None]

    assert len(broken) == 3
    assert "template thank-you.md.j2, line 3" in broken[0].failure


def test_a_test_mail_is_redirected_and_named_after_nobody() -> None:
    tools = house(ANNE)

    letter = trial_letter(tools, cafe(12), "thank-you", ANNE, "paule@cafe.example.org")

    assert letter.envelope.rcpt_to == "paule@cafe.example.org"
    assert letter.key.person.startswith("test-")
    assert b"Anne Test" in letter.content


def test_every_test_mail_has_a_key_of_its_own() -> None:
    tools = house(ANNE)

    one, other = (trial_letter(tools, cafe(12), "thank-you", ANNE, "me@example.org") for _ in range(2))

    assert one.key != other.key


def test_a_test_of_an_unknown_step_names_those_there_are() -> None:
    tools = house(ANNE)

    with pytest.raises(Refused, match="thank-you, invitation, nudge"):
        trial_letter(tools, cafe(12), "thanks", ANNE, "me@example.org")


def test_sending_a_test_records_nothing() -> None:
    tools = house(ANNE)

    reply = send_test(tools, trial_letter(tools, cafe(12), "thank-you", ANNE, "me@example.org"))

    assert reply.verdict is Verdict.ACCEPTED
    assert len(relay_of(tools).kept) == 1
    assert tools.store.records("cafe-12") == ()


def test_a_relay_that_refuses_us_is_an_answer() -> None:
    refusal = Reply(Phase.AUTH, 535, "5.7.8 no")
    tools = office(greeting=refusal)
    opened(tools, ANNE)

    assert send_test(tools, trial_letter(tools, cafe(12), "thank-you", ANNE, "me@example.org")) == refusal
