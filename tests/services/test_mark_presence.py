"""A pasted note, on memory twins: all of it or nothing, and what follows for the mails."""

from __future__ import annotations

import pytest

from tests.sample import guest
from tests.services.office import office, opened, states
from worker.domain.attendance_note import Question, Unclear
from worker.domain.errors import Refused
from worker.domain.person import Consent, Presence
from worker.services.campaign import arm
from worker.services.mark_presence import mark_presence
from worker.services.question_words import question_words
from worker.services.tools import Tools

NOTE = "présents sauf Bruno, + Paul Roy paul@example.org"


def open_office() -> Tools:
    tools = office()
    opened(tools, guest("Anne", introduced=Consent.GIVEN), guest("Bruno"))
    return tools


def presences(tools: Tools) -> dict[str, Presence]:
    return {person: known.presence for person, known in tools.store.guests("cafe-12").items()}


def test_a_clear_note_is_saved_whole() -> None:
    tools = open_office()

    report = mark_presence(tools, "cafe-12", NOTE)

    assert presences(tools) == {"anne": Presence.PRESENT, "bruno": Presence.ABSENT, "paul": Presence.PRESENT}
    assert report.marks == {"anne": Presence.PRESENT, "bruno": Presence.ABSENT}
    assert [added.person.id for added in report.added] == ["paul"]


def test_a_mark_leaves_the_rest_of_the_guest_alone() -> None:
    tools = open_office()

    mark_presence(tools, "cafe-12", NOTE)

    assert tools.store.guests("cafe-12")["anne"] == guest(
        "Anne", presence=Presence.PRESENT, introduced=Consent.GIVEN
    )


def test_a_newcomer_is_a_guest_in_the_language_of_the_edition_who_was_never_asked() -> None:
    tools = open_office()

    [paul] = mark_presence(tools, "cafe-12", NOTE).added

    assert (paul.person.name, paul.person.first_name) == ("Paul Roy", "Paul")
    assert (paul.person.address, paul.person.language) == ("paul@example.org", "fr")
    assert paul.introduced is Consent.NOT_ASKED


def test_one_question_and_nothing_is_saved() -> None:
    tools = open_office()

    report = mark_presence(tools, "cafe-12", "absents : Bruno, Wolfgang\n+ Paul Roy paul@example.org")

    assert presences(tools) == {"anne": Presence.UNKNOWN, "bruno": Presence.UNKNOWN}
    assert (report.marks, report.added) == ({}, ())
    assert [question.why for question in report.questions] == [Unclear.NOT_ON_LIST]


def test_saying_it_again_changes_nothing() -> None:
    tools = open_office()
    mark_presence(tools, "cafe-12", NOTE)
    before = tools.store.guests("cafe-12")

    again = mark_presence(tools, "cafe-12", NOTE)

    assert tools.store.guests("cafe-12") == before
    assert again.added == ()


def test_an_armed_campaign_follows_the_note() -> None:
    tools = open_office()
    arm(tools, "cafe-12")

    mark_presence(tools, "cafe-12", NOTE)

    thanks = {key: state for key, state in states(tools).items() if key.startswith("thank-you")}
    assert thanks == {
        "thank-you.anne": "scheduled replanned",
        "thank-you.bruno": "skipped absent",
        "thank-you.paul": "scheduled replanned",
    }


def test_an_edition_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused, match="cafe-99"):
        mark_presence(office(), "cafe-99", NOTE)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "« Brunno X » n’est pas sur la liste : écrivez le nom comme il y est, ou « + » devant"),
        ("en", '"Brunno X" is not on the list: write the name as it stands there, or "+" before'),
    ],
)  # fmt: skip
def test_a_question_is_a_sentence_with_its_remedy(language: str, sentence: str) -> None:
    tools = open_office()
    [question] = mark_presence(tools, "cafe-12", "absents : Brunno X").questions

    asked = question_words(question, language)

    assert asked.startswith(sentence)
    assert asked.endswith("Bruno Test <bruno@example.org>.")


@pytest.mark.parametrize("why", Unclear)
def test_every_question_can_be_asked_in_both_languages(why: Unclear) -> None:
    question = Question(why, "Luc")

    asked = {question_words(question, language) for language in ("fr", "en")}

    assert len(asked) == 2
