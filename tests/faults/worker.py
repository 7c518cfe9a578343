"""A person's session in a process of its own, with the recorder loaded.

Reads orders (JSON, one a line) and forks for each: a fork has everything imported already. An
order names the session, its world, the log, and which fault to inject.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sqlite3
import struct
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from auditor.domain.errors import UserError
from auditor.store import driver, engine, files
from auditor.store.units import Store
from tests.faults import worlds
from tests.faults.acts import SESSIONS
from tests.faults.looking import Look, look
from tests.faults.room import Act, Room

#: A step that is refused so often will never be taken.
TRIES = 20
#: Services that the workspace loads on first use.
LATE = ("actions", "assignments", "brandings", "location_lists", "planning", "templates")
#: Linux: the version of the call, and CAP_DAC_OVERRIDE with CAP_DAC_READ_SEARCH.
CAPABILITIES, IGNORE_PERMISSIONS = 0x20080522, 0b110
#: The recorder's functions, where it is loaded.
recorder: Any = ctypes.CDLL(None)


def weaken(order: dict[str, Any]) -> None:
    """The other SQLite, and what canaries leave out."""
    if order.get("old_sqlite"):
        driver.module, driver.Error = sqlite3, sqlite3.Error
        driver.DatabaseError = sqlite3.DatabaseError
        driver.JOURNAL, driver.SYNCHRONOUS = "DELETE", "EXTRA"
    if order.get("no_folder_sync"):
        files.sync_folder = lambda folder: None
    if order.get("no_file_sync"):
        files.sync_file = lambda path: None
    if order.get("no_transaction"):
        Store.raw_transaction = at_once  # type: ignore[method-assign]
        engine._begin = lambda connection: None
    if order.get("no_copy_sync"):
        connect = driver.connect

        def connect_less(*given: Any, **named: Any) -> Any:
            connection = connect(*given, **named)
            connection.execute("PRAGMA synchronous=OFF")  # until it is settled: a backup's is not
            return connection

        driver.connect = connect_less
    if order.get("synchronous"):
        settle = driver.settle

        def settle_less(connection: Any) -> None:
            settle(connection)
            connection.execute(f"PRAGMA synchronous={order['synchronous']}")
            connection.execute(f"PRAGMA wal_autocheckpoint={order.get('checkpoint', 1000)}")

        driver.settle = settle_less


@contextmanager
def at_once(store: Store) -> Iterator[driver.Connection]:
    """Each statement is committed by itself."""
    with store.failures():
        yield store.raw


def confine(order: dict[str, Any]) -> None:
    """Limits that only a process of its own can have."""
    if "largest_file" in order:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["largest_file"], resource.RLIM_INFINITY))
    if order.get("plain"):
        become_plain()


def become_plain() -> None:
    """Give up root's right to ignore the permissions of files, for this process alone."""
    libc = ctypes.CDLL(None, use_errno=True)
    head = ctypes.create_string_buffer(struct.pack("Ii", CAPABILITIES, 0))
    held = ctypes.create_string_buffer(24)
    assert libc.capget(head, held) == 0
    effective, permitted, *rest = struct.unpack("6I", held.raw)
    kept = ~IGNORE_PERMISSIONS
    plain = struct.pack("6I", effective & kept, permitted & kept, *rest)
    assert libc.capset(head, ctypes.create_string_buffer(plain)) == 0


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Returns what was refused on the way, and how many operations were counted."""
    weaken(order)
    session = SESSIONS[order["session"]]
    room = Room(Path(order["world"]), session.place)
    acts = session.acts[: order.get("steps")]
    confine(order)
    recorder.recorder_start(order["log"].encode(), order["world"].encode())
    if "kill_at" in order:
        recorder.recorder_kill_at(order["kill_at"])
    looks: list[Look] = []
    counted: list[int] = []
    refused: list[list[object]] = []
    for step, act in enumerate(acts, 1):
        if step < order.get("begin", 1):
            continue
        if step == order.get("fail_step"):
            recorder.recorder_fail(
                order.get("fail_at", 0), order["fails"], order["errno"], order.get("syncs_only", 0)
            )
        refused += take(room, step, act, order)
        if refused and order.get("once"):
            break
        recorder.recorder_acknowledge(step)
        counted.append(recorder.recorder_operations())
        if "looks" in order:
            refused += take(room, step, lambda room: looks.append(seen(room)), order)
    if order.get("close"):
        room.close()
    if "looks" in order:
        Path(order["looks"]).write_text(json.dumps(looks))
    return {"refused": refused, "operations": counted}


def seen(room: Room) -> Look:
    return look(room.world, room.workspace)


def take(room: Room, step: int, act: Act, order: dict[str, Any]) -> list[list[object]]:
    """Take a step, again where it is refused; a limit is lifted then. Returns the refusals."""
    refused: list[list[object]] = []
    while True:
        room.clock.step(step)
        try:
            act(room)
            return refused
        except UserError as error:
            refused.append([step, error.code, error.text("vi")])
            if order.get("once") or len(refused) == TRIES:
                return refused
            if "largest_file" in order:
                unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
                resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)


def obey(line: str, reply: int) -> None:
    """In a fork: says what became of it and ends without any clean-up."""
    told: dict[str, Any]
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)
    try:
        told = run(json.loads(line))
    except BaseException:  # noqa: BLE001 - the test shows it
        told = {"bug": traceback.format_exc()}
    os.write(reply, json.dumps(told).encode())
    os._exit(0)


def warm() -> None:
    """Load what the sessions load on first use, so that no fork has to."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("migration", "reports"):
            world = worlds.make(SESSIONS[name].world, Path(folder) / name)
            room = Room(world)
            SESSIONS[name].acts[0](room)
            for service in LATE:
                getattr(room.workspace, service)
            room.close()


def main() -> None:
    """Answers an order once its fork has ended, so that its locks are free."""
    warm()
    for line in sys.stdin:
        told, reply = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(told)
            obey(line, reply)
        os.close(reply)
        with os.fdopen(told) as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        killed = json.dumps({"killed": os.WTERMSIG(status)}) if os.WIFSIGNALED(status) else ""
        os.write(1, f"{said or killed}\n".encode())


if __name__ == "__main__":
    main()
