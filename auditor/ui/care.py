"""Care of the data: what buttons of Settings, of the bars and of the trouble screen ask for.

Every errand is a function of the window; ``run`` knows them by name, so that a button says what it
wants and no more.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from auditor.services.folders import default_folder
from auditor.ui.commands import care
from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.working import WorkingDialog

if TYPE_CHECKING:
    from auditor.ui.tasks import Task
    from auditor.ui.window import MainWindow


def run(window: MainWindow, errand: str) -> None:
    """Do what the button named ``errand`` is for."""
    ERRANDS[errand](window)


# folders


def open_folder(window: MainWindow) -> None:
    show_folder(window.context.folder)


def show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def other_workspace(window: MainWindow) -> None:
    """Choose another folder to work in, which is remembered."""
    dialog = _folder_dialog(window, window.context.words("Choose the folder of your data"))
    dialog.fileSelected.connect(partial(_work_in_chosen, window))
    open_dialog(dialog)


def _folder_dialog(window: MainWindow, title: str) -> QFileDialog:
    dialog = QFileDialog(window, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(str(_existing(window.context.folder.parent)))
    return dialog


def _existing(folder: Path) -> Path:
    return next((place for place in (folder, *folder.parents) if place.is_dir()), Path.home())


def _work_in_chosen(window: MainWindow, folder: str) -> None:
    try:
        meant = care.workspace_in(Path(folder))
    except OSError:  # the folder itself is then told as what it is
        meant = Path(folder)
    _work_in(window, str(meant))
    if meant != Path(folder):
        window.toast(window.context.words("Your data is in {folder}.", folder=meant))


def _work_in(window: MainWindow, folder: str) -> None:
    context = window.context
    context.change_settings(workspace=folder)
    context.ports = replace(context.ports, home=Path(folder))
    window.switch_to(Path(folder))


def go_home(window: MainWindow) -> None:
    """To where the data of this folder was moved."""
    standing = window.context.standing
    moved = [each for each in (standing.warnings if standing else ()) if each.code == "moved"]
    if moved:
        _work_in(window, str(moved[0].folder))


def usual_workspace(window: MainWindow) -> None:
    """Out of a folder that is not there, to that of a person who chose none."""
    context = window.context
    usual = default_folder()
    context.change_settings(workspace=None)
    context.ports = replace(context.ports, home=usual)
    window.switch_to(usual)


def move(window: MainWindow) -> None:
    """Choose an empty folder, copy everything there, go on there."""
    dialog = _folder_dialog(window, window.context.words("Choose an empty folder for your data"))
    dialog.fileSelected.connect(partial(_move_to, window))
    open_dialog(dialog)


def _move_to(window: MainWindow, folder: str) -> None:
    context = window.context
    target = care.home_in(Path(folder), context.folder)
    task = context.lane.run_long(
        context.closed(care.move), context.folder, target, context.words,
        done=partial(_moved, window), failed=partial(_stayed, window),
    )  # fmt: skip
    WorkingDialog(task, context.words("Moving your data"), context.words, window)


def _moved(window: MainWindow, folder: Path) -> None:
    _work_in(window, str(folder))
    words = window.context.words
    window.toast(words("Your data is now in {folder}. The old folder was left.", folder=folder))


def _stayed(window: MainWindow, error: Any) -> None:
    window.context.report_error(error)
    window.look_anew()


# the workspace that does not open, or only to be read


def try_again(window: MainWindow) -> None:
    window.context.reopen(done=window.look_anew)


def read_only(window: MainWindow) -> None:
    """Read what another window has open."""
    refused = window.refused
    window.context.reopen(refused, done=window.look_anew)


def show_other(window: MainWindow) -> None:
    """Bring the window that has the workspace open to the front."""
    from auditor.ui.instance import raise_other

    if not raise_other(window.context.folder):
        window.error.say(window.context.words(
            "The other window does not answer. Close it, or end it, then try again."))  # fmt: skip


def begin_anew(window: MainWindow) -> None:
    words = window.context.words
    dialog = ConfirmDialog(
        words("Begin anew, with nothing?"),
        words("The present data file is kept in the folder {name}, not erased. Photos and backups "
              "stay where they are.", name="set-aside"),
        words("Begin anew"),
        words("Cancel"),
        window,
        danger=True,
    )  # fmt: skip
    dialog.accepted.connect(partial(_begin_anew, window))
    dialog.open()


def _begin_anew(window: MainWindow) -> None:
    context = window.context
    context.lane.run(
        context.closed(care.begin_anew), context.folder, done=window.restored,
        failed=partial(_stayed, window),
    )  # fmt: skip


# copies


def back_up(window: MainWindow) -> None:
    """A checked copy now, off the lane, so that no save waits."""
    context = window.context
    context.ask(care.backups, done=partial(_back_up, window))


def _back_up(window: MainWindow, store: Any) -> None:
    window.context.images.run(
        care.make, store, done=window.backed_up, failed=window.context.report_error
    )


def choose_copy(window: MainWindow) -> None:
    """The backups of this folder, judged, and files from elsewhere."""
    from auditor.ui.copies import CopiesDialog

    context = window.context
    dialog = CopiesDialog(context, window)
    dialog.chosen.connect(window.restore)
    dialog.other_wanted.connect(partial(other_copy, window))
    dialog.open()


def other_copy(window: MainWindow) -> None:
    from auditor.ui.restore import choose_backup

    choose_backup(window, window.context).fileSelected.connect(window.restore)


def copy_to_disk(window: MainWindow) -> None:
    """Everything in one file, on a disk that the person chooses; the place is remembered."""
    context = window.context
    words, standing = context.words, context.standing
    dialog = _folder_dialog(window, words("Choose where the copy goes"))
    last = Path(standing.copied_to) if standing and standing.copied_to else None
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    usual = last if last and last.is_dir() else Path(QStandardPaths.writableLocation(documents))
    dialog.setDirectory(str(_existing(usual)))
    dialog.fileSelected.connect(partial(_copy_to, window))
    open_dialog(dialog)


def _copy_to(window: MainWindow, folder: str) -> None:
    window.context.ask(care.backups, done=partial(_export, window, Path(folder)))


def _export(window: MainWindow, folder: Path, store: Any) -> None:
    context = window.context
    task = context.images.run_long(
        care.export, store, folder, done=partial(_copied, window),
        failed=partial(_not_copied, window),
    )  # fmt: skip
    WorkingDialog(task, context.words("Copying everything"), context.words, window)


def _copied(window: MainWindow, file: Path) -> None:
    context = window.context
    context.ask(care.note_copied, file)
    context.look_again()
    window.say_done(
        context.words("Everything is in {name}, checked.", name=file.name),
        file,
        window.context.words,
    )


def _not_copied(window: MainWindow, error: Any) -> None:
    """The other disk was full, or unplugged."""
    context = window.context
    why = context.sentence(error)
    window.error.say(
        context.words("Nothing was copied. Your data here is as it was. {why}", why=why)
    )


# check and support


def check(window: MainWindow) -> None:
    """Look at all data, with progress; then say what was found."""
    context = window.context
    task = start_check(window, partial(show_findings, window))
    WorkingDialog(task, context.words("Checking the data"), context.words, window)


def start_check(window: MainWindow, done: Any) -> Task:
    context = window.context
    return context.images.run_long(
        care.examine, context.folder, done=done, failed=context.report_error
    )


def show_findings(window: MainWindow, findings: Any) -> None:
    from auditor.ui.findings import FindingsDialog

    note_findings(window, findings)
    dialog = FindingsDialog(window.context, findings, window)
    dialog.wanted.connect(partial(run, window))
    dialog.open()


def bring_photos(window: MainWindow) -> None:
    """Files of evidence alone, from here first; then from a copy that the person chooses."""
    _bring(window, None)


def _bring(window: MainWindow, source: Path | None) -> None:
    context = window.context
    task = context.images.run_long(
        care.bring_back, context.folder, source, done=partial(_brought, window, source),
        failed=context.report_error,
    )  # fmt: skip
    WorkingDialog(task, context.words("Bringing photos back"), context.words, window)


def _brought(window: MainWindow, source: Path | None, found: Any) -> None:
    if found.lost and source is None:
        _ask_for_copy(window)
        return
    words = window.context.words
    back = words.plural("{count} file is back.", "{count} files are back.", found.back)
    if found.lost:
        more = words.plural(
            "{count} is not in that copy.", "{count} are not in that copy.", found.lost
        )
        back = f"{back} {more}"
    window.toast(back)
    check(window)


def _ask_for_copy(window: MainWindow) -> None:
    from auditor.ui.restore import choose_backup

    dialog = choose_backup(window, window.context)
    dialog.setWindowTitle(window.context.words("Choose a copy of everything that has the photos"))
    dialog.fileSelected.connect(lambda file: _bring(window, Path(file)))


def count_again(window: MainWindow) -> None:
    """Build the figures of the lists from the visits; then check anew."""
    window.context.ask(care.count_again, done=lambda _count: check(window))


def note_findings(window: MainWindow, findings: Any) -> None:
    context = window.context
    if context.standing is not None and context.standing.writable:
        context.ask(care.note_examined, findings)
        context.look_again()


def support(window: MainWindow) -> None:
    """A file for support: said what is in it, and shown in its folder."""
    from auditor.ui.support import save_report

    save_report(window)


ERRANDS = {
    "folder": open_folder,
    "other": other_workspace,
    "moved": go_home,
    "usual": usual_workspace,
    "move": move,
    "again": try_again,
    "read": read_only,
    "raise": show_other,
    "anew": begin_anew,
    "backup": back_up,
    "copies": choose_copy,
    "file": other_copy,
    "copy": copy_to_disk,
    "check": check,
    "figures": count_again,
    "photos": bring_photos,
    "support": support,
}
