"""The one way an answer about an introduction comes in, whoever carries it: page, mail or command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from worker.domain.dialogue import SILENCE, Met, Proposal, Said, Voice, is_open, proposals
from worker.domain.edition import Edition
from worker.domain.errors import Refused
from worker.domain.follow_ups import FOLLOW_UP_STEPS, Talk, follow_ups, introduced_key, keys_wanted
from worker.domain.ledger import Policy, Record
from worker.domain.person import Guest
from worker.domain.plan import Plan, Unwanted
from worker.domain.reason import Reason
from worker.domain.rest import AWAKE, Rest
from worker.services.introductions import here_now
from worker.services.setting import known_edition, policies_of
from worker.services.tools import Tools, window


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one person may see of their introductions in one edition: their own part, and names they were given."""

    edition: Edition
    guest: Guest
    proposals: tuple[Proposal, ...]
    told: tuple[Guest, ...]
    met: Met | None
    rest: Rest


def conversation(tools: Tools, edition_id: str, person: str) -> Conversation | None:
    """Their side of it; None for somebody who is not on the list. Changes nothing."""
    edition, guest = (
        tools.store.edition(edition_id),
        tools.store.guests(edition_id, [person]).get(person),
    )
    if edition is None or guest is None:
        return None
    voice = tools.store.voices(edition_id, [person]).get(person, SILENCE)
    return Conversation(
        edition,
        guest,
        proposals(voice, edition.meeting.zone, tools.store.now()),
        tuple(here_now(tools, edition, voice.told).values()) if voice.told else (),
        voice.met,
        tools.store.rests(edition.series.id, [person]).get(person, AWAKE),
    )


def answer(
    tools: Tools, edition_id: str, person: str, said: Said, numbers: Iterable[int] = ()
) -> tuple[int, ...]:
    """Keep what this person says of these proposals, all of them without numbers; gives those that it speaks of.

    One that is over is none of them; of one whose name has left, nothing changes. After the second yes both mails are
    planned at once; planned again they change nothing, so whoever died between the two steps is made good by the next
    call, or by `watch`.
    """
    edition = known_edition(tools.store, edition_id)
    voice = tools.store.voices(edition_id, [person]).get(person, SILENCE)
    waits = is_open(voice, edition.meeting.zone, tools.store.now())
    wanted = set(numbers) or {asked.number for asked in voice.asked.values()}
    meant = {asked.number: other for other, asked in voice.asked.items() if asked.number in wanted}
    known = {number: other for number, other in meant.items() if waits or other in voice.told}
    for other in known.values():
        _hear(tools, edition, person, other, said)
    return tuple(sorted(known))


def _hear(tools: Tools, edition: Edition, person: str, other: str, said: Said) -> None:
    both = tools.store.hear(edition.id, person, other, said)
    voice = tools.store.voices(edition.id, [person])[person]
    if both:
        plan_follow_ups(tools, edition, {person, other})
    elif said is Said.NO and other not in voice.told:
        _take_back(tools, edition, person, other)


def _take_back(tools: Tools, edition: Edition, person: str, other: str) -> None:
    """What was planned after a yes that is none any more; where nothing was, nothing is written."""
    voices = tools.store.voices(edition.id, [person, other])
    keys = [
        introduced_key(edition.id, one, voices[one].asked[two].number)
        for one, two in ((person, other), (other, person))
        if one in voices and two in voices[one].asked
    ]
    drop = tuple(Unwanted(record.key, Reason.WITHDRAWN) for record in tools.store.records_of(keys))
    if drop:
        tools.store.plan(Plan(edition.id, drop), _policies(edition), reason=Reason.REPLANNED)


def answer_by_hand(
    tools: Tools, edition_id: str, person: str, said: Said, numbers: Iterable[int] = ()
) -> None:
    """As told to an organizer; Refused when nothing of the kind waits for this person's answer."""
    if not answer(tools, edition_id, person, said, numbers):
        raise Refused("nothing waits for an answer of this person: see apres introduce plan, apres why")


def answer_whether_met(tools: Tools, edition_id: str, person: str, met: Met) -> bool:
    """Keep whether they met; False when they were given no name. A "not yet" is asked once more."""
    edition = known_edition(tools.store, edition_id)
    voice = tools.store.voices(edition_id, [person]).get(person, SILENCE)
    if not voice.told:
        return False
    tools.store.hear_of_meeting(edition_id, person, met)
    plan_follow_ups(tools, edition, {person})
    return True


def rest(tools: Tools, edition: Edition, person: str) -> None:
    """Introduce them to nobody until they come back; their own wish."""
    known = tools.store.rests(edition.series.id, [person]).get(person, AWAKE)
    if known.since is None:
        tools.store.save_rest(edition.series.id, person, replace(known, since=tools.store.now(), edition=""))


def come_back(tools: Tools, edition: Edition, person: str) -> None:
    """From the next plan on they are introduced again, and earlier silence is forgotten."""
    tools.store.save_rest(edition.series.id, person, Rest(back=tools.store.now()))


def plan_follow_ups(tools: Tools, edition: Edition, people: set[str]) -> None:
    """Write what these people are to get now into the plan, and nothing else."""
    drawn = tuple(follow_ups(talk_of(tools, edition, people)))
    tools.store.plan(Plan(edition.id, drawn), _policies(edition), reason=Reason.REPLANNED)


def is_somebody_unfollowed(tools: Tools, edition_id: str, records: Iterable[Record]) -> bool:
    """Whether an answer was heard whose mail nobody planned: whoever heard it did not finish."""
    planned = {record.key for record in records}
    wanted = (
        key
        for person, voice in tools.store.voices(edition_id).items()
        for key in keys_wanted(edition_id, person, voice)
    )
    return any(key not in planned for key in wanted)


def talk_of(tools: Tools, edition: Edition, people: set[str]) -> Talk:
    """What planning must know to follow up these people and those who were described to them."""
    voices = tools.store.voices(edition.id, people)
    others = {other for voice in voices.values() for other in _near(voice)}
    here = here_now(tools, edition, people | others)
    guests = tools.store.guests(edition.id, people)
    return Talk(
        edition=edition,
        guests=here | {person: guest for person, guest in guests.items() if person not in here},
        voices=voices,
        opens=window(tools, edition).first_open,
        now=tools.store.now(),
        barred=frozenset(guests) - frozenset(here),
    )


def _near(voice: Voice) -> set[str]:
    return {*voice.made, *voice.told}


def _policies(edition: Edition) -> dict[str, Policy]:
    return policies_of(edition, FOLLOW_UP_STEPS.values())
