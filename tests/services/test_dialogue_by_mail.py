"""« Oui », in reply to the question: read, kept, and never taken for what it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.enlisted import enlist
from tests.services.dialogues import DAY, asked, came, deliver_until, later
from tests.services.office import states
from worker.domain.dialogue import Met, Said
from worker.domain.inbound import Why
from worker.domain.rest import Rest
from worker.ports.mailroom import Folder
from worker.services.answering import take_in
from worker.services.dialogue import answer
from worker.services.tools import Tools

QUOTED = (
    "\r\n\r\nLe ven. 11 déc. 2026 à 09:00, Café <bonjour@cafe.example.org> a écrit :\r\n"
    "> Oui ou non ?\r\n> non\r\n"
)


def reply(text: str, person: str = "anne", *, sender: str = "", to: str = "", about: str = "nudge") -> bytes:
    """What this person's mail program sends back in answer to a mail of ours."""
    head = [
        f"From: {sender or person}@example.org",
        f"To: {to or f'rsvp+{person}@cafe.example.org'}",
        "Subject: Re: Aimeriez-vous faire connaissance ?",
        f"Message-ID: <{abs(hash((text, person, sender, about)))}@example.org>",
        "Content-Type: text/plain; charset=utf-8",
    ]
    if about:
        head.append(f"In-Reply-To: <cafe-12.{about}.{person}@cafe.example.org>")
    return "\r\n".join([*head, "", text + QUOTED]).encode()


def said(tools: Tools, person: str = "anne") -> dict[str, Said]:
    return dict(tools.store.voices("cafe-12")[person].said)


@pytest.mark.parametrize(
    ("text", "word"),
    [("Oui, avec plaisir", Said.YES), ("non merci", Said.NO), ("Yes please", Said.YES), ("No", Said.NO)],
)
def test_a_word_in_reply_is_the_answer_and_the_quoted_text_is_none(text: str, word: Said) -> None:
    tools, _ = asked("Anne", "Bruno")

    assert take_in(tools, reply(text)).folder is Folder.DONE
    assert take_in(tools, reply(text)).folder is Folder.DONE

    assert said(tools) == {"bruno": word}


def test_two_words_in_reply_make_an_introduction_once() -> None:
    tools, _ = asked("Anne", "Bruno")
    for _ in range(2):
        for person in ("anne", "bruno"):
            take_in(tools, reply("Oui", person))
    deliver_until(tools, "introduced")
    take_in(tools, reply("Oui", "bruno"))

    assert states(tools)["introduced-1.anne"] == "sent accepted"
    assert states(tools)["introduced-1.bruno"] == "sent accepted"


def test_the_address_alone_tells_who_and_the_only_open_question_what() -> None:
    tools, _ = asked("Anne", "Bruno")

    take_in(tools, reply("oui", about=""))

    assert said(tools) == {"bruno": Said.YES}


def test_the_message_alone_tells_who_when_it_comes_from_their_address() -> None:
    tools, _ = asked("Anne", "Bruno")

    take_in(tools, reply("oui", to="paule@cafe.example.org"))

    assert said(tools) == {"bruno": Said.YES}


@pytest.mark.parametrize(
    "mail",
    [
        lambda: reply("Oui mais pas avant mars"),
        lambda: reply("Qui est-ce ?"),
        lambda: reply("Oui", sender="somebody"),
        lambda: reply("Oui", sender="bruno"),
        lambda: reply("Oui", about="thank-you"),
        lambda: reply("Oui", to="paule@cafe.example.org", sender="somebody"),
        lambda: reply("Pas encore"),
    ],
    ids=["hedged", "question", "stranger", "the other", "thank-you", "forged", "not yet"],
)
def test_what_is_no_answer_goes_to_a_person(mail: Callable[[], bytes]) -> None:
    tools, _ = asked("Anne", "Bruno")

    assert take_in(tools, mail()).folder is Folder.ASIDE

    assert said(tools) == {}
    assert [one.why for one in tools.store.kept_aside()] == [Why.WORDS]


def test_a_yes_with_more_to_read_is_kept_and_read_by_somebody_too() -> None:
    tools, _ = asked("Anne", "Bruno")

    taken = take_in(tools, reply("Oui. Est-ce que Claire viendra au prochain Café ?"))

    assert (taken.folder, said(tools)) == (Folder.ASIDE, {"bruno": Said.YES})


def test_stop_is_stop_whatever_was_asked() -> None:
    tools, _ = asked("Anne", "Bruno")

    take_in(tools, reply("Stop"))

    assert said(tools) == {}
    assert tools.store.standing(["print-anne@example.org/all"])


def test_one_of_two_may_be_meant() -> None:
    tools, said_in_mails = asked("Anne", "Bruno", "Clara")
    [asking] = [facts for facts in said_in_mails if facts.guest.person.id == "anne" and facts.letter == "ask"]
    assert len(asking.described) == 2

    take_in(tools, reply("Oui pour la seconde"))

    other = tools.store.voices("cafe-12")["anne"].numbered(2)
    assert said(tools) == {other: Said.YES}


def test_too_late_is_left_to_a_person() -> None:
    tools, _ = asked("Anne", "Bruno")
    later(tools, 9 * DAY)

    assert take_in(tools, reply("Oui")).folder is Folder.ASIDE
    assert said(tools) == {}


def test_whether_they_met_and_whom_else_in_one_answer() -> None:
    tools, _ = asked("Anne", "Bruno")
    for person in ("anne", "bruno"):
        answer(tools, "cafe-12", person, Said.YES)
    enlist(
        tools,
        "cafe-12",
        [replace(came("Zoe"), person=replace(came("Zoe").person, name="Zoé Tissier", first_name="Zoé"))],
    )
    deliver_until(tools, "met")

    take_in(tools, reply("Pas encore. Mais j’ai revu Zoé.", about="met"))

    assert tools.store.voices("cafe-12")["anne"].met is Met.NOT_YET
    assert tools.store.wishes(["cafe-12"]) == {("anne", "zoe")}
    assert "met-again.anne" in states(tools)


def test_a_yes_to_the_rest_brings_introductions_back() -> None:
    tools, _ = asked("Anne", "Bruno")
    tools.store.save_rest("cafe", "anne", Rest(tools.store.now(), "cafe-12"))

    take_in(tools, reply("Oui", about="resting"))

    assert tools.store.rests("cafe", ["anne"])["anne"].since is None


@pytest.mark.parametrize(
    "text", ["pause", "Une pause, s’il vous plaît.", "Oui, faire une pause", "I would like a break"]
)
def test_a_pause_can_be_asked_for_in_a_word(text: str) -> None:
    tools, _ = asked("Anne", "Bruno")
    answer(tools, "cafe-12", "bruno", Said.YES)

    assert take_in(tools, reply(text)).folder is Folder.DONE

    assert tools.store.rests("cafe", ["anne"])["anne"].since is not None
    assert said(tools) == {}


@pytest.mark.parametrize("text", ["Oui pour une pause café", "Pas de pause", "Une pause ?"])
def test_what_only_speaks_of_a_pause_is_left_to_a_person(text: str) -> None:
    tools, _ = asked("Anne", "Bruno")

    assert take_in(tools, reply(text)).folder is Folder.ASIDE

    assert said(tools) == {}
    assert "anne" not in tools.store.rests("cafe", ["anne"])
