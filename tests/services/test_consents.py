"""Recording what people say, and what their mails make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.enlisted import FORM
from tests.sample import cafe, guest
from tests.services.office import office, opened, states, store_of
from worker.domain.consent import Means
from worker.domain.person import Consent, Presence
from worker.domain.sequence import Lane, Purpose
from worker.domain.table import Row, Table
from worker.services import campaign, consents
from worker.services.consents import Said, answers, proof, record, verify
from worker.services.deliver import deliver_batch
from worker.services.import_guests import import_guests
from worker.services.tools import Tools

ANNE = guest("Anne", presence=Presence.PRESENT)


def _said(answer: Consent, means: Means, purpose: Purpose = Purpose.THANKS) -> Said:
    return Said("anne", purpose, answer, FORM, means)


def _counts(tools: Tools, purpose: Purpose = Purpose.THANKS) -> Consent:
    return answers(tools, "cafe-12", [purpose], ["anne"])["anne", purpose]


def test_a_list_neither_repeats_a_word_nor_takes_back_a_persons_own() -> None:
    tools = office()
    yes, no = _said(Consent.GIVEN, Means.IMPORT), _said(Consent.REFUSED, Means.PAGE)

    assert len(record(tools, [yes, yes])) == 1
    assert record(tools, [yes]) == ()
    assert len(record(tools, [no])) == 1
    assert record(tools, [yes]) == ()
    assert _counts(tools) is Consent.REFUSED

    assert len(record(tools, [replace(yes, means=Means.PAGE)])) == 1
    assert _counts(tools) is Consent.GIVEN


def test_a_word_that_comes_meanwhile_is_not_overwritten() -> None:
    tools = office()
    store = store_of(tools)
    read = store.consents

    def read_just_before_a_refusal(fields: object) -> object:
        found = read(fields)  # type: ignore[arg-type]
        store.consents = read  # type: ignore[method-assign]
        record(tools, [_said(Consent.REFUSED, Means.PAGE)])
        return found

    store.consents = read_just_before_a_refusal  # type: ignore[method-assign, assignment]

    assert record(tools, [_said(Consent.GIVEN, Means.IMPORT)]) == ()
    assert _counts(tools) is Consent.REFUSED


def test_no_record_no_mail() -> None:
    tools = office()
    tools.store.save_edition(cafe(12))
    tools.store.save_guests("cafe-12", [ANNE])
    store_of(tools).set_clock(cafe(12).meeting.end)

    campaign.arm(tools, "cafe-12")

    assert {name: state for name, state in states(tools).items() if name.endswith(".anne")} == {
        "invitation.anne": "skipped no_record",
        "nudge.anne": "skipped no_consent",
        "thank-you.anne": "skipped no_record",
    }


def test_each_purpose_is_a_switch_of_its_own() -> None:
    tools = office()
    opened(tools, ANNE)
    record(tools, [_said(Consent.REFUSED, Means.ORGANIZER, Purpose.INVITATIONS)])

    campaign.arm(tools, "cafe-12")

    assert states(tools)["invitation.anne"] == "skipped opted_out"
    assert states(tools)["thank-you.anne"] == "scheduled planned"


def test_a_refusal_after_the_plan_stops_what_is_due() -> None:
    tools = office()
    opened(tools, ANNE)
    campaign.arm(tools, "cafe-12")
    record(tools, [_said(Consent.REFUSED, Means.ORGANIZER)])

    store_of(tools).set_clock(cafe(12).meeting.end + timedelta(hours=4))
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    assert states(tools)["thank-you.anne"] == "skipped opted_out"


def test_a_list_says_how_and_with_which_words() -> None:
    tools = office()
    tools.store.save_edition(cafe(12))
    rows = (Row(2, ("Anne Test", "anne@example.org", "oui")), Row(3, ("Bruno Test", "bruno@example.org", "")))

    import_guests(tools, "cafe-12", Table("liste.csv", ("Nom", "E-mail", "Mise en relation"), rows))

    shown = proof(tools, "anne", tools.store.now())
    said = {(s.purpose, s.answer, s.means, s.detail, s.edition) for s in shown.standing.values()}
    assert said == {
        (Purpose.THANKS, Consent.GIVEN, Means.IMPORT, "liste.csv: E-mail", ""),
        (Purpose.INVITATIONS, Consent.GIVEN, Means.IMPORT, "liste.csv: E-mail", ""),
        (Purpose.INTRODUCTIONS, Consent.GIVEN, Means.IMPORT, "liste.csv: Mise en relation", "cafe-12"),
    }
    assert set(shown.wordings.values()) == {tools.registration, "Mise en relation"}
    assert shown.verdict.holds
    assert (
        answers(tools, "cafe-12", [Purpose.INTRODUCTIONS], ["bruno"])["bruno", Purpose.INTRODUCTIONS]
        is Consent.NOT_ASKED
    )


def test_what_stood_before_is_proved_after_a_change() -> None:
    tools = office()
    record(tools, [_said(Consent.GIVEN, Means.IMPORT)])
    before = tools.store.now()
    store_of(tools).set_clock(before + timedelta(days=1))
    record(tools, [_said(Consent.REFUSED, Means.PAGE)])

    then, now = proof(tools, "anne", before), proof(tools, "anne", tools.store.now())

    assert [s.answer for s in then.standing.values()] == [Consent.GIVEN]
    assert [s.answer for s in now.standing.values()] == [Consent.REFUSED]


def test_a_long_list_is_one_chain() -> None:
    tools = office()
    many = [Said(f"p{n}", Purpose.THANKS, Consent.GIVEN, FORM, Means.IMPORT) for n in range(1000)]

    assert len(record(tools, many)) == 1000

    verdict = verify(tools)
    assert verdict.holds
    assert verdict.links == 1000 > consents._CHUNK  # noqa: SLF001 - more than one call
