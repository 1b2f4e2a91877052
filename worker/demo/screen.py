"""What a rehearsal shows: ticks, live bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from worker.cli.speech import say
from worker.services.report import Progress as StepProgress


def step_words(step: str) -> str:
    """The name of a step for people, whatever its round."""
    name = re.sub(r"-\d+\Z", "", step)
    return {
        "thank-you": say("Remerciements", "Thank-yous"),
        "invitation": say("Invitations + .ics", "Invitations + .ics"),
        "nudge": say("Mises en relation", "Introductions"),
        "introduced": say("Noms échangés", "Names exchanged"),
        "met": say("« Vous êtes-vous vus ? »", "“Did you meet?”"),
        "ask-presence": say("Question aux organisateurs", "Question to organizers"),
        "answers": say("Réponses du jour", "The day’s answers"),
        "presence-due": say("Rappel aux organisateurs", "Reminder to organizers"),
    }.get(name, step)


class Screen:
    """One rehearsal's screen."""

    def __init__(self, console: Console) -> None:
        """Colours and bars only where the console is a terminal."""
        self.console = console

    def title(self, text: str) -> None:
        """The heading."""
        self.console.print(f"\n[bold]{text}[/bold]")

    def tick(self, text: str) -> None:
        """Something done."""
        self.console.print(f" [green]✓[/green] {text}", highlight=False)

    def cross(self, text: str) -> None:
        """Something wrong."""
        self.console.print(f" [red]✗[/red] {text}", highlight=False)

    def line(self, text: str = "") -> None:
        """A plain line."""
        self.console.print(text, highlight=False)

    @contextmanager
    def bars(self) -> Iterator[Bars]:
        """Live bars while the block lasts; without a terminal only their last state is printed."""
        columns = (
            TextColumn("   {task.description:<26}"),
            BarColumn(20),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
        )
        with Progress(*columns, console=self.console, refresh_per_second=10) as progress:
            yield Bars(progress)


class Bars:
    """One bar a step, and the date on the ledger's clock."""

    def __init__(self, progress: Progress) -> None:
        """Draw on this progress display."""
        self._progress = progress
        self._rows: dict[str, TaskID] = {}

    def show(self, steps: tuple[StepProgress, ...], note: str) -> None:
        """Bring the bars to where the steps are."""
        for step in (step for step in steps if step.wanted):
            if step.step not in self._rows:
                self._rows[step.step] = self._progress.add_task(
                    step_words(step.step), total=step.wanted, note=""
                )
            self._progress.update(self._rows[step.step], completed=step.done, total=step.wanted, note=note)
