"""The circle says what one finds who compares everybody with every place of a text, over hostile names too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.everybody_compared import EverybodyCompared
from tests.mail.hostile import hostile
from tests.sample import cafe
from worker.domain.circle import Circle, Tale
from worker.domain.edition import Edition, Extract, Notes
from worker.domain.person import Guest, Person
from worker.domain.plain import is_one_word, plain, plain_words, plain_words_of_each, spoken, spoken_of_each
from worker.domain.run import APART, Run

#: Few words, so that names hold each other; and whatever parts or joins words, or looks like another letter.
_WORDS = ("Zoé", "ZOE", "Jean", "Martin", "L", "œuvre", "Bleu", "de\u0301sign", "Victoires", "日本")
_MARKS = (" ",) * 9 + ("-", "’", "\n", "\x1e", "_", " & ", ", ", "\u00ad", "\u200b\u00a0", "\u2028")
_DRAWN = 500


def phrase(random: Random, most: int) -> str:
    """Some of these words, a mark between each two."""
    words = random.choices(_WORDS, k=random.randint(0, most))
    return "".join(f"{word}{random.choice(_MARKS)}" for word in words).removesuffix(" ")


def somebody(random: Random, number: int) -> Guest:
    name = phrase(random, 4)
    first = random.choice([name.split(" ")[0], " ".join(name.split(" ")[:2]), phrase(random, 1)])
    subjects = [phrase(random, 3) for _ in range(3)]
    organisation = random.choice([phrase(random, 4), phrase(random, 4), random.choice(subjects), "en poste"])
    person = Person(f"p{number}", name, first, f"p{number}@example.org")
    return Guest(person, organisation=organisation, sector=subjects[0], interests=tuple(subjects[1:]))


def crowd(random: Random) -> list[Guest]:
    """Some of one name, or one organisation, or with somebody's name in theirs."""
    people = [somebody(random, number) for number in range(random.randint(2, 9))]
    first, second = people[:2]
    namesake = replace(first.person, id="namesake")
    related = replace(namesake, id="related", name=f"{second.person.first_name} {first.person.name}")
    colleague = replace(
        second, organisation=random.choice([first.organisation, f"{first.organisation} Bleu"])
    )
    people[1] = colleague
    return [*people, replace(second, person=namesake), replace(first, person=related)]


def said_of(random: Random, edition: Edition, people: Sequence[Guest]) -> str:
    """What is somebody's, whole or not, among other words."""
    told = [text for one in random.choices(people, k=2) for text in (one.person.name, one.organisation)]
    told += [text.partition(" ")[2] for text in told] + [extract.author for extract in edition.notes.extracts]
    return random.choice(_MARKS).join([*random.choices(told, k=2), phrase(random, 2)])


def around(random: Random, texts: Sequence[str]) -> tuple[Run, list[str]]:
    """Some words of these texts with slots between them, and what stands in the slots: of these texts, or nothing."""
    run, words = list[str | int](), [random.choice(["", "Zoé", "https://cafe.example.org/Jean-Martin", "-"])]
    for text in texts:
        for piece in re.split(random.choice([" (?=Z|J|B)", "$", "$"]), text):
            number = random.choice([0, len(words)])
            words += [piece] * (number > 0)
            said = spoken(piece)
            run += random.choice([said, [number], ["bonjour", number], [number, *said], [*said, number]])
        run.append(APART)
    return tuple(run), words


def heard(run: Run, words: Sequence[str]) -> list[str]:
    """The words of a run in their order; links are not among them."""
    values = [spoken(word) if "://" not in word else [] for word in words]
    return [word for part in run for word in ([part] if isinstance(part, str) else values[part])]


def quoting(author: str) -> Edition:
    return cafe(12, notes=Notes(ready=True, extracts=(Extract("Oser.", author),)))


@pytest.mark.parametrize("seed", range(2))
def test_what_is_told_is_what_comparing_everybody_finds(seed: int) -> None:
    random, seen = Random(seed), Counter[Tale | None]()  # noqa: S311 - invented people
    for _ in range(_DRAWN):
        people = crowd(random)
        listed = random.sample(people, random.randint(1, len(people)))
        edition = quoting(random.choice([people[0].person.name, phrase(random, 3)]))
        shared = random.choice(["", said_of(random, edition, people)])
        run, words = around(random, [said_of(random, edition, people) for _ in range(random.randint(0, 2))])
        may_tell = random.sample(people, random.randint(1, 3))

        found = Circle(edition, listed).betrayed(shared, run, words, may_tell)

        expected = EverybodyCompared(edition, listed).told(shared, [heard(run, words)], may_tell)
        assert (found is None) == (not expected)
        assert found is None or (found.tale, found.people) in expected
        seen[found.tale if found else None] += 1
    assert min(seen[Tale.NAME], seen[Tale.ORGANISATION], seen[None]) > _DRAWN // 20, seen


@given(st.lists(hostile(max_size=12) | st.randoms().map(lambda random: phrase(random, 4)), max_size=8))
def test_words_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    assert plain_words_of_each(texts) == [" ".join(plain_words(text)) for text in texts]
    assert spoken_of_each(texts) == [" ".join(spoken(text)) for text in texts]


@given(
    st.lists(
        st.tuples(st.sampled_from("aZéœŁ日 -_"), st.text("\u0301\u030c\u20d0\u00ad\u200b\ufeff", max_size=3))
    )
)
def test_what_is_not_said_is_taken_away_wherever_it_stands(signs: list[tuple[str, str]]) -> None:
    bare = "".join(sign for sign, _ in signs)

    assert plain("".join(sign + unsaid for sign, unsaid in signs)) == plain(bare)


def test_what_is_seen_at_once_to_be_one_word_is_one() -> None:
    letters = [chr(code) for code in range(0x3000) if is_one_word(chr(code))]

    assert len(letters) > 200
    assert [letter for letter in letters if len(spoken(f"{letter}a{letter}")) > 1] == []
    assert not any(map(is_one_word, ["", "-", "Jean-Luc", "Jean Luc", "L’", "\u0149a", "l\u0140l", "\ufdfa"]))


def test_whoever_is_on_the_list_is_known_as_the_list_has_them() -> None:
    person = Person("p1", "Zoé Martin", "Zoé", "zoe@example.org")
    victim = Guest(Person("p2", "Jean Blanc", "Jean", "jean@example.org"), organisation="Atelier Bleu & Fils")
    circle = Circle(cafe(12), [Guest(person, organisation="Ruche"), victim])
    reader = Guest(person, organisation="associée de Atelier Bleu & Fils")

    for who in (reader, replace(reader, organisation=victim.organisation)):
        assert circle.betrayed("", tuple(spoken(who.organisation)), [], [who]) is not None


def test_a_readers_longer_parts_are_theirs_also_where_somebody_is_called_so() -> None:
    reader = Guest(Person("p1", "Jean Luc Ben Ali", "Jean Luc", "jl@example.org"))
    others = [
        Guest(Person(f"p{n}", name, "", "x@example.org")) for n, name in enumerate(("Ben Ali", "Jean Luc"), 2)
    ]
    circle = Circle(cafe(12), [reader, *others])

    assert circle.betrayed("", tuple(spoken("Bonjour Jean-Luc, cher Ben Ali")), [], [reader]) is None
    assert circle.betrayed("", tuple(spoken("Bonjour Jean-Luc, cher Ben Ali")), [], others[:1]) is not None
