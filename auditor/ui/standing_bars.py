"""Which bars the standing of a workspace puts across the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.errors import UserError
from auditor.domain.standing import ELSEWHERE, OLDER, SECOND, Notice, Standing
from auditor.ui import care
from auditor.ui.across import Across, Act, Said
from auditor.ui.commands import care as jobs
from auditor.ui.kit.dialog import Dialog
from auditor.ui.theme import Tone
from auditor.words import Words, mark

if TYPE_CHECKING:
    from auditor.services.log import Fatal
    from auditor.ui.window import MainWindow

READ_ONLY, SCANT, WARNED, NOTED, FAILED, FOUND, DIED, DONE = (
    "read_only", "scant", "warned", "noted", "backup_failed", "found", "died", "done",
)  # fmt: skip
#: Why a folder is a bad place, for who asks.
WHY = {
    "synced": mark(
        "A sync program copies files while they are being written and brings older ones back from "
        "another computer. The data file then no longer fits its journal, and answers are lost. "
        "Keep your data in a folder that is not synced; make copies of everything for the cloud."
    ),
    "network": mark(
        "On a network drive a cut of the network can come between two writes, and not every server "
        "keeps a second computer out. Then the data file is damaged. Keep your data on a disk of "
        "this computer, and a copy of everything on the network."
    ),
}


def _nothing() -> None:
    """The person closed it, and that is all."""


def show(window: MainWindow, across: Across, standing: Standing) -> None:
    found: dict[str, Said] = {}
    if standing.refusal is not None:
        found[READ_ONLY] = _read_only(window, standing.refusal)
    if standing.scant and SCANT not in across.closed:
        found[SCANT] = _scant(window, standing.folder)
    if not standing.scant:
        across.closed.discard(SCANT)
    demo = window.context.is_demo
    for notice in () if demo or WARNED in across.closed else standing.warnings[:1]:
        found[WARNED] = _warned(window, notice)
    for notice in standing.notes:
        key = notice.code if notice.code in _WEIGHTS else NOTED
        if key not in across.closed:
            found.setdefault(key, _noted(window, notice))
    across.replace(found, READ_ONLY, SCANT, WARNED, NOTED, *_WEIGHTS)


#: Of what has a bar of its own: a journal that is gone can also be another computer's.
_WEIGHTS = {OLDER: 78, SECOND: 74, ELSEWHERE: 72}


def _noted(window: MainWindow, notice: Notice) -> Said:
    weight, closed = _WEIGHTS.get(notice.code, 70), _nothing
    if notice.code == ELSEWHERE:
        acts = (Act(mark("Why?"), partial(why, window, "synced")),)
        return Said(_text(notice), Tone.WARNING, "triangle-alert", weight, acts, closed)
    caption = mark("Compare…") if notice.code == SECOND else mark("Restore a backup…")
    if notice.code in (OLDER, SECOND):
        closed = partial(_seen, window, notice)
    return Said(
        _text(notice), Tone.WARNING, "history", weight, (_act(window, "copies", caption),), closed
    )


def _read_only(window: MainWindow, refusal: UserError) -> Said:
    acts = [_act(window, "again", mark("Try again"), "rotate-cw")]
    if refusal.code != "in_use":
        acts.append(_act(window, "move", mark("Copy to another folder…"), "copy"))
    return Said(lambda words: _of(refusal, words), Tone.WARNING, "lock", 90, tuple(acts))


def _of(error: UserError, words: Words) -> str:
    said = error.text(words.language)
    return words("Read only: {why}", why=said) if error.code == "in_use" else said


def _scant(window: MainWindow, folder: Path) -> Said:
    def text(words: Words) -> str:
        return words(
            "The disk that holds {folder} is nearly full. Your answers are saved; free some space "
            "soon, so that photos and backups still fit.",
            folder=folder,
        )

    acts = (_act(window, "folder", mark("Open folder"), "folder-open"),)
    return Said(text, Tone.WARNING, "hard-drive", 85, acts, _nothing)


def _warned(window: MainWindow, notice: Notice) -> Said:
    if notice.code == "moved":
        acts: tuple[Act, ...] = (_act(window, "moved", mark("Open it there")),)
    else:
        acts = (
            _act(window, "move", mark("Move your data…")),
            Act(mark("Why?"), partial(why, window, notice.code)),
        )
    closed = partial(_seen, window, notice)
    return Said(_text(notice), Tone.WARNING, "triangle-alert", 60, acts, closed)


def _text(notice: Notice) -> Callable[[Words], str]:
    return lambda words: words(notice.message, folder=notice.folder, name=notice.name)


def _act(window: MainWindow, errand: str, caption: str, icon: str | None = None) -> Act:
    return Act(caption, partial(care.run, window, errand), icon)


def _seen(window: MainWindow, notice: Notice) -> None:
    window.context.ask(jobs.note_seen, notice)


def why(window: MainWindow, code: str) -> None:
    words = window.context.words
    dialog = Dialog(words("Why not here?"), window, width=520)
    dialog.say(words(WHY[code]))
    from auditor.ui.kit.button import Button, Kind

    close = dialog.add_button(Button(words("Close"), Kind.PRIMARY))
    close.clicked.connect(dialog.accept)
    close.setFocus()
    dialog.open()


#: By the code of the error. It is tried again by itself.
_NO_BACKUP = {
    "disk_full": mark(
        "Your answers are saved, but the disk has no room for a backup. Free some space on the "
        "disk that holds {folder}, or copy everything to another disk."
    ),
    "disk_error": mark(
        "Your answers are saved, but the disk that holds {folder} did not take a backup. It may "
        "be failing: copy everything to another disk."
    ),
}


def backup_failed(window: MainWindow, across: Across, error: UserError) -> None:
    """Told once, until one succeeds."""
    if across.said(FAILED) or FAILED in across.closed:
        return

    def text(words: Words) -> str:
        folder, sentence = error.values.get("folder"), _NO_BACKUP.get(error.code)
        if sentence is not None:
            return words(sentence, folder=folder)
        why_ = error.text(words.language)
        return words("Your answers are saved, but no backup could be made. {why}", why=why_)

    acts = (_act(window, "copy", mark("Copy everything…")),)
    across.put(FAILED, Said(text, Tone.WARNING, "hard-drive", 50, acts, _nothing))


def check_found(across: Across, count: int, show_: Callable[[], None]) -> None:
    def text(words: Words) -> str:
        return words.plural(
            "The weekly check of your data found {count} fault.",
            "The weekly check of your data found {count} faults.",
            count,
        )

    acts = (Act(mark("Show"), show_, ends=True),)
    across.put(FOUND, Said(text, Tone.DANGER, "circle-alert", 80, acts, _nothing))


def restored(window: MainWindow, across: Across, aside: Path | None) -> None:
    """Where that lies which was here before."""
    if aside is None:
        window.toast(window.context.words("The backup is in place."))
        return

    def text(words: Words) -> str:
        return words("Done. What was here before is kept in {folder}.", folder=aside)

    show_it = Act(mark("Open folder"), partial(care.show_folder, aside), "folder-open")
    across.put(DONE, Said(text, Tone.SUCCESS, "circle-check", 75, (show_it,), _nothing))


def died(window: MainWindow, across: Across, fatal: Fatal) -> None:
    """The process itself crashed last time, not a program in Python."""

    def text(words: Words) -> str:
        return words(
            "The app crashed last time. Every answer that was "
            "shown as saved is here. What is known stands in {path}.",
            path=fatal.path,
        )

    acts = (_act(window, "support", mark("Save a report for support…")),)
    across.put(DIED, Said(text, Tone.WARNING, "circle-alert", 40, acts, _nothing))
