"""Whose answer it is: tokens, secrets and addresses, true and false."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.mail.answering import IDENTITY, calendar, event_for, post_of
from tests.mail.read_mails import ANNE, BRUNO, BY_MAIL, CAFE, HERS, YES, mailed, read
from worker.domain.answer import Partstat
from worker.domain.facts import Facts
from worker.domain.inbound import ForAPerson, Why
from worker.mail.answers import calendar_uid


def test_case_is_not_looked_at_in_tokens_and_addresses() -> None:
    shouting = replace(HERS, uid=HERS.uid.upper(), attendee="ANNE@Example.org")

    assert mailed(shouting, replace(BY_MAIL, to=BY_MAIL.to.upper())) == YES


def test_a_uid_that_exchange_wrapped_is_unwrapped() -> None:
    wrapped = (
        "040000008200E00074C5B7101A82E008" + (b"vCal-Uid\x01\0\0\0" + HERS.uid.encode() + b"\0").hex().upper()
    )

    assert mailed(replace(HERS, uid=wrapped)) == YES


def test_each_secret_alone_is_enough() -> None:
    foreign_address = replace(BY_MAIL, to="bonjour@cafe.example.org")
    foreign_uid = replace(HERS, uid="0B0A0C@calendar.example.com")

    assert mailed(post=foreign_address) == YES
    assert mailed(foreign_uid) == replace(YES, meeting="")
    echoed = replace(foreign_uid, more=(f"ORGANIZER;CN=Café:MAILTO:{BY_MAIL.to}",))
    assert mailed(echoed, foreign_address) == replace(YES, meeting="")


@pytest.mark.parametrize("spoiled", ["", "x", "7f3c9a", "é"])
def test_a_forged_or_foreign_token_is_left_to_a_person(spoiled: str) -> None:
    foreign = replace(BY_MAIL, to=f"rsvp+{ANNE.person.id}.{spoiled}@cafe.example.org")
    uid = f"cafe-13.{ANNE.person.id}.{spoiled}@cafe.example.org"

    assert mailed(replace(HERS, uid=uid), foreign) == ForAPerson(Why.UNKNOWN_TOKEN)


def test_the_token_of_another_use_opens_nothing() -> None:
    token = BY_MAIL.to.partition("+")[2].partition("@")[0]

    assert mailed(replace(HERS, uid=f"{token}@x"), replace(BY_MAIL, to="a@b")) == ForAPerson(
        Why.UNKNOWN_TOKEN
    )


def test_an_invitation_given_again_is_told_by_its_own_uid() -> None:
    again = calendar_uid(IDENTITY, Facts(CAFE, ANNE, turn=2), "cafe-13")

    assert again.split("@")[0] != HERS.uid.split("@")[0]
    assert mailed(replace(HERS, uid=again)) == replace(YES, turn=2)
    forged = replace(HERS, uid=again.replace(".2.", ".3."))
    assert mailed(forged, replace(BY_MAIL, to="a@b")) == ForAPerson(Why.UNKNOWN_TOKEN)


def test_two_secrets_of_two_people_decide_nothing() -> None:
    assert mailed(post=post_of(CAFE, BRUNO)) == ForAPerson(Why.CONTRADICTION)
    assert mailed(replace(HERS, uid=event_for(CAFE, BRUNO).uid)) == ForAPerson(Why.CONTRADICTION)


def test_an_answer_of_somebody_else_to_my_invitation_is_left_to_a_person() -> None:
    forwarded = ForAPerson(Why.FORWARDED, "cafe-13", ANNE.person.id)

    assert mailed(replace(HERS, attendee="marc@example.org")) == forwarded
    both = replace(HERS, attendee="marc@example.org", more=("ATTENDEE;PARTSTAT=ACCEPTED:anne@example.org",))
    assert mailed(both) == YES


def test_another_time_is_proposed_to_a_person() -> None:
    assert mailed(method="COUNTER") == ForAPerson(Why.COUNTER, "cafe-13", ANNE.person.id)
    assert mailed(method="REFRESH") == ForAPerson(Why.ASKS_AGAIN, "cafe-13", ANNE.person.id)


def test_an_answer_about_one_date_of_a_series_is_left_to_a_person() -> None:
    once = replace(HERS, more=("RECURRENCE-ID:20270112T073000Z",))

    assert mailed(once) == ForAPerson(Why.ONE_INSTANCE, "cafe-13", ANNE.person.id)
    whole_too = calendar(once, replace(HERS, partstat=";PARTSTAT=DECLINED"))
    assert read(BY_MAIL.around(whole_too.encode())) == replace(YES, partstat=Partstat.DECLINED)
