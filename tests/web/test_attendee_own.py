"""A person's own page: everything we hold, a switch for each kind of mail, and nobody else's data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from tests.sample import cafe
from tests.services.office import anne_and_bruno_came, office, states, store_of
from tests.web.attendee_site import AttendeeSite, own_path, stop_path
from worker.domain.changes_told import UPDATE
from worker.domain.consent import Means
from worker.domain.person import Consent
from worker.domain.sequence import Purpose
from worker.domain.table import Row, Table
from worker.services import campaign, own_data, rest, suppress
from worker.services.consents import proof
from worker.services.import_guests import import_guests
from worker.services.own_data import Holding
from worker.services.setting import forbidding
from worker.services.tools import Tools
from worker.web.attendee_words import FRENCH, attendee_words


@pytest.fixture
def tools() -> Tools:
    return anne_and_bruno_came(office())


@pytest.fixture
def site(tools: Tools) -> Iterator[AttendeeSite]:
    with AttendeeSite(tools) as site:
        yield site


def refused(tools: Tools) -> set[str]:
    fields = [
        f"print-anne@example.org/{scope}"
        for scope in ("all", "purpose:thanks", "purpose:invitations", "purpose:introductions")
    ]
    return {field.partition("/")[2] for field in tools.store.standing(fields)}


def test_it_shows_what_we_hold_and_about_nobody_else(site: AttendeeSite) -> None:
    page = site.get(own_path())

    assert page.status == 200
    assert "anne@example.org" in page.text
    assert FRENCH.own.presence["present"] in page.text
    assert "Bruno" not in page.text


def test_one_kind_is_switched_off_and_on_again(site: AttendeeSite, tools: Tools) -> None:
    off = site.post(own_path(), b"purpose=invitations&wish=refuse")
    assert "Vous ne recevez pas les invitations." in off.text
    assert refused(tools) == {"purpose:invitations"}

    on = site.post(own_path(), b"purpose=invitations&wish=allow")

    assert "Vous recevez les invitations." in on.text
    assert refused(tools) == set()


def test_allowing_one_kind_after_everything_keeps_the_others_off(site: AttendeeSite, tools: Tools) -> None:
    site.post(stop_path(), b"extent=everything")
    assert refused(tools) == {"all"}

    site.post(own_path(), b"purpose=thanks&wish=allow")

    assert refused(tools) == {"purpose:invitations", "purpose:introductions"}


def test_what_an_organizer_noted_is_not_theirs_to_lift_by_a_link(site: AttendeeSite, tools: Tools) -> None:
    suppress.suppress(tools, "anne@example.org", scope="purpose:thanks")

    site.post(own_path(), b"purpose=thanks&wish=allow")

    assert refused(tools) == {"purpose:thanks"}


@pytest.mark.parametrize("body", [b"", b"purpose=organizers&wish=refuse", b"purpose=thanks&wish=dance"])
def test_anything_else_changes_nothing(site: AttendeeSite, tools: Tools, body: bytes) -> None:
    answer = site.post(own_path(), body)

    assert answer.status == 200
    assert refused(tools) == set()


ZOE = urlencode({"wish": "correct", "first_name": "Zoé", "name": "Zoé Éluard", "language": "en"}).encode()


def test_the_log_of_consents_keeps_the_very_words_that_were_read(site: AttendeeSite, tools: Tools) -> None:
    site.post(own_path(), b"purpose=introductions&wish=allow")

    told = proof(tools, "anne", tools.store.now())
    given = next(one for one in told.standing.values() if one.purpose is Purpose.INTRODUCTIONS)
    assert (given.answer, given.means) == (Consent.GIVEN, Means.PAGE)
    words = attendee_words("fr")
    assert told.wordings[given.wording] == f"{words.own.introductions} [Recevoir les mises en relation]"


PRESSED = [b"wish=pause", b"wish=correct&name=Zoe", b"wish=refuse&purpose=thanks", b"wish=erase"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("suffix", ["", "/erase", "/data.json"])
def test_looking_changes_nothing(site: AttendeeSite, tools: Tools, method: str, suffix: str) -> None:
    before = own_data.exported(held(tools))

    for body in PRESSED:
        site.get(f"{own_path()}{suffix}?{body.decode()}", method)

    assert own_data.exported(held(tools)) == before


def test_a_pause_lasts_three_months_and_what_changed_is_told_nevertheless(tools: Tools) -> None:
    store_of(tools).set_clock(datetime(2026, 11, 30, 12, 0, tzinfo=UTC))

    with AttendeeSite(tools) as site:
        page = site.post(own_path(), b"wish=pause")

    guest, edition = held(tools).guest, held(tools).attendances[0].edition
    assert "28\u00a0février 2027" in page.text
    assert "Reprendre maintenant</button>" in page.text
    assert rest.rests_until(tools, guest) == datetime(2027, 2, 28, 12, 0, tzinfo=UTC)
    assert states(tools)["thank-you.anne"] == "skipped suppressed"
    assert not any(field.endswith("/pause") for field in forbidding(tools, edition, UPDATE, guest))

    store_of(tools).set_clock(datetime(2027, 2, 28, 12, 0, tzinfo=UTC))
    assert rest.rests_until(tools, guest) is None

    # What fell into it is not made good: no mail comes three months late.
    campaign.reschedule(tools, "cafe-12")
    assert {state.split()[0] for key, state in states(tools).items() if key.endswith(".anne")} == {"skipped"}


def test_a_pause_may_end_sooner(tools: Tools) -> None:
    with AttendeeSite(tools) as site:
        site.post(own_path(), b"wish=pause")
        page = site.post(own_path(), b"wish=resume")

    assert "Faire une pause de trois mois</button>" in page.text
    assert rest.rests_until(tools, held(tools).guest) is None
    assert states(tools)["thank-you.anne"].startswith("scheduled")


def test_a_name_and_a_language_are_put_right_in_every_edition(site: AttendeeSite, tools: Tools) -> None:
    page = site.post(own_path(), ZOE)

    assert '<html lang="en">' in page.text
    person = held(tools).guest.person
    assert (person.first_name, person.name, person.language) == ("Zoé", "Zoé Éluard", "en")
    assert person.address == "anne@example.org"


@pytest.mark.parametrize("body", [b"wish=correct", b"wish=correct&name=%20&first_name=&language=xx"])
def test_what_is_left_empty_stays_as_it_was(site: AttendeeSite, tools: Tools, body: bytes) -> None:
    before = held(tools).guest.person

    site.post(own_path(), body)

    assert replace(held(tools).guest.person, own_words=False) == before


def test_a_hostile_name_stays_one_line_of_text(site: AttendeeSite, tools: Tools) -> None:
    page = site.post(own_path(), b"wish=correct&name=%3Cscript%3E%0D%0ABcc%3A+x%40y%E2%80%AE" + b"a" * 500)

    assert held(tools).guest.person.name.startswith("<script> Bcc: x@y")
    assert len(held(tools).guest.person.name) <= 120
    assert "<script>" not in page.text


def test_no_list_undoes_what_somebody_put_right(site: AttendeeSite, tools: Tools) -> None:
    site.post(own_path(), ZOE)
    tools.store.save_edition(cafe(13))
    table = Table("liste.csv", ("E-mail", "Nom"), (Row(2, ("anne@example.org", "Anne Faux")),))

    import_guests(tools, "cafe-12", table)
    import_guests(tools, "cafe-13", table)

    for edition in ("cafe-12", "cafe-13"):
        person = tools.store.guests(edition)["anne"].person
        assert (person.name, person.language) == ("Zoé Éluard", "en")


def test_erasing_is_asked_once_more_and_then_leaves_nothing(site: AttendeeSite, tools: Tools) -> None:
    asked = site.get(f"{own_path()}/erase")
    assert "Effacer mes données</button>" in asked.text
    site.post(f"{own_path()}/erase", b"wish=other")
    assert own_data.holding(tools, "anne") is not None

    page = site.post(f"{own_path()}/erase", b"wish=erase")

    assert FRENCH.own.erased_said in page.text
    assert own_data.holding(tools, "anne") is None
    assert site.get(own_path()).status == 404
    assert site.post(f"{own_path()}/erase", b"wish=erase").status == 404
    assert states(tools)["thank-you.anne"].startswith("skipped")
    assert "anne" in {record.key.person for record in tools.store.records("cafe-12")}


def held(tools: Tools, person: str = "anne") -> Holding:
    found = own_data.holding(tools, person)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "link", [own_path(secret=b"another"), own_path("nobody"), "/me/x", f"/me/{'a' * 3000}"]
)
@pytest.mark.parametrize("suffix", ["", "/data.json", "/erase"])
def test_a_link_that_is_nobodys_leads_to_the_neutral_page(site: AttendeeSite, link: str, suffix: str) -> None:
    answer = site.get(link + suffix)

    assert (answer.status, answer.text) == (404, site.get("/nowhere").text)
