"""What happens to the lines between the far worker or beat and Redis."""

from __future__ import annotations

from tests.faults.proxy import Deed, Side, Trouble
from tests.faults.round import Round

#: What stands in a broker's message, and in one that wakes a worker.
ANY_TASK, WAKE_UP = b'"task": "', b'"task": "deliver"'


def cut_lines(run: Round) -> None:
    """Every line is cut at once."""
    run.proxy.cut()


def strand_lines(run: Round) -> None:
    """Every line falls silent without a FIN: half-open TCP."""
    run.interrupted(2)
    run.proxy.strand()


def cut_at_an_acknowledgement(run: Round) -> None:
    """The line breaks as soon as a task has come over it, where Celery's acknowledgement would follow; three times."""
    run.proxy.tell(Trouble(ANY_TASK, Deed.PASS_THEN_CUT, times=3, side=Side.SERVER))


def lose_a_wake_up(run: Round) -> None:
    """The reply to a BRPOP is cut: the wake-up it popped is gone."""
    run.proxy.tell(Trouble(WAKE_UP, Deed.CUT, times=1, side=Side.SERVER))


def lose_a_settlement(run: Round) -> None:
    """A script is carried out and its reply lost, so that the client says it again."""
    run.proxy.tell(Trouble(b"EVALSHA", Deed.PASS_THEN_CUT, times=2, side=Side.CLIENT))
