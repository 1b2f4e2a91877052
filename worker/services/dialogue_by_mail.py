"""Answers about introductions that come as a mail: « oui », "not yet", the names of people met."""

from __future__ import annotations

from worker.domain.dialogue import SILENCE, Met, Said, Voice, is_open
from worker.domain.edition import Edition
from worker.domain.follow_ups import INTRODUCED, MET, MET_AGAIN, RESTING
from worker.domain.inbound import Why
from worker.domain.message import MessageKey
from worker.domain.sayings import Saying, needs_reading, numbers_meant, saying, wants_a_break
from worker.domain.sequence import Audience
from worker.ports.mailroom import Folder
from worker.services.campaign import reschedule
from worker.services.dialogue import answer, answer_whether_met, come_back, rest
from worker.services.heard import Heard, TakenIn
from worker.services.keeping_aside import keep_aside
from worker.services.people_met import note_people_met
from worker.services.tools import Tools

_SAID = {Saying.YES: Said.YES, Saying.NO: Said.NO}
_MET = {Saying.YES: Met.YES, Saying.NOT_YET: Met.NOT_YET, Saying.NO: Met.NO}


def listen(tools: Tools, heard: Heard) -> TakenIn | None:
    """None where it answers no question of ours, or does not say what. The same mail once more changes nothing.

    The mail must come from the person's own address: a yes lets names out, and mails are passed on.
    """
    edition = tools.store.edition(heard.edition) if heard.edition else None
    if edition is None or not heard.person or heard.wrote.claimed != heard.person:
        return None
    voice = tools.store.voices(edition.id, [heard.person]).get(heard.person, SILENCE)
    question = _question(tools, edition, heard.wrote.about, voice)
    if question is None or not _took(tools, edition, heard, question):
        return None
    if needs_reading(heard.wrote.words):
        meeting = edition.next.id if edition.next else ""
        return keep_aside(tools, heard.mail, heard.raw, Why.WORDS, meeting=meeting, person=heard.person)
    return TakenIn(Folder.DONE)


def _question(tools: Tools, edition: Edition, about: MessageKey | None, voice: Voice) -> str | None:
    """Which of our questions a mail answers: the step of the message it names, else the only one that is open."""
    if about is not None:
        known = tools.sequence(edition.sequence).step(about.step_name)
        asks = known is not None and known.audience is Audience.INTRODUCED
        return "ask" if asks else about.step_name
    asked = is_open(voice, edition.meeting.zone, tools.store.now()) and set(voice.asked) - set(voice.told)
    open_ones = [*(["ask"] if asked else []), *([MET.name] if voice.told and voice.met is None else [])]
    return open_ones[0] if len(open_ones) == 1 else None


def _took(tools: Tools, edition: Edition, heard: Heard, question: str) -> bool:
    words = heard.wrote.words
    said = saying(words)
    if question in {"ask", INTRODUCED.name, MET.name, MET_AGAIN.name} and wants_a_break(words):
        return _takes_a_break(tools, edition, heard.person)
    if question == "ask":
        return said in _SAID and bool(
            answer(tools, edition.id, heard.person, _SAID[said], numbers_meant(words))
        )
    if question == RESTING.name:
        return said is Saying.YES and _comes_back(tools, edition, heard.person)
    if question not in {MET.name, MET_AGAIN.name}:
        return False
    noted = note_people_met(tools, edition, heard.person, words)
    return (said in _MET and answer_whether_met(tools, edition.id, heard.person, _MET[said])) or noted


def _takes_a_break(tools: Tools, edition: Edition, person: str) -> bool:
    rest(tools, edition, person)
    reschedule(tools, edition.id)
    return True


def _comes_back(tools: Tools, edition: Edition, person: str) -> bool:
    come_back(tools, edition, person)
    return True
