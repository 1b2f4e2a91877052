"""What needs somebody: todo, doubts, suppressions, the relay; previews and test mails."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Apres
from tests.sample import cafe, guest
from tests.services.office import office, opened, relay_of, states, store_of
from worker.domain.notice import NoticeKind
from worker.domain.person import Presence
from worker.domain.reply import Phase, Reply
from worker.domain.sequence import Lane
from worker.domain.suppression import Cause, Suppression
from worker.services.deliver import deliver_batch
from worker.services.notify import notify
from worker.services.tools import Tools


def test_nothing_to_do_says_so(apres: Apres) -> None:
    said = apres("todo")

    assert (said.code, said.out.strip()) == (0, "Nothing needs you.")


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_matter_is_a_sentence_with_a_command(apres: Apres, tools: Tools, kind: NoticeKind) -> None:
    notify(tools, "cafe-12", kind, {"messages": "2", "reply": "535 no"})

    said = apres("todo")

    assert said.code == 1
    assert "→ apres " in " ".join(said.out.split())
    assert f"{kind}:" not in said.out


def test_todo_is_there_for_machines(apres: Apres, tools: Tools) -> None:
    notify(tools, "cafe-12", NoticeKind.DOUBTS, {"messages": "2"})

    [told] = json.loads(apres("todo --json").out)

    assert (told["kind"], told["details"]) == ("doubts", {"messages": "2"})


class TestDoubts:
    @pytest.fixture
    def tools(self) -> Tools:
        """The line was lost after the final dot of Anne's thank-you."""
        tools = office(lambda _letter: Reply(Phase.DOT))
        opened(tools, guest("Anne", presence=Presence.PRESENT))
        return tools

    @pytest.fixture
    def doubtful(self, apres: Apres, tools: Tools) -> Apres:
        apres("arm cafe-12 --yes")
        store_of(tools).set_clock(cafe(12).meeting.end + timedelta(hours=3))
        deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)
        return apres

    def test_doubts_are_listed_with_what_to_do(self, doubtful: Apres) -> None:
        said = doubtful("doubts cafe-12")

        assert said.code == 1
        assert "it may have arrived" in " ".join(said.out.split())
        assert "apres doubts cafe-12 cafe-12.thank-you.anne --sent" in " ".join(said.out.split())

    def test_a_person_says_that_it_arrived(self, doubtful: Apres, tools: Tools) -> None:
        said = doubtful("doubts cafe-12 cafe-12.thank-you.anne --sent")

        assert said.code == 0
        assert states(tools)["thank-you.anne"] == "sent by_hand"

    def test_a_person_lets_it_go_again(self, doubtful: Apres, tools: Tools) -> None:
        doubtful("doubts cafe-12 cafe-12.thank-you.anne --again")

        assert states(tools)["thank-you.anne"] == "scheduled by_hand"

    def test_saying_both_or_neither_is_refused(self, doubtful: Apres) -> None:
        assert doubtful("doubts cafe-12 cafe-12.thank-you.anne").code == 2
        assert doubtful("doubts cafe-12 cafe-12.thank-you.anne --sent --again").code == 2


def test_a_suppressed_address_gets_nothing_more(apres: Apres, tools: Tools) -> None:
    apres("arm cafe-12 --yes")

    said = apres("suppress ANNE@example.org --scope purpose:thanks")
    store_of(tools).set_clock(cafe(12).meeting.end + timedelta(hours=4))
    deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True)

    assert "A…@example.org" in said.out
    assert states(tools)["thank-you.anne"] == "skipped suppressed"
    assert states(tools)["invitation.anne"] == "scheduled planned"


def test_a_suppression_by_hand_can_be_taken_back(apres: Apres) -> None:
    apres("suppress anne@example.org")

    assert apres("unsuppress anne@example.org").code == 0
    assert apres("unsuppress anne@example.org").code == 2


def test_a_persons_own_stop_is_theirs(apres: Apres, tools: Tools) -> None:
    own = Suppression(
        tools.fingerprint("anne@example.org"), Cause.UNSUBSCRIBED, datetime(2026, 12, 8, tzinfo=UTC)
    )
    tools.store.suppress(own)

    said = apres("unsuppress anne@example.org")

    assert said.code == 2
    assert "only they can change that" in said.err


@pytest.mark.parametrize("line", ["suppress nobody", "suppress anne@example.org --scope purpose:fun"])
def test_what_is_no_address_or_no_scope_is_refused(apres: Apres, line: str) -> None:
    said = apres(line)

    assert said.code == 2
    assert "write" in said.err


def test_resuming_the_relay_closes_the_matter(apres: Apres, tools: Tools) -> None:
    tools.store.pause_relay("535 no")
    notify(tools, "cafe-12", NoticeKind.RELAY_PAUSED, {"reply": "535 no"})

    said = apres("relay resume")

    assert "Sending goes on" in said.out
    assert apres("todo").code == 0
    assert "was not stopped" in apres("relay resume").out


def test_a_preview_is_files_and_a_page(apres: Apres, tmp_path: Path) -> None:
    said = apres(f"preview cafe-12 --to {tmp_path}/look")

    page = (tmp_path / "look" / "index.html").read_text("utf-8")
    assert said.code == 0
    assert (
        (tmp_path / "look" / "cafe-12.thank-you.anne.eml").read_bytes().startswith(b"cafe-12.thank-you.anne")
    )
    assert 'href="cafe-12.thank-you.anne.eml"' in page


def test_a_preview_leaves_other_peoples_files_alone(apres: Apres, tmp_path: Path) -> None:
    (tmp_path / "mine.eml").write_text("mine")
    (tmp_path / "cafe-12.nudge.gone.eml").write_text("of an earlier preview")

    apres(f"preview cafe-12 --to {tmp_path}")

    assert (tmp_path / "mine.eml").is_file()
    assert not (tmp_path / "cafe-12.nudge.gone.eml").exists()


def test_a_test_mail_tells_the_relays_answer(apres: Apres, tools: Tools) -> None:
    said = apres("send-test cafe-12 thank-you --as Anne --to me@example.org")

    assert said.code == 0
    assert "250 2.0.0" in said.out
    assert relay_of(tools).kept[0].envelope.rcpt_to == "me@example.org"
