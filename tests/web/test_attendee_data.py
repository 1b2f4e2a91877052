"""A person's own file: everything we hold about them, and nothing about anybody else."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.services.office import anne_and_bruno_came, office
from tests.web.attendee_site import AttendeeSite, own_path
from worker.domain.dialogue import Said
from worker.domain.portrait import Portrait
from worker.ports.dialogues import Uttered
from worker.services.tools import Tools


@pytest.fixture
def tools() -> Tools:
    return anne_and_bruno_came(office())


@pytest.fixture
def site(tools: Tools) -> Iterator[AttendeeSite]:
    with AttendeeSite(tools) as site:
        yield site


def test_everything_can_be_taken_along(site: AttendeeSite) -> None:
    answer = site.get(f"{own_path()}/data.json")

    taken = json.loads(answer.text)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert taken["person"]["address"] == "anne@example.org"
    assert {message["key"] for message in taken["editions"][0]["messages"]} >= {"cafe-12.thank-you.anne"}
    assert {said["purpose"] for said in taken["consents"]} == {"thanks", "invitations"}
    assert all(said["at"] and said["means"] and said["text_read"] for said in taken["consents"])
    assert "bruno" not in answer.text


def test_also_what_they_refused_wished_and_were_told(site: AttendeeSite, tools: Tools) -> None:
    site.post(own_path(), b"wish=pause")
    tools.store.wish("cafe-12", "anne", "bruno")
    tools.store.utter("cafe-12", {"anne": Uttered({"bruno": Portrait("design", "vélo")})})
    tools.store.hear("cafe-12", "anne", "bruno", Said.NO)
    tools.store.hear("cafe-12", "bruno", "anne", Said.YES)

    taken = json.loads(site.get(f"{own_path()}/data.json").text)

    assert [refusal["scope"] for refusal in taken["refused"]] == ["pause"]
    assert taken["wished_to_see_again"] == [{"edition": "cafe-12", "name": "Bruno Test"}]
    [talk] = taken["introductions"]
    assert [(each["number"], each["said"]) for each in talk["proposed"]] == [(1, "no")]
    assert talk["named"] == []
