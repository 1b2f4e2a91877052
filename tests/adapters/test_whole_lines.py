"""Several processes log into one pipe, and every line can be read."""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from worker.adapters.whole_lines import TOGETHER, WholeLines, blocks

#: As pool processes log: groups, and now and then a batch, which is longer than what a pipe takes at once.
_PROGRAM = """
import structlog
from worker.adapters.observe import log_to_stderr
log_to_stderr()
group = [f'"key": "cafe-12.nudge.{n:0100}"' for n in range(2)]
for number in range(3000):
    structlog.get_logger().info("moved", each=group * 100 if number % 100 == 0 else group)
"""


def test_lines_of_processes_that_write_to_one_pipe_at_once_stay_whole() -> None:
    crowd = [sys.executable, "-c", _PROGRAM]
    together = f"import subprocess; [p.wait() for p in [subprocess.Popen({crowd!r}) for _ in range(3)]]"

    run = subprocess.run([sys.executable, "-c", together], stderr=subprocess.PIPE, text=True, check=True)

    assert len([json.loads(line) for line in run.stderr.splitlines()]) == 3 * (2970 * 2 + 30 * 200)


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=2 * TOGETHER)
    )
)
def test_blocks_are_all_lines_none_broken_and_none_longer_than_it_must_be(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines).encode()

    made = list(blocks(text))

    assert b"".join(made) == text
    assert all(block.endswith(b"\n") for block in made)
    assert all(len(block) <= TOGETHER or block.count(b"\n") == 1 for block in made)


def test_half_a_character_ends_no_work() -> None:
    stream = BytesIO()

    WholeLines(stream).msg('{"reply": "\ud800"}')

    assert stream.getvalue() == b'{"reply": "\\ud800"}\n'
