"""The embedded server: really started, killed, found again."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from kombu.connection import Connection
from redis import Redis
from redis.exceptions import ConnectionError as NobodyThere

from worker.adapters.redis_checks import check_ledger
from worker.adapters.redis_door import SOCKET_PATH_LIMIT, Door, DoorKind
from worker.adapters.redis_server import RunningServer, ensure_server
from worker.domain.errors import Unsettled


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose server, if any, is stopped afterwards."""
    place = tmp_path / "redis"
    yield place
    if (place / "redis.pid").exists():
        with suppress(Unsettled):
            ensure_server(place).stop()


def told(server: RunningServer, *command: str) -> object:
    """One command to the server, on a connection of its own."""
    with Redis.from_url(server.url, decode_responses=True) as client:
        return client.execute_command(*command)


def kill(server: RunningServer) -> None:
    """SIGKILL, and wait until the server's lock is free."""
    os.kill(server.pid, signal.SIGKILL)
    with (server.folder / "redis.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


def test_a_started_server_may_keep_the_ledger(folder: Path) -> None:
    server = ensure_server(folder)

    with Redis.from_url(server.url) as client:
        assert check_ledger(client) == ()


def test_a_second_call_finds_the_same_server(folder: Path) -> None:
    first = ensure_server(folder)

    assert ensure_server(folder) == first


def test_several_at_once_start_one_server(folder: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        servers = set(pool.map(ensure_server, [folder] * 4))

    assert len(servers) == 1


def test_what_was_written_is_there_after_a_stop(folder: Path) -> None:
    server = ensure_server(folder)
    told(server, "SET", "ledger", "kept")
    server.stop()

    assert told(ensure_server(folder), "GET", "ledger") == "kept"


def test_what_was_written_is_there_after_a_kill(folder: Path) -> None:
    server = ensure_server(folder)
    told(server, "SET", "ledger", "kept")
    kill(server)

    again = ensure_server(folder)

    assert again.pid != server.pid
    assert told(again, "GET", "ledger") == "kept"


def test_a_folder_stays_with_its_program_when_another_is_installed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_server(folder).stop()
    before = Door.recall(folder / "door.json")
    assert before is not None
    newcomer = tmp_path / "redis-server"
    newcomer.symlink_to(before.program)
    monkeypatch.setenv("PATH", str(tmp_path))

    ensure_server(folder)

    assert Door.recall(folder / "door.json") == before


def test_a_server_outlives_the_process_that_started_it(folder: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from worker.adapters.redis_server import ensure_server;"
        "print(ensure_server(Path(sys.argv[1])).pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    command, root = [sys.executable, "-c", program, str(folder)], Path(__file__).parents[2]
    starter = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)

    assert starter.returncode == -signal.SIGKILL, starter.stderr
    assert ensure_server(folder).pid == int(starter.stdout)


def test_stopping_twice_is_stopping_once(folder: Path) -> None:
    server = ensure_server(folder)
    server.stop()

    server.stop()

    with pytest.raises(NobodyThere):
        told(server, "PING")


def test_a_stop_does_not_end_a_later_server(folder: Path) -> None:
    first = ensure_server(folder)
    kill(first)
    second = ensure_server(folder)

    with pytest.raises(Unsettled):
        RunningServer(first.url, first.broker_url, first.pid, folder).stop(patience=0.05)

    assert told(second, "PING")


def test_only_the_owner_can_reach_it(folder: Path) -> None:
    ensure_server(folder)

    private = [folder, *(folder / name for name in ("redis.conf", "redis.lock", "redis.sock", "door.json"))]

    assert [path.stat().st_mode & 0o077 for path in private] == [0] * 5


@pytest.mark.parametrize("name", ["café des victoires", 'a "quoted" %20 name', "# not ? a & comment"])
def test_any_folder_name_will_do_for_both_clients(tmp_path: Path, name: str) -> None:
    server = ensure_server(tmp_path / name)

    with ExitStack() as stack:
        stack.callback(server.stop)
        assert told(server, "PING")
        broker = stack.enter_context(Connection(server.broker_url))
        queue = stack.enter_context(broker.SimpleQueue("campaign"))
        queue.put("look at the schedule")
        assert queue.get(timeout=5).payload == "look at the schedule"


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(tmp_path: Path) -> None:
    place = tmp_path / ("long" * 20) / ("name" * 20)
    server = ensure_server(place)
    door = Door.recall(place / "door.json")

    assert told(server, "PING")
    assert ensure_server(place) == server
    assert door is not None
    assert len(door.socket) < SOCKET_PATH_LIMIT
    assert Path(door.socket).parent.stat().st_mode & 0o077 == 0

    server.stop()
    assert not Path(door.socket).parent.exists()


def test_loopback_is_for_those_who_know_the_password(folder: Path) -> None:
    server = ensure_server(folder, DoorKind.LOOPBACK)
    door = Door.recall(folder / "door.json")

    assert told(server, "PING")
    assert ensure_server(folder) == server
    assert door is not None
    assert door.password not in repr(server)
    with socket.create_connection(("127.0.0.1", door.port)) as stranger:
        stranger.sendall(b"PING\r\n")
        assert stranger.recv(100).startswith(b"-NOAUTH")


def test_a_stranger_at_the_door_is_not_taken_for_our_server(folder: Path, tmp_path: Path) -> None:
    stranger = ensure_server(folder)
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "door.json").write_bytes((folder / "door.json").read_bytes())

    with (ours / "redis.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Unsettled, match=f"answers process {stranger.pid}"):
            ensure_server(ours)


def test_data_nobody_can_read_is_said_and_kept(folder: Path) -> None:
    server = ensure_server(folder)
    told(server, "SET", "ledger", "kept")
    server.stop()
    [manifest] = (folder / "appendonlydir").glob("*.manifest")
    manifest.write_text("nonsense\n")

    with pytest.raises(Unsettled, match=r"does not stay up|does not start"):
        ensure_server(folder)

    assert manifest.read_text() == "nonsense\n"


def test_a_server_that_is_found_has_read_its_data(folder: Path) -> None:
    server = ensure_server(folder)
    with Redis.from_url(server.url) as client, client.pipeline(transaction=False) as pipe:
        for number in range(20_000):
            pipe.set(f"{number:09}", "x")
        pipe.execute()
    os.kill(server.pid, signal.SIGKILL)

    again = ensure_server(folder)

    assert told(again, "DBSIZE") == 20_000
