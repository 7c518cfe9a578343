"""Photographed: what a person sees when something is wrong with the data, and its care."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from auditor.domain.errors import NotSavedError, UserError, WorkspaceError
from auditor.domain.standing import ELSEWHERE, OLDER, SECOND, Notice, Standing
from auditor.services import doctor
from auditor.services.doctor import Finding, Findings, Level
from auditor.services.log import Fatal
from auditor.services.workspace import Workspace, _read_only
from auditor.store import backup, driver, failures, lineage, lock
from auditor.store import folder as layout
from auditor.ui import care, standing_bars
from auditor.ui.copies import CopiesDialog
from auditor.ui.findings import FindingsDialog
from auditor.ui.home.screen import HomeScreen
from auditor.ui.window import MainWindow

Act = Callable[[MainWindow], object]
DAMAGED, LOST, GONE, FOREIGN, NEWER = "damaged", "lost", "gone", "foreign", "newer"
RENAMED = "renamed"
SPOILT = (DAMAGED, LOST, GONE, FOREIGN, NEWER, RENAMED)
USB = Path("/media/mai/USB-BAC")


def build(kind: str, good: Path, to: Path) -> None:
    """A copy of ``good`` in which the data file is no longer what it was."""
    shutil.copytree(good, to)
    if kind != LOST:
        _back_up(to)
    database = to / driver.DATABASE
    if kind == NEWER:
        raw = driver.connect(database)
        raw.execute(f"PRAGMA user_version={driver.SCHEMA + 1}")
        raw.close()
    elif kind == FOREIGN:
        database.unlink()
        raw = driver.connect(database)
        raw.execute("CREATE TABLE theirs (id)")
        raw.close()
    elif kind == GONE:
        database.unlink()
    elif kind == RENAMED:
        database.rename(to / CONFLICTED)
    else:
        database.write_bytes(os.urandom(50_000))


def _back_up(folder: Path) -> None:
    """A good backup of now, a good one of long ago, and a bad one."""
    workspace = Workspace.open(folder)
    made = workspace.backups.make()
    workspace.close()
    shutil.copyfile(made, made.with_name("2026-09-30T181500Z.db"))
    made.with_name("2026-10-14T090000Z.db").write_bytes(made.read_bytes()[:5000])
    later = made.with_name(f"{datetime.now(UTC) - timedelta(hours=3):%Y-%m-%dT%H%M%SZ}.db")
    made.rename(later)
    assert len(backup.listed(folder)) == 3


# what the trouble screen tells; of an error that the machine of the pictures does not have


def refuse(make: Callable[[Path], UserError]) -> Act:
    def act(window: MainWindow) -> None:
        screen = window.screen_
        assert isinstance(screen, HomeScreen)
        screen._show_failure(make(window.context.folder))

    return act


def in_use(folder: Path) -> UserError:
    return WorkspaceError("in_use", lock.in_use(folder).message, folder=folder, pid=4711, host="",
                          user="")  # fmt: skip


def in_use_elsewhere(folder: Path) -> UserError:
    (folder / lock.NAME).write_text("4711\nvan-phong-02\nlan\n")
    return lock.in_use(folder)


away = layout.away
no_access = layout._unreadable
not_a_folder = layout._not_a_folder


def disk_full(folder: Path) -> UserError:
    return layout.unusable(folder, OSError(28, "full"))


# bars


def stand(*codes: str, refusal: UserError | None = None) -> Act:
    """As if the workspace stood like this."""

    def act(window: MainWindow) -> None:
        context = window.context
        notices = [_notice(code, context.folder) for code in codes]
        warnings = tuple(each for each in notices if each.code in WARNINGS)
        notes = tuple(each for each in notices if each.code not in WARNINGS)
        standing = context.standing or Standing(context.folder)
        context._stand(
            replace(standing, refusal=refusal, warnings=warnings, notes=notes, scant=False)
        )

    return act


def _notice(code: str, folder: Path) -> Notice:
    name = {SECOND: CONFLICTED, ELSEWHERE: "van-phong-02"}.get(code, "")
    return Notice(code, NOTICES[code], folder, name)


CONFLICTED = "workspace (MAI-PC's conflicted copy 2026-11-12).db"
WARNINGS = ("synced", "network", "moved")
NOTICES = {
    OLDER: lineage._OLDER,
    SECOND: lineage._SECOND,
    ELSEWHERE: lineage._ELSEWHERE,
    "synced": "{folder} is kept by a sync program, which can damage the data while you "
    "work. Move the workspace to a folder on this computer that is not synced.",
    "network": "{folder} is on a network drive, where the data can be damaged. Move the "
    "workspace to a disk of this computer.",
    "moved": "The data of this folder was moved to {folder}; go on there.",
    "journal_gone": "The app was cut off last time, and its journal is no longer in {folder}. Look "
    "whether your last answers are there; what is missing may be in a backup.",
    "journal_garbage": "The journal of the last session was damaged and is kept in {folder}. Look "
    "whether your last answers are there; what is missing may be in a backup.",
}


def read_only(window: MainWindow) -> None:
    folder = window.context.folder
    stand(refusal=_read_only(folder, layout.unusable(folder)))(window)


def scant(window: MainWindow) -> None:
    context = window.context
    standing = context.standing or Standing(context.folder)
    context._stand(replace(standing, scant=True, warnings=(), notes=(), refusal=None))


def why_synced(window: MainWindow) -> None:
    stand("synced")(window)
    standing_bars.why(window, "synced")


def no_backup(window: MainWindow) -> None:
    error = failures.file_failure(OSError(28, "full"), window.context.folder)
    standing_bars.backup_failed(window, window.across, error)


def restored(window: MainWindow) -> None:
    aside = window.context.folder / "set-aside" / "2026-11-12T140231Z"
    standing_bars.restored(window, window.across, aside)


def died(window: MainWindow) -> None:
    fatal = Fatal(window.context.folder / "logs" / "fatal.log.1", datetime.now(UTC))
    standing_bars.died(window, window.across, fatal)


def faults_found(window: MainWindow) -> None:
    standing_bars.check_found(window.across, 2, partial(findings, window))


def after_quiet(act: Act) -> Act:
    """``act`` with nothing across the window from the scene before."""

    def run(window: MainWindow) -> None:
        window.across.clear()
        act(window)

    return run


# care


def copies(window: MainWindow) -> None:
    dialog = CopiesDialog(window.context, window)
    dialog.open()
    while window.context.images.busy:
        QTest.qWait(5)


def findings(window: MainWindow) -> None:
    folder = window.context.folder
    stray = tuple(folder.glob("evidence/*/*"))[:3]
    named = {"name": "quầy lúc 14 giờ.jpg", "number": "V-0016"}
    found = (
        Finding(Level.GOOD, "database", "The database is whole (SQLite {version}, {journal}).",
                {"version": "3.46.1", "journal": "wal"}),
        Finding(Level.GOOD, "trail", "The trail of events is unbroken."),
        Finding(Level.FAULT, "missing", doctor._bad_file("missing", "", "").message, named),
        Finding(Level.FAULT, "altered", doctor._bad_file("altered", "", "").message, named),
        Finding(Level.WARNING, "orphans",
                "Files that nothing names any more: {count} ({size} MB). They do no harm.",
                {"count": len(stray), "size": "3.1"}, stray),
        Finding(Level.WARNING, "backups", "There is no backup yet. Make one now."),
    )  # fmt: skip
    FindingsDialog(window.context, Findings(found), window).open()


def findings_good(window: MainWindow) -> None:
    found = (
        Finding(Level.GOOD, "database", "The database is whole (SQLite {version}, {journal}).",
                {"version": "3.46.1", "journal": "wal"}),
        Finding(Level.GOOD, "trail", "The trail of events is unbroken."),
        Finding(Level.GOOD, "evidence",
                "The evidence is whole, byte for byte (files: {count}).", {"count": 42}),
        Finding(Level.GOOD, "backups", "Backups: {count}, the newest of {time} UTC.",
                {"count": 12, "time": "2026-11-22 06:12"}),
    )  # fmt: skip
    FindingsDialog(window.context, Findings(found), window).open()


def support(window: MainWindow) -> None:
    care.support(window)


def copied(window: MainWindow) -> None:
    file = USB / "mystery-auditor-2026-11-22T063000Z.auditor-backup"
    words = window.context.words
    window.say_done(words("Everything is in {name}, checked.", name=file.name), file, words)


def copy_refused(window: MainWindow) -> None:
    """The disk was unplugged while the copy was made."""
    error = failures.file_failure(OSError(5, "gone"), USB)
    assert isinstance(error, NotSavedError)
    window.context.report_error(error)


def begin_anew(window: MainWindow) -> None:
    care.begin_anew(window)
    QApplication.processEvents()


def demo(window: MainWindow) -> None:
    """The same folder, as the demo."""
    context = window.context
    context.ports = replace(context.ports, demo=context.folder, home=USB)
    window.look_anew()
