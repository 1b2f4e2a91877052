"""A draft of one's own: it survives whatever is planned, and reaches the mail of one person only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.enlisted import enlist
from tests.mail.answering import IDENTITY
from tests.mail.letters import ours
from tests.sample import guest
from tests.services.office import office, opened, relay_of, sent, states, store_of
from worker.domain.errors import InvalidFile, Refused
from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.own_draft import OwnDraft
from worker.domain.person import Presence
from worker.domain.sequence import Lane
from worker.mail.compose import LetterWriter
from worker.mail.drafting import TemplateScribe
from worker.mail.kinds import as_in_schedules
from worker.ports import Scribe
from worker.services import campaign
from worker.services.deliver import deliver_batch
from worker.services.own_drafts import Sheet, begun, discard, keep, sheet
from worker.services.preview import samples, trial_letter
from worker.services.setting import known_edition
from worker.services.tools import Limits, Tools

TEXT = (
    "subject: Merci, Anne\npreheader: Pour vous.\n\n"
    "Bonjour Anne,\n\nCe mot est pour vous seule, {{ edition.day }}.\n"
)
KEY = MessageKey("cafe-12", "thank-you", "anne")
HERE = [guest(name, presence=Presence.PRESENT) for name in ("Anne", "Bruno")]


@pytest.fixture
def tools() -> Tools:
    """Armed, with real letters; Anne and Bruno were there."""
    plain = office(limits=Limits(undo=timedelta(0)))
    tools = replace(plain, composer=LetterWriter(IDENTITY, ours(), as_in_schedules(plain.sequence)))
    opened(tools, *HERE)
    campaign.arm(tools, "cafe-12")
    return tools


@pytest.fixture
def scribe(tools: Tools) -> Scribe:
    return TemplateScribe(IDENTITY, ours(), as_in_schedules(tools.sequence))


def hers(tools: Tools, step: str = "thank-you") -> Sheet:
    return sheet(tools, known_edition(tools.store, "cafe-12"), step, "Anne")


def work(tools: Tools, **gap: float) -> None:
    store_of(tools).set_clock(tools.store.now() + timedelta(**gap))
    while deliver_batch(tools, Lane.CAMPAIGN, go_on=lambda: True):
        pass


def mails(tools: Tools) -> dict[str, str]:
    return {str(letter.key): letter.content.decode() for letter in relay_of(tools).kept}


def test_it_begins_with_what_the_template_says_to_this_person(tools: Tools, scribe: Scribe) -> None:
    assert "\nBonjour Anne,\n" in begun(scribe, hers(tools))


def test_it_survives_plans_and_imports_and_reaches_nobody_else(tools: Tools, scribe: Scribe) -> None:
    keep(tools, scribe, hers(tools), TEXT.replace("\n", "\r\n"), "mine.md")
    campaign.reschedule(tools, "cafe-12")
    enlist(tools, "cafe-12", HERE)
    campaign.pause(tools, "cafe-12")
    campaign.resume(tools, "cafe-12")
    work(tools, hours=4)

    got = mails(tools)
    assert tools.store.drafts("cafe-12") == {KEY: OwnDraft("thank-you", TEXT)}
    assert "Ce mot est pour vous seule, mardi" in got["cafe-12.thank-you.anne"].replace("=C2=A0", " ")
    assert "pour vous seule" not in got["cafe-12.thank-you.bruno"]


def test_preview_and_test_mail_show_it(tools: Tools, scribe: Scribe) -> None:
    keep(tools, scribe, hers(tools), TEXT, "mine.md")
    edition = known_edition(tools.store, "cafe-12")

    shown = {str(sample.wanted.key): sample for sample in samples(tools, edition)}
    trial = trial_letter(tools, edition, "thank-you", HERE[0], "me@example.org")

    own = {key for key, sample in shown.items() if sample.is_own}
    letter = shown[str(KEY)].letter
    assert own == {str(KEY)}
    assert letter
    assert b"pour vous seule" in letter.content
    assert b"pour vous seule" in trial.content


def test_a_broken_one_is_refused_and_the_one_before_stays(tools: Tools, scribe: Scribe) -> None:
    keep(tools, scribe, hers(tools), TEXT, "mine.md")

    with pytest.raises(InvalidFile, match=r"mine\.md, line 4: nobody"):
        keep(tools, scribe, hers(tools), TEXT.replace("Bonjour Anne", "{{ nobody }}"), "mine.md")

    assert begun(scribe, hers(tools)) == TEXT


def test_what_a_worker_holds_is_written_anew(tools: Tools, scribe: Scribe) -> None:
    writer, opened_sheet, kept = tools.composer, hers(tools), list[Facts]()

    class Slow:
        def compose(self, key: MessageKey, facts: Facts, at: object) -> object:
            if key == KEY and facts.draft is None and not kept:
                kept.append(facts)
                keep(tools, scribe, opened_sheet, TEXT, "mine.md")
            return writer.compose(key, facts, at)  # type: ignore[arg-type]

    work(replace(tools, composer=Slow()), hours=4)  # type: ignore[arg-type]

    assert sent(tools).count(str(KEY)) == 1
    assert "pour vous seule" in mails(tools)[str(KEY)]


def test_only_before_it_left(tools: Tools, scribe: Scribe) -> None:
    before = hers(tools)
    work(tools, hours=4)

    for late in (
        lambda: hers(tools),
        lambda: keep(tools, scribe, before, TEXT, "x"),
        lambda: discard(tools, KEY),
    ):
        with pytest.raises(Refused, match=r"cafe-12\.thank-you\.anne has left"):
            late()


def test_discarded_it_is_everybodys_letter_again(tools: Tools, scribe: Scribe) -> None:
    keep(tools, scribe, hers(tools), TEXT, "mine.md")
    discard(tools, KEY)
    with pytest.raises(Refused, match="there is no draft"):
        discard(tools, KEY)
    work(tools, hours=4)

    assert "pour vous seule" not in mails(tools)[str(KEY)]


def test_nobody_gets_a_draft_of_a_mail_that_is_not_planned(tools: Tools) -> None:
    edition = known_edition(tools.store, "cafe-12")
    with pytest.raises(Refused, match=r"no mail cafe-12\.nudge\.anne is planned"):
        sheet(tools, edition, "nudge", "Anne")
    with pytest.raises(Refused, match=r"'update' is no step of cafe\.toml"):
        sheet(tools, edition, "update", "Anne")
    campaign.cancel(tools, "cafe-12")
    with pytest.raises(Refused, match="is cancelled already"):
        hers(tools)


def test_a_mail_that_fell_to_its_draft_is_mended_by_another(tools: Tools, scribe: Scribe) -> None:
    tools.store.keep_draft(KEY, OwnDraft("thank-you", TEXT.replace("Bonjour", "{{ nobody }}")))
    work(tools, hours=4)
    assert states(tools)["thank-you.anne"] == "dead compose_failed"

    keep(tools, scribe, hers(tools), TEXT, "mine.md")

    assert begun(scribe, hers(tools)) == TEXT
