"""A person's session in a process of its own, with the recorder loaded.

Reads orders (JSON, one a line) and forks for each: a fork has everything imported already. An
order names the workspace, the log, what to do, and which fault to inject.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import sqlite3
import sys
import traceback
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PIL import Image

from auditor.domain.errors import UserError
from auditor.services import pictures
from auditor.services.workspace import Workspace
from auditor.store import driver, files
from forms.answers import Answer
from forms.filling import Progress

QUESTIONS = 60
recorder = ctypes.CDLL(None)


def value_of(step: int) -> str:
    return f"trả lời {step}"


def answer(workspace: Workspace, step: int) -> None:
    """Step 1 answers question 1 …; after the last question they are answered anew."""
    key = (f"q{(step - 1) % QUESTIONS + 1}", 0)
    done = Progress(min(step, QUESTIONS), QUESTIONS + 1)
    workspace.visits.save_answer(1, key, Answer(value_of(step)), done)


def photo(workspace: Workspace, step: int) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (step, 0, 0)).save(out, "PNG")
    prepared = pictures.prepare(out.getvalue(), f"{step}.png")
    kept = workspace.visits.attach(1, ("shown", 0), prepared)
    before = workspace.visits.open(1).answers.get(("shown", 0), Answer())
    named = Answer(evidence=(*before.evidence, kept.sha256))
    workspace.visits.save_answer(1, ("shown", 0), named, Progress(1, QUESTIONS + 1))


def prepare(order: dict[str, Any]) -> None:
    if order.get("old_sqlite"):
        driver.module, driver.Error = sqlite3, sqlite3.Error
        driver.DatabaseError = sqlite3.DatabaseError
        driver.JOURNAL, driver.SYNCHRONOUS = "DELETE", "EXTRA"
    if order.get("no_folder_sync"):
        files.sync_folder = lambda folder: None


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Returns how far it came and what was refused on the way."""
    prepare(order)
    recorder.recorder_start(order["log"].encode(), order["folder"].encode())
    workspace = Workspace.open(Path(order["folder"]))
    if order.get("synchronous"):
        workspace.store.raw.execute(f"PRAGMA synchronous={order['synchronous']}")
    if order.get("checkpoint"):
        workspace.store.raw.execute(f"PRAGMA wal_autocheckpoint={order['checkpoint']}")
    if "kill_at" in order:
        recorder.recorder_kill_at(order["kill_at"])
    refused: list[list[object]] = []
    work = photo if order["do"] == "photos" else answer
    for step in range(1, order["steps"] + 1):
        if step == order.get("fail_at"):
            recorder.recorder_fail(order["fails"], order["errno"], order.get("syncs_only", 0))
        while True:
            try:
                work(workspace, step)
                break
            except UserError as error:
                refused.append([step, error.code, error.text("vi")])
        recorder.recorder_acknowledge(step)
    written = recorder.recorder_operations()
    if order.get("close"):
        workspace.close()
    return {"done": order["steps"], "refused": refused, "operations": written}


def obey(line: str, reply: int) -> None:
    """In a fork: says what became of it and ends without any clean-up."""
    told: dict[str, Any]
    try:
        told = run(json.loads(line))
    except Exception:  # noqa: BLE001 - the test shows it
        told = {"bug": traceback.format_exc()}
    os.write(reply, json.dumps(told).encode())
    os._exit(0)


def main() -> None:
    """Answers an order once its fork has ended, so that its locks are free."""
    for line in sys.stdin:
        told, reply = os.pipe()
        child = os.fork()
        if child == 0:
            obey(line, reply)
        _, status = os.waitpid(child, 0)
        os.close(reply)
        with os.fdopen(told) as pipe:
            said = pipe.read()
        killed = json.dumps({"killed": os.WTERMSIG(status)}) if os.WIFSIGNALED(status) else ""
        os.write(1, f"{said or killed}\n".encode())


if __name__ == "__main__":
    main()
