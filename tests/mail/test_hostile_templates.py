"""Templates as somebody careless, curious or hostile writes them: each is refused with a sentence, at once."""

from __future__ import annotations

import time

import pytest

from tests.mail.letters import sources
from worker.domain.errors import InvalidFile
from worker.mail.rendering import Templates

FRONT = "subject: a\npreheader: b\n\nBonjour,\n\n"

OUT_OF_THE_SANDBOX = [
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ {}.__class__.__mro__ }}",
    "{{ 1.0.__class__ }}",
    "{{ guest | attr('name') }}",
    "{{ guest | attr('__init__') }}",
    "{{ guest['__' ~ 'class__'] }}",
    "{{ guest.get('__class__') }}",
    "{{ '{0.__class__}'.format(guest) }}",
    "{{ ('{0.__class__}' | attr('format'))(guest) }}",
    "{{ guest.get.__self__ }}",
    "{{ self }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__ }}",
    "{{ lipsum() }}",
    "{{ joiner() }}",
    "{{ config }}",
    "{{ request.application }}",
    "{{ caller() }}",
    "{{ guest.items() }}",
    "{{ guest.pop('name') }}",
    "{{ guest.get('name', **{}) }}",
    "{{ guest._name }}",
    "{{ guest.name | safe }}",
    "{{ guest | tojson }}",
    "{{ guest | pprint }}",
    "{{ guest }}",
    "{{ guest.get }}",
    "{% set guest.name = 1 %}",
    "{% include '_frame/footer.fr.md.j2' %}",
    "{% import '_frame/footer.fr.md.j2' as x %}",
    "{% from '_frame/footer.fr.md.j2' import x %}",
    "{% extends '_frame/footer.fr.md.j2' %}",
    "{% block x %}{% endblock %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% debug %}",
    "{% do guest.clear() %}",
]

WITHOUT_END = [
    "{{ 'a' * 10**9 }}",
    "{{ 10**10**10 }}",
    "{{ range(10**9) }}",
    "{{ 'a'.ljust(999999999) }}",
    "{{ 'a'.zfill(999999999) }}",
    "{{ '%999999999d' % 1 }}",
    "{{ 'a' | center(999999999) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% call m() %}{% endcall %}",
    "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{{ loop.cycle(1, 2) }}",
    "{% set n = namespace(a = 1) %}",
    "{% set a %}x{% endset %}",
    "{% filter upper %}a{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% if 1 %}{% set a = a + a %}{% endif %}" * 40 + "{{ a }}",
    "{% set a, b = 'aa', 'bb' %}" + "{% set a, b = a ~ b, b ~ a %}" * 40 + "{{ a }}",
    "{% set a = ['aaaaaaaaaa'] %}" + "{% set a = [a, a] %}" * 40 + "{{ a | join }}",
    "{% set a = 'a' %}" + "{% set a = [1, 2, 3, 4, 5] | join(a) %}" * 30 + "{{ a }}",
    "".join(f"{{% for a{n} in [1, 2, 3, 4, 5, 6, 7, 8, 9] %}}" for n in range(9)) + "x" + "{% endfor %}" * 9,
    "".join(f"{{% for a{n} in partners %}}" for n in range(9)) + "x" + "{% endfor %}" * 9,
    "".join(f"{{% for a{n} in 'aaaaaaaaaaaaaaaaaaaa' %}}" for n in range(9)) + "x" + "{% endfor %}" * 9,
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + "[" * 3000 + " }}",
    "{{ " + "not " * 5000 + "1 }}",
    "{{ " + "1 + " * 4000 + "1 }}",
    "{{ a" + ".b" * 4000 + " }}",
    "{% if 1 %}" * 300 + "x" + "{% endif %}" * 300,
    "{{ " + "9" * 5000 + " }}",
    "a" * 200_000,
]

BROKEN = [
    "{{ guest.name",
    "{% if %}",
    "{% if guest.name %}x",
    "{% endfor %}",
    "{% trans %}x{% endtrans %}",
    "{% raw %}{{ x }}{% endraw %}",
    "{{ 1 / 0 }}",
    "{{ None }}",
    "{{ guest.nom }}",
    "{{ gest.name }}",
    "{{ guest.name | uper }}",
    "{% if guest.name is lovely %}x{% endif %}",
    "{% for x in 3 %}x{% endfor %}",
    "a\x00b",
    "a\x1b[31mb",
]


def letter(body: str) -> dict[str, str]:
    frame = {name: text for name, text in sources().items() if name.startswith("_frame/")}
    return {**frame, "fr/farewell.md.j2": f"{FRONT}{body}\n"}


@pytest.mark.parametrize("body", [*OUT_OF_THE_SANDBOX, *WITHOUT_END, *BROKEN], ids=lambda body: body[:40])
def test_it_is_refused_at_once_with_its_file_and_a_sentence(body: str) -> None:
    began = time.process_time()

    with pytest.raises(InvalidFile) as refused:
        Templates(letter(body))

    assert refused.value.file == "templates/fr/farewell.md.j2"
    assert refused.value.line in {None, 6, 7}
    assert 10 < len(str(refused.value)) < 500
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "body",
    [
        "{% set greeting = 'Bonjour ' ~ (guest.first_name or 'vous') %}{{ greeting }}",
        "{% for partner in partners %}{% for interest in partner.shared %}{{ interest }} {% endfor %}{% endfor %}ok",
        "{{ edition.number + 1 }} {{ edition.title | upper }} {{ partners | length }}",
        "{{ {'first': 'un', 'second': 'deux'}.get(loyalty, 'plus') }}",
        "{{ guest.first_name if guest.first_name else 'vous' }}",
        "<script>alert(1)</script> <img src=https://example.org/x.png>",
    ],
)
def test_what_an_organizer_needs_is_there(body: str) -> None:
    Templates(letter(body))


FRAME_FLAWS = [
    ("_frame/frame.html.j2", "<body>", '<body><img src="https://example.org/pixel.png">'),
    ("_frame/frame.html.j2", "<body>", "<body><script>alert(1)</script>"),
    ("_frame/frame.html.j2", "<body>", '<body background="https://example.org/x.png">'),
    ("_frame/frame.html.j2", "<body>", '<body onload="x()">'),
    ("_frame/frame.html.j2", "<style>", '<link rel="stylesheet" href="https://example.org/x.css"><style>'),
    ("_frame/frame.html.j2", "<style>", '<meta http-equiv="refresh" content="0"><style>'),
    ("_frame/frame.html.j2", "{{ subject }}", "{{ subject.__class__ }}"),
    ("_frame/frame.html.j2", "{{ subject }}", "{{ subject * 10**9 }}"),
    ("_frame/frame.html.j2", "{{ subject }}", "{{ sujet }}"),
    ("_frame/frame.html.j2", "{{ footer }}", ""),
    ("_frame/frame.css", "body {", "@import 'https://example.org/x.css';\nbody {"),
    ("_frame/frame.css", "body {", "body { background: url(https://example.org/x.png);"),
    ("_frame/media.css", "@media", "</style><script>@media"),
    ("_frame/footer.fr.md.j2", "{{ links.unsubscribe }}", "{{ links.unsubscribe.__class__ }}"),
]


@pytest.mark.parametrize(("file", "stands", "instead"), FRAME_FLAWS)
def test_a_frame_that_would_fetch_run_or_hide_something_is_refused(
    file: str, stands: str, instead: str
) -> None:
    texts = sources()
    assert stands in texts[file]

    with pytest.raises(InvalidFile, match=f"templates/{file}"):
        Templates({**texts, file: texts[file].replace(stands, instead)})
