"""The two files that organizers and ops may change: what they mean, and what a mistake says."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from worker.adapters.schedule_files import read_chores, read_sequence
from worker.domain.errors import InvalidFile
from worker.domain.rule import parse_rule
from worker.domain.season import Season
from worker.domain.sequence import Audience, CalendarPart, Doubt, Gate, GateKind, Purpose, Step, Unless
from worker.domain.window import Hours

SCHEDULES = Path(__file__).parents[2] / "schedules"

MINIMAL = """\
[window]
opens = "08:00"
closes = "19:30"

[[steps]]
name = "thank-you"
when = "end + 3 h"
to = "present"
purpose = "thanks"
keep_for = "72 h"
"""


def written(folder: Path, text: str, name: str = "cafe.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def one_step(folder: Path, *, when: str = "end + 3 h", more: str = "") -> Step:
    text = MINIMAL.replace('when = "end + 3 h"', f'when = "{when}"') + more
    return read_sequence(written(folder, text)).steps[0]


def test_the_sequence_of_the_cafe_is_what_organizers_were_promised() -> None:
    cafe = read_sequence(SCHEDULES / "cafe.toml")

    assert (cafe.name, cafe.country, cafe.window) == ("cafe", "FR", Hours(time(8), time(19, 30)))
    assert [(step.name, str(step.at), step.in_doubt) for step in cafe.steps] == [
        ("thank-you", "end + 3 h", Doubt.HOLD),
        ("invitation", "J+1 working 09:00", Doubt.AGAIN),
        ("nudge", "J+3 09:00", Doubt.HOLD),
    ]


def test_the_invitation_of_the_cafe_carries_the_appointment_until_the_next_one_begins() -> None:
    invitation = read_sequence(SCHEDULES / "cafe.toml").step("invitation")

    assert invitation == Step(
        name="invitation",
        at=parse_rule("next working morning"),
        audience=Audience.INVITED,
        purpose=Purpose.INVITATIONS,
        keep_for=timedelta(days=60),
        until=parse_rule("next start"),
        in_doubt=Doubt.AGAIN,
        calendar=CalendarPart.REQUEST,
    )


def test_what_a_step_waits_for_may_be_said_in_a_sentence_or_in_keys(tmp_path: Path) -> None:
    sentence = (
        "end + 3 h, when presence is marked, at the latest J+2 18:00, "
        "when notes are ready, at the latest J+1 18:00"
    )
    keys = 'waits_for = ["notes", "presence"]\npresence_by = "J+2 18:00"\nnotes_by = "J+1 18:00"\n'

    said, listed = one_step(tmp_path, when=sentence), one_step(tmp_path, more=keys)

    assert said == listed
    assert said.gates == (
        Gate(GateKind.PRESENCE, parse_rule("J+2 18:00")),
        Gate(GateKind.NOTES, parse_rule("J+1 18:00")),
    )


def test_a_deadline_alone_is_enough_to_wait_and_waiting_alone_has_the_usual_deadline(tmp_path: Path) -> None:
    assert one_step(tmp_path, more='notes_by = "J+2 18:00"\n') == one_step(
        tmp_path, more='waits_for = ["notes"]\n'
    )


def test_french_days_and_small_letters_are_understood(tmp_path: Path) -> None:
    window = '[window]\ndays = ["Lundi", "tuesday"]\nholidays = "fr"'

    sequence = read_sequence(written(tmp_path, MINIMAL.replace("[window]", window)))

    assert (sequence.window.days, sequence.country) == (frozenset({0, 1}), "FR")


def test_answers_that_make_a_step_pointless_are_listed(tmp_path: Path) -> None:
    step = one_step(tmp_path, more='unless = ["declined", "replied"]\n')

    assert step.unless == (Unless.DECLINED, Unless.REPLIED)


@pytest.mark.parametrize(
    ("instead_of", "written_is", "sentence"),
    [
        ("keep_for", "kep_for", "line 10: steps.1.kep_for = '72 h': unknown key; did you mean keep_for?"),
        ('purpose = "thanks"\n', "", "line 5: steps.1.purpose: missing; write one of: thanks, invitations"),
        ('"present"', '"presnt"', "line 8: steps.1.to = 'presnt': did you mean present?"),
        ('"present"', '"organizers"', "line 8: steps.1.to = 'organizers': write one of: present, missed"),
        ('"thanks"', "3", "line 9: steps.1.purpose = 3: write one of"),
        ('"end + 3 h"', '"end + 3 moons"', "line 7: steps.1.when = 'end + 3 moons': count in min, h, days or weeks"),
        ('"end + 3 h"', "3", "line 7: steps.1.when = 3: write for example"),
        ('"72 h"', '"soon"', "line 10: steps.1.keep_for = 'soon': write a duration"),
        ('"72 h"', '"0 h"', "line 10: steps.1.keep_for = '0 h': write a duration"),
        ('"thank-you"', '"thank-you-2"', "line 6: steps.1.name = 'thank-you-2': write 2 to 12 small letters"),
        ('"thank-you"', '"much-too-long-a-name"', "line 6: steps.1.name = 'much-too-long-a-name': write 2 to 12"),
        ('"thank-you"', '"presence-due"', "line 6: steps.1.name = 'presence-due': this name is kept"),
        ('"08:00"', '"08:00+02:00"', "line 2: window.opens = '08:00+02:00': write an hour of the day"),
        ('"08:00"', "8", "line 2: window.opens = 8: write an hour of the day"),
        ('"19:30"', '"07:00"', "line 3: window.closes = '07:00': must be later than opens, which is 08:00"),
        ("[window]", "[widow]", "line 1: widow = {'opens': '08:00', 'closes': '19:30'}: unknown key"),
        ("[window]", "[window]\ndays = []", "line 2: window.days = []: write at least one day"),
        ("[window]", '[window]\ndays = ["mondy"]', "line 2: window.days = ['mondy']: did you mean monday?"),
        ("[window]", '[window]\ndays = ["ludi"]', "line 2: window.days = ['ludi']: did you mean lundi?"),
        ("[window]", '[window]\ndays = "monday"', "line 2: window.days = 'monday': write a list"),
        ("[window]", '[window]\nholidays = "France"', "line 2: window.holidays = 'France': write a country"),
        ("[[steps]]", "[steps]", "line 5: steps = "),
        ("72 h", '72 h"\nunless = ["angry"]\nlane = "urgent', "line 11: steps.1.unless = ['angry']: write one of"),
        ("72 h", '72 h"\nwaits_for = ["note"]\nlane = "urgent', "line 11: steps.1.waits_for = ['note']: did you"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_key_value_and_remedy(
    tmp_path: Path, instead_of: str, written_is: str, sentence: str
) -> None:
    path = written(tmp_path, MINIMAL.replace(instead_of, written_is, 1))

    with pytest.raises(InvalidFile) as refused:
        read_sequence(path)

    assert str(refused.value).startswith(f"cafe.toml, {sentence}")


def test_a_deadline_for_what_is_not_waited_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"line 12: steps\.1\.notes_by = .*`waits_for` does not name notes"):
        one_step(tmp_path, more='waits_for = ["presence"]\nnotes_by = "J+1 18:00"\n')


def test_a_step_says_only_once_what_it_waits_for(tmp_path: Path) -> None:
    sentence = "end, when notes are ready, at the latest J+1 18:00"

    with pytest.raises(InvalidFile, match=r"line 11: steps\.1\.presence_by = .*keep one of the two"):
        one_step(tmp_path, when=sentence, more='presence_by = "J+2 18:00"\n')


def test_two_steps_never_share_a_name(tmp_path: Path) -> None:
    again = MINIMAL[MINIMAL.index("[[steps]]") :]

    with pytest.raises(InvalidFile, match=r"line 12: steps\.2\.name = 'thank-you': two steps have this name"):
        read_sequence(written(tmp_path, MINIMAL + again))


def test_a_sequence_without_steps_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"cafe\.toml: steps: missing; write at least one table"):
        read_sequence(written(tmp_path, "[window]\n"))


def test_the_chores_of_the_house_are_readable() -> None:
    assert read_chores(SCHEDULES / "chores.toml").every == {
        "tick": 2.0,
        "watch": 60.0,
        "receive": 60.0,
        "feed": 600.0,
        "tidy": 86400.0,
    }


def test_an_older_file_of_chores_may_leave_out_what_came_later(tmp_path: Path) -> None:
    older = written(tmp_path, "tick = 2\nwatch = 60", "chores.toml")

    assert read_chores(older).every["receive"] == 60.0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("tick = 2\nwach = 60", "line 2: wach = 60: unknown key; did you mean watch?"),
        ("tick = 2", ": watch: missing; write a number of seconds"),
        ("tick = 0\nwatch = 60", ", line 1: tick = 0: write a number of seconds from 0.5 to 86400"),
        ("tick = true\nwatch = 60", ", line 1: tick = True: write a number"),
        ("tick = nan\nwatch = 60", ", line 1: tick = nan: write a number"),
        ('tick = 2\nwatch = "60"', ", line 2: watch = '60': write a number"),
    ],
)
def test_a_mistake_in_the_chores_is_named_likewise(tmp_path: Path, text: str, sentence: str) -> None:
    path = written(tmp_path, text, "chores.toml")

    with pytest.raises(InvalidFile) as refused:
        read_chores(path)

    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("words", "season"),
    [
        ('"august"', Season((8, 1), (8, 31))),
        ('["Août"]', Season((8, 1), (8, 31))),
        ('["février"]', Season((2, 1), (2, 29))),
        ('["24 December to 2 January"]', Season((12, 24), (1, 2))),
        ('["du 24 décembre au 1er janvier"]', Season((12, 24), (1, 1))),
        ('["1 August - 15 August"]', Season((8, 1), (8, 15))),
    ],
)
def test_a_sequence_rests_in_seasons(tmp_path: Path, words: str, season: Season) -> None:
    text = MINIMAL.replace("[window]\n", f"[window]\nclosed = {words}\n")

    assert read_sequence(written(tmp_path, text)).closed == (season,)


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        ('["summer"]', "write a month such as"),
        ('["31 April to 3 May"]', "april has no day 31"),
        ('["1 January to 15 December"]', "leave at least thirty days"),
        ("7", "write a list"),
    ],
)
def test_a_season_that_makes_no_sense_is_named(tmp_path: Path, words: str, remedy: str) -> None:
    text = MINIMAL.replace("[window]\n", f"[window]\nclosed = {words}\n")

    with pytest.raises(InvalidFile, match=remedy):
        read_sequence(written(tmp_path, text))
