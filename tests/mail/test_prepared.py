"""Whole mails from prepared frames: the bytes of mails made from the start, whoever was written to before."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mail.hostile import hostile
from tests.mail.letters import ours, unprepared
from tests.mail.test_compose import AT, LOCAL, WITH_PAGES
from tests.sample import cafe, guest
from worker.adapters.smtp_envelope import FINAL_DOT, transparent, travelling
from worker.domain.edition import Edition, Extract, Notes, Venue
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.person import Guest, Presence
from worker.mail.compose import LetterWriter

STEPS = ("thank-you", "invitation", "nudge", "ask-presence")
IDENTITIES = (LOCAL, WITH_PAGES)
WRITERS = [(LetterWriter(identity, ours()), unprepared(identity)) for identity in IDENTITIES]
TEXT = hostile(max_size=40) | st.sampled_from(
    (
        "",
        "Zoé",
        "%s %b %(x)s %",
        "=_",
        "--=_0",
        "{{ x }}",
        "<b>",
        '"a"^',
        "ß",
        "日本語の名前",
        "👩🏽‍🚀",
        "x" * 300,
    )
)


def named(name: str, language: str = "fr") -> Guest:
    someone = guest("Zoe", presence=Presence.PRESENT, language=language)
    return replace(someone, person=replace(someone.person, name=name, first_name=name))


def of_words(title: str, venue: str, host: str, said: str) -> Edition:
    known = cafe(12, notes=Notes(ready=True, extracts=(Extract(f"Dit {said}", said),)))
    assert known.next is not None
    following = replace(known.next, title=title, venue=Venue(f"Bar {venue}", venue))
    return replace(known, organizers=(replace(known.host, name=f"Paule {host}"),), next=following)


@settings(deadline=None)
@given(
    st.sampled_from(WRITERS), st.sampled_from(STEPS), st.builds(named, TEXT, st.sampled_from(("fr", "en", "xx"))),
    st.builds(of_words, TEXT.map("T {}".format), TEXT, TEXT, TEXT), st.integers(0, 5), st.integers(0, 9),
)  # fmt: skip
def test_any_mail_is_the_bytes_of_one_made_from_the_start(
    writers: tuple[LetterWriter, LetterWriter],
    step: str,
    who: Guest,
    edition: Edition,
    visits: int,
    minutes: int,
) -> None:
    facts = Facts(edition, who, visits, (guest("Ana"), replace(who, sector="x")))
    key, at = MessageKey("cafe-12", step, "zoe"), AT + timedelta(minutes=minutes)
    prepared, plain = (writer.compose(key, facts, at) for writer in writers)

    assert prepared == plain
    assert b"".join(travelling(prepared)) == transparent(prepared.content) + FINAL_DOT
    assert prepared.content.isascii()
    assert max(map(len, prepared.content.split(b"\r\n"))) <= 998


def test_in_whatever_order_people_are_written_to_each_gets_their_own_mail() -> None:
    edition = cafe(12)
    people = {name.lower(): guest(name, presence=Presence.PRESENT) for name in ("Ana", "Boris", "Cleo")}
    work = [
        (MessageKey("cafe-12", step, who), Facts(edition, people[who], letter=letter))
        for step, letter in ((step, "host" if step == "nudge" else "") for step in STEPS)
        for who in people
    ]
    fresh = {key: LetterWriter(WITH_PAGES, ours()).compose(key, facts, AT) for key, facts in work}

    for order in permutations(people):
        writer = LetterWriter(WITH_PAGES, ours())
        for key, facts in sorted(work, key=lambda pair: order.index(pair[0].person)) * 2:
            assert writer.compose(key, facts, AT) == fresh[key]
            assert not re.search(
                rb"(?i)boris|cleo" if key.person == "ana" else rb"(?i)ana@", fresh[key].content
            )


def test_a_changed_edition_moment_or_kind_gives_new_bytes_at_once() -> None:
    writer, plain = WRITERS[1]
    key, facts = MessageKey("cafe-12", "invitation", "zoe"), Facts(cafe(12), named("Zoé"))
    series = replace(facts.edition.series, name="Café d’en face")
    changed = replace(facts, edition=replace(facts.edition, series=series))

    for known, at in ((facts, AT), (changed, AT), (facts, AT + timedelta(days=1)), (facts, AT)):
        assert writer.compose(key, known, at) == plain.compose(key, known, at)
