"""The frame's colours can be read, by day and by night."""

from __future__ import annotations

import re

import pytest

from tests.mail.letters import sources

HEX = re.compile(r"#[0-9a-f]{6}\b")
Rules = dict[str, dict[str, str]]


def rules(css: str) -> Rules:
    """Each selector's declarations; a list of selectors is taken apart."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found: Rules = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", bare):
        declarations = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+?)(?:\s*!important)?\s*(?:;|$)", body))
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), {}).update(declarations)
    return found


def light() -> Rules:
    return rules(sources()["_frame/frame.css"])


def dark() -> Rules:
    night = sources()["_frame/media.css"].split("(prefers-color-scheme: dark) {", 1)[1].rsplit("}", 1)[0]
    return {selector: {**light().get(selector, {}), **rules(night).get(selector, {})} for selector in light()}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio: 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", [light, dark])
@pytest.mark.parametrize(
    "selector",
    [".letterhead h1", ".letter", ".letter h2", ".letter a", ".footer", ".footer a", ".letter blockquote em"],
)
def test_words_stand_out_from_the_paper(mode: object, selector: str) -> None:
    assert callable(mode)
    colours: Rules = mode()
    paper = colours[".column"]["background-color"]

    assert contrast(colours[selector]["color"], paper) >= 4.5


@pytest.mark.parametrize("mode", [light, dark])
def test_code_stands_out_from_its_own_ground(mode: object) -> None:
    assert callable(mode)
    colours: Rules = mode()

    assert contrast(colours[".letter pre"]["color"], colours[".letter pre"]["background-color"]) >= 4.5


def test_every_colour_of_the_day_has_one_for_the_night() -> None:
    night = sources()["_frame/media.css"].split("(prefers-color-scheme: dark)", 1)[1]
    changed = rules(night.split("{", 1)[1].rsplit("}", 1)[0])

    for selector, declarations in light().items():
        coloured = {
            name for name, value in declarations.items() if HEX.search(value) and "radius" not in name
        }
        sides = {"border-top": "border", "border-bottom": "border", "border-left": "border"}
        wanted = {sides.get(name, name) for name in coloured}
        have = {
            name.removesuffix("-color").replace("border-top", "border").replace("border-left", "border")
            for name in changed.get(selector, {})
        }
        assert {name.removesuffix("-color") for name in wanted} <= have, selector


def test_no_words_are_smaller_than_sixteen_pixels() -> None:
    sizes = re.findall(r"font-size: (\d+)px", sources()["_frame/frame.css"] + sources()["_frame/media.css"])

    assert sizes
    assert min(map(int, sizes)) >= 16
