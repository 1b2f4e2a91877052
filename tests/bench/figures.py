"""Figures of a benchmark: the median of several runs with its range, printed and written as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """What several runs measured of one thing."""

    median: float
    min: float
    max: float
    runs: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Figure:
        """The figure these runs give; at least one is needed."""
        return cls(_short(median(values)), _short(min(values)), _short(max(values)), len(values))


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Paired run by run, so that a slow minute of the machine weighs on both sides."""
    return [a / b for a, b in zip(ours, theirs, strict=True)]


class Report:
    """All figures of one benchmark, told as soon as each is known."""

    def __init__(self) -> None:
        """Begin without any."""
        self.figures: dict[str, Figure] = {}

    def tell(self, name: str, values: Sequence[float], *, goal: str = "") -> None:
        """Keep and print one figure; `goal` is what the project set itself."""
        if not values:
            return
        figure = self.figures[name] = Figure.of(values)
        spread = f"[{figure.min:g} … {figure.max:g}], {figure.runs} runs"
        print(f"  {name:<30} {figure.median:>10g}  {spread:<36} {goal}", flush=True)

    def write(self, file: Path) -> None:
        """The flat file: name to median, min, max and runs."""
        known = {name: asdict(figure) for name, figure in self.figures.items()}
        file.write_text(json.dumps(known, indent=2) + "\n", "utf-8")


def _short(value: float) -> float:
    return float(f"{value:.4g}")
