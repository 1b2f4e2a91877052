"""The faults, each a deed on a running round; whoever draws them knows only their names."""

from __future__ import annotations

from collections.abc import Callable

from tests.faults.deeds import lines, plans, processes, servers
from tests.faults.round import Round

Fault = Callable[[Round], None]

FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        processes.kill_worker,
        processes.kill_child,
        processes.freeze_worker,
        processes.stop_worker,
        processes.kill_beat,
        processes.freeze_beat,
        processes.two_beats_at_once,
        processes.kill_beat_in_mid_tick,
        processes.bend_clock,
        processes.poison_a_mail,
        servers.kill_redis,
        servers.freeze_redis,
        servers.fill_disk,
        servers.flush_broker,
        servers.flush_redbeat,
        servers.kill_clients,
        servers.put_back_an_older_file,
        lines.cut_lines,
        lines.strand_lines,
        lines.cut_at_an_acknowledgement,
        lines.lose_a_wake_up,
        lines.lose_a_settlement,
        plans.pause_and_resume,
        plans.cancel_in_mid_batch,
        plans.suppress_somebody,
        plans.move_edition,
        plans.import_again,
    )
}
