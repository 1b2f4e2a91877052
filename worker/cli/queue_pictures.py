"""The queues for people: a table of states, a table of lateness, and who is at work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from worker.cli.attendance_words import servers, workers
from worker.cli.moments import stamp
from worker.cli.relay_words import relay_sentences
from worker.cli.screen import screen, table
from worker.cli.speech import counted, say
from worker.cli.words import status_sentence, step_label
from worker.domain.campaign import Status
from worker.domain.lateness import MINUTES, Lateness, together
from worker.domain.lifecycle import State
from worker.domain.notice import HOUSE
from worker.services.queues import EditionQueue, Queues, StepQueue

#: Columns of a terminal that the tables need.
_WIDE_ENOUGH = 72

#: The columns of the first table: their headings, and the states that are counted together.
_COLUMNS: tuple[tuple[str, str, frozenset[State]], ...] = (
    ("attend", "waits", frozenset({State.SCHEDULED, State.DEFERRED})),
    ("en main", "in hand", frozenset({State.CLAIMED, State.SENDING})),
    ("parti", "sent", frozenset({State.SENT})),
    ("refusé", "refused", frozenset({State.BOUNCED})),
    ("doute", "doubt", frozenset({State.IN_DOUBT})),
    ("de côté", "aside", frozenset({State.DEAD})),
    ("non", "not", frozenset({State.SKIPPED})),
)

#: A name, and the numbers beside it.
_Row = tuple[str, tuple[int, ...]]


def picture(now: Queues) -> RenderableType:
    """All of it, the editions first."""
    lines: list[RenderableType] = [Text(f"{stamp(now.at, None)} {now.at.astimezone():%Z}", style="bold")]
    for queue in now.editions:
        lines += _edition(queue)
    if not now.editions:
        lines.append(Text(say("Aucune édition encore.", "No edition yet.")))
    return Group(*lines, Text(), _shape(now), Text(), *_matters(now), *workers(now), *servers(now))


def in_a_line(now: Queues) -> str:
    """For a pipe or a log: what waits, is late, needs somebody, and who listens."""
    waiting = sum(s.states.get(state, 0) for q in now.editions for s in q.steps for state in _COLUMNS[0][2])
    late, needs = _all_late(now), sum(len(queue.unsettled) for queue in now.editions)
    alive = Counter(str(sign.part) for sign in now.signs if sign.is_alive)
    return " · ".join(
        (
            say(f"attendent {waiting}", f"waiting {waiting}"),
            say(f"en retard {late.messages}", f"late {late.messages}"),
            say(f"à trancher {needs}", f"to decide {needs}"),
            *(f"{queue} {length}" for queue, length in now.lengths.items()),
            f"workers {alive['worker']}",
            f"beats {alive['beat']}",
        )
    )


def _edition(queue: EditionQueue) -> Iterator[RenderableType]:
    name, status = queue.campaign.edition, queue.campaign.status
    title = name if name == HOUSE else f"{name} · {status_sentence(status)}"
    yield Text(f"\n{title}", style="bold")
    if queue.campaign.because and status is Status.PAUSED:
        yield Text(say(f"Pourquoi : {queue.campaign.because}", f"Why: {queue.campaign.because}"))
    if queue.steps:
        yield _states(queue.steps)


def _states(steps: tuple[StepQueue, ...]) -> RenderableType:
    headings = (*(say(fr, en) for fr, en, _ in _COLUMNS), "1 h")
    return _drawn(say("Étape", "Step"), headings, [(step_label(step.name), _counted(step)) for step in steps])


def _counted(step: StepQueue) -> tuple[int, ...]:
    sums = (sum(step.states.get(state, 0) for state in states) for _, _, states in _COLUMNS)
    return *sums, step.soon


def _shape(now: Queues) -> RenderableType:
    late = _all_late(now)
    if not late.messages:
        return Text(say("Rien n’est en retard.", "Nothing is late."))
    ends = (*map(str, MINUTES), f"{MINUTES[-1]}+")
    each = [
        (f"{queue.campaign.edition} {step.name}", _ages(step.late))
        for queue in now.editions
        for step in queue.steps
        if step.late.messages
    ]
    title = say("En retard de (min)", "Late by (min)")
    return _drawn(title, (say("tous", "all"), *ends), [("", _ages(late)), *each])


def _all_late(now: Queues) -> Lateness:
    return together([step.late for queue in now.editions for step in queue.steps])


def _ages(late: Lateness) -> tuple[int, ...]:
    return late.messages, *late.ages


def _drawn(title: str, headings: tuple[str, ...], rows: Iterable[_Row]) -> RenderableType:
    """A table; where there is no room for its columns, a line a row with what is not nothing."""
    if screen().width < _WIDE_ENOUGH:
        return Group(Text(title), *(_in_words(row, headings) for row in rows))
    shown = _numbers(title, *headings)
    for name, cells in rows:
        shown.add_row(name, *map(_number, cells), style="" if name else "bold")
    return shown


def _in_words(row: _Row, headings: tuple[str, ...]) -> Text:
    name, cells = row
    told = " · ".join(f"{head} {cell}" for head, cell in zip(headings, cells, strict=True) if cell)
    return Text(f"  {name}{say(' : ', ': ') if name else ''}{told or '·'}")


def _matters(now: Queues) -> Iterator[Text]:
    for queue in now.editions:
        counts, name = Counter(record.state for record in queue.unsettled), queue.campaign.edition
        if counts[State.IN_DOUBT]:
            doubts = counted(counts[State.IN_DOUBT], "doute", "doubt")
            yield Text(f"{name} · {doubts} → apres doubts {name}", style="red")
        if counts[State.DEAD]:
            reasons = Counter(str(r.reason) for r in queue.unsettled if r.state is State.DEAD)
            told = ", ".join(f"{reason} {number}" for reason, number in sorted(reasons.items()))
            aside = say("mis de côté", "set aside")
            yield Text(
                f"{name} · {counts[State.DEAD]} {aside} ({told}) → apres dead list {name}", style="red"
            )
    yield from (Text(sentence, style="red") for sentence in relay_sentences(now.relay, None))


def _number(value: int) -> str:
    return str(value) if value else "·"


def _numbers(first: str, *headings: str) -> Table:
    shown = table(first)
    shown.columns[0].overflow = "ellipsis"
    shown.columns[0].no_wrap = True
    shown.padding = (0, 1, 0, 0)
    for heading in headings:
        shown.add_column(heading, justify="right", no_wrap=True)
    return shown
