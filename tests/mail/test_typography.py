"""What a careful typesetter does, and what a program must leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.mail.typography import for_header, typeset

# In the tables, "_" is U+202F (narrow) and "~" is U+00A0 (fixed).
FRENCH = """
Bonjour ! => Bonjour_!
Bonjour! => Bonjour_!
Vraiment ? => Vraiment_?
Vraiment? => Vraiment_?
Quoi ?! => Quoi_?!
Quoi?! => Quoi_?!
Quoi ?? => Quoi_??
oui ; non => oui_; non
oui; non => oui_; non
ceci : cela => ceci~: cela
ceci: cela => ceci~: cela
ceci : => ceci~:
ceci: => ceci~:
« mot » => «_mot_»
«mot» => «_mot_»
« mot » ? => «_mot_»_?
« mot »? => «_mot_»_?
« Vraiment ? » => «_Vraiment_?_»
« Vraiment? » => «_Vraiment_?_»
« mot » : suite => «_mot_»~: suite
« *mot* » => «_*mot*_»
(vraiment ?) => (vraiment_?)
(vraiment?) => (vraiment_?)
**vraiment ?** => **vraiment_?**
**Note :** suite => **Note~:** suite
[Oui ?](https://x.example/?a=b) => [Oui_?](https://x.example/?a=b)
Fin… ! => Fin…_!
Fin…! => Fin…_!
… => …
Attendez... => Attendez…
Attendez... ? => Attendez…_?
..... => .....
l'avis => l’avis
aujourd'hui => aujourd’hui
L'École => L’École
d'« ici » => d’«_ici_»
l'*avis* => l’*avis*
l'[avis](https://x.example) => l’[avis](https://x.example)
qu'elle n'a => qu’elle n’a
5'10 => 5'10
'mot => 'mot
8 h 30 => 8~h~30
8h30 => 8~h~30
8 h => 8~h
8h => 8~h
de 8 h 30 à 10 h. => de 8~h~30 à 10~h.
8 h 30 : accueil => 8~h~30~: accueil
à 8 h 30 ? => à 8~h~30_?
24 h/24 => 24~h/24
25h30 => 25h30
8h75 => 8h75
3 hommes => 3 hommes
12h30min => 12h30min
20 novembre => 20~novembre
1er janvier => 1er~janvier
mardi 8 décembre 2026 => mardi 8~décembre 2026
le 5 Mai => le 5~Mai
5 maisons => 5 maisons
M. Dupont => M.~Dupont
MM. Dupont et Roy => MM.~Dupont et Roy
Mme Roy => Mme~Roy
Mmes Roy => Mmes~Roy
Mlle Roy => Mlle~Roy
Dr Roy => Dr~Roy
Pr Roy => Pr~Roy
M. le maire => M. le maire
n° 12 => n°~12
n°12 => n°~12
N° 12 => N°~12
p. 12 => p.~12
art. 5 => art.~5
10 000 => 10_000
1 234 567 => 1_234_567
10 000 personnes => 10_000~personnes
12345 678 => 12345 678
50 % => 50~%
50% => 50~%
20 € => 20~€
20 minutes => 20~minutes
20 min => 20~min
38 personnes => 38~personnes
2 km => 2~km
20 minutieux => 20 minutieux
https://x.example/a?b=c;d!e => https://x.example/a?b=c;d!e
Voir https://x.example ! => Voir https://x.example_!
Voir https://x.example. => Voir https://x.example.
http://x.example/l'avis => http://x.example/l'avis
www.example.org/a:b => www.example.org/a:b
mailto:a@example.org?subject=Oui! => mailto:a@example.org?subject=Oui!
a8h30@example.org => a8h30@example.org
o'neil@example.org => o'neil@example.org
Écrire à a@example.org ! => Écrire à a@example.org_!
`a ? b : c` => `a ? b : c`
`l'avis` ! => `l'avis`_!
```a ! b``` => ```a ! b```
[x](https://x.example/?q=l'a) => [x](https://x.example/?q=l'a)
&amp; => &amp;
&#39;a => &#39;a
<b class="a"> => <b class="a">
{{ a ? b }} => {{ a ? b }}
{% if a == 'b' %} => {% if a == 'b' %}
{{ name }} ! => {{ name }}_!
![image](x) => ![image](x)
- l'un => - l’un
# Titre ? => # Titre_?
> Cité ! => > Cité_!
1. Un => 1. Un
* un => * un
--- => ---
| :--- | ---: | => | :--- | ---: |
:-) => :-)
Merci :-) => Merci :-)
a;b => a;b
8:30 => 8:30
C# et C++ => C# et C++
R&D => R&D
Œuvre ! => Œuvre_!
"Oui ?" => "Oui_?"
""".strip().splitlines()

ENGLISH = """
it's => it’s
Wait... => Wait…
Really? => Really?
note: this => note: this
8:30 am => 8:30~am
8 December 2026 => 8~December 2026
`it's` => `it's`
""".strip().splitlines()


def _expected(line: str) -> tuple[str, str]:
    given_text, wanted = line.split(" => ")
    return given_text, wanted.replace("_", "\u202f").replace("~", "\u00a0")


@pytest.mark.parametrize("line", FRENCH)
def test_french_is_set_as_a_typesetter_would(line: str) -> None:
    text, wanted = _expected(line)

    assert typeset(text, "fr") == wanted


@pytest.mark.parametrize("line", ENGLISH)
def test_english_keeps_its_own_habits(line: str) -> None:
    text, wanted = _expected(line)

    assert typeset(text, "en") == wanted


def test_a_value_not_yet_written_in_counts_as_a_word() -> None:
    slot = "\U000f0000"

    assert typeset(f"l'{slot} : {slot} ? « {slot} » n° {slot}", "fr") == (
        f"l’{slot}\u00a0: {slot}\u202f? «\u202f{slot}\u202f» n°\u00a0{slot}"
    )


def test_a_subject_has_no_narrow_space() -> None:
    assert for_header(typeset("« Un café ? » : oui", "fr")) == "«\u00a0Un café\u00a0?\u00a0»\u00a0: oui"


_PROSE = st.text(alphabet="ab'é1208h %€«»:;!?.… \u00a0\u202f\n*_[]()`<>&#|-@/{}", max_size=40)


@given(_PROSE | st.text(max_size=60), st.sampled_from(["fr", "en", "it"]))
def test_typesetting_twice_changes_nothing(text: str, language: str) -> None:
    once = typeset(text, language)

    assert typeset(once, language) == once


@given(_PROSE)
def test_only_spaces_dots_and_apostrophes_ever_change(text: str) -> None:
    def bare(line: str) -> str:
        return "".join(line.replace("...", "…").replace("'", "’").split())

    assert bare(typeset(text, "fr")) == bare(text)
