"""The attendee pages in a real browser: at 360 pixels, by keyboard, without scripts, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from tests.judges import Judge, judge
from tests.sample import guest
from tests.services.office import office, opened
from tests.web.attendee_site import AttendeeSite, own_path, rsvp_path, stop_path
from worker.domain.answer import Partstat, in_force
from worker.domain.person import Presence
from worker.services import campaign, own_data
from worker.services.tools import Tools
from worker.web.attendee_words import attendee_words

FR, EN = attendee_words("fr"), attendee_words("en")
PAGES = {
    "stop": stop_path(),
    "own": own_path(),
    "erase": f"{own_path()}/erase",
    "rsvp": rsvp_path(),
    "own, English": own_path("carol"),
    "rsvp, English": rsvp_path("carol"),
    "nowhere": "/nowhere",
}
FEW = {name: PAGES[name] for name in ("stop", "own", "rsvp")}
LOOKS = list(product(("light", "dark"), (360, 1280)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Judge]:
    with judge("browse.mjs", needs="chromium") as browser:
        yield browser


@pytest.fixture
def tools() -> Tools:
    """Anne came; Carol reads English. The campaign is armed."""
    tools = office()
    opened(
        tools,
        guest("Anne", presence=Presence.PRESENT),
        guest("Carol", presence=Presence.PRESENT, language="en"),
    )
    campaign.arm(tools, "cafe-12")
    return tools


@pytest.fixture
def base(tools: Tools) -> Iterator[str]:
    with AttendeeSite(tools) as site:
        yield f"http://127.0.0.1:{site.port}"


def test_the_pages_are_accessible_narrow_and_our_own(base: str, browser: Judge) -> None:
    for name, path in FEW.items():
        seen = browser(do="open", url=base + path)
        size = browser(do="size")

        assert browser(do="judge")["violations"] == [], name
        assert size["wide"] <= 360, name
        assert size["small"] == 0, name
        assert (seen["foreign"], seen["cookies"]) == ([], 0), name


def test_somebody_without_scripts_says_no_by_keyboard_alone(base: str, browser: Judge, tools: Tools) -> None:
    browser(do="open", url=base + rsvp_path(), scripts=False)
    browser(do="press", keys=["Tab", "Tab", "Tab"])

    page = browser(do="submit")

    assert FR.rsvp.said["declined"] in page["text"]
    assert in_force(tools.store.answers("cafe-13"))["anne"].partstat is Partstat.DECLINED


def test_a_browser_that_looks_and_runs_scripts_changes_nothing(
    base: str, browser: Judge, tools: Tools
) -> None:
    before = own_data.exported(_held(tools))

    for path in FEW.values():
        browser(do="open", url=base + path)

    assert own_data.exported(_held(tools)) == before


@pytest.mark.exhaustive
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_every_page_is_accessible_in_every_light(base: str, browser: Judge, scheme: str, width: int) -> None:
    for name, path in PAGES.items():
        browser(do="open", url=base + path, scheme=scheme, width=width)

        assert browser(do="judge")["violations"] == [], name
        assert browser(do="size")["wide"] <= width, name


@pytest.mark.exhaustive
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_buttons_lead_to_is_accessible_too(base: str, browser: Judge, tools: Tools, scheme: str) -> None:
    for path, button in (
        (rsvp_path(), FR.rsvp.buttons["maybe"]),
        (own_path(), FR.own.pause_now),
        (own_path(), FR.own.pause_end),
        (own_path(), FR.own.save),
        (stop_path(), FR.stop_all),
        (stop_path(), FR.come_back),
        (f"{own_path()}/erase", FR.own.erase_now),
    ):
        browser(do="open", url=base + path, scheme=scheme)
        page = browser(do="click", name=button)

        assert browser(do="judge")["violations"] == [], button
        assert page["cookies"] == 0

    assert own_data.holding(tools, "anne") is None


@pytest.mark.exhaustive
@pytest.mark.parametrize("path", [path for name, path in PAGES.items() if name != "nowhere"])
def test_whoever_has_only_a_keyboard_reaches_every_control_and_sees_where_they_are(
    base: str, browser: Judge, path: str
) -> None:
    browser(do="open", url=base + path)
    reached = []
    for _ in range(30):
        browser(do="press", keys=["Tab"])
        reached.append(browser(do="focus"))

    controls = [at for at in reached if at["tag"] != "BODY"]

    assert {at["tag"] for at in controls} <= {"BUTTON", "A", "INPUT", "SELECT"}
    assert all(at["outline"] == "solid 3px" for at in controls)
    assert reached[-1] in reached[:-1] or "BODY" in {at["tag"] for at in reached}


@pytest.mark.exhaustive
def test_a_name_is_put_right_by_keyboard_without_scripts(base: str, browser: Judge, tools: Tools) -> None:
    browser(do="open", url=base + own_path("carol"), scripts=False)
    browser(do="press", keys=["Tab"] * 5 + ["Control+a"])
    browser(do="type", text="Zoé")
    browser(do="press", keys=["Tab", "Control+a"])
    browser(do="type", text="Zoé Éluard")
    browser(do="press", keys=["Tab", "Tab"])

    page = browser(do="submit")

    assert EN.own.done["correct"] in page["text"]
    assert _held(tools, "carol").guest.person.name == "Zoé Éluard"


def _held(tools: Tools, person: str = "anne") -> own_data.Holding:
    found = own_data.holding(tools, person)
    assert found is not None
    return found
