"""Settings, Your data: where it lies, its copies, its check, help."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from auditor.domain.standing import Standing
from auditor.ui import when
from auditor.ui.kit.button import Button
from auditor.ui.kit.card import Card, Line
from auditor.ui.kit.setting import SettingRow
from auditor.ui.support import contents
from auditor.ui.theme import Ink

if TYPE_CHECKING:
    from auditor.ui.context import AppContext

#: A copy on another disk that is older is worth a reminder.
OLD = timedelta(days=7)


class DataCard(Card):
    """``wanted(errand)``: see ``auditor.ui.care``."""

    wanted = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__(margins=(16, 4, 16, 4), spacing=0)
        self._context, self.words = context, context.words
        self.buttons: dict[str, Button] = {}
        words = self.words
        self.folder = self._row(
            words("Data folder"), str(context.folder),
            ("folder", words("Open folder"), "folder-open"),
            ("move", words("Move…"), "external-link"),
            elide=True,
        )  # fmt: skip
        self.backup = self._row(
            words("Backup"), "", ("backup", words("Back up now"), "hard-drive-download")
        )
        self.copy = self._row(
            words("Copy on another disk"), "", ("copy", words("Copy everything…"), "hard-drive")
        )
        self.restore = self._row(
            words("Restore a backup"), words("What is here now is kept aside, not erased."),
            ("copies", words("Restore…"), "history"),
        )  # fmt: skip
        self.check = self._row(words("Check the data"), "", ("check", words("Check now"), "search"))
        self.support = self._row(
            words("Help from support"), contents(words),
            ("support", words("Save a report…"), "file-text"),
        )  # fmt: skip
        context.stood.connect(self._show)
        self._show(context.standing)

    def _row(
        self, title: str, note: str, *acts: tuple[str, str, str], elide: bool = False
    ) -> SettingRow:
        if self.body.count():
            self.body.addWidget(Line())
        buttons = []
        for errand, caption, icon in acts:
            button = Button(caption, icon=icon)
            button.setProperty("errand", errand)
            button.clicked.connect(self._want)
            self.buttons[errand] = button
            buttons.append(button)
        row = SettingRow(title, *buttons, note=note, elide=elide)
        self.body.addWidget(row)
        return row

    def _want(self) -> None:
        self.wanted.emit(self.sender().property("errand"))

    def _show(self, standing: Standing | None) -> None:
        """What is known once the workspace is open."""
        self._show_backup(standing)
        self._show_copy(standing)
        self._show_check(standing)
        there = self._context.ports.has_data(self._context.folder)
        for errand in ("move", "backup", "copy", "check"):
            self.buttons[errand].setEnabled(there)
        if self._context.is_demo:
            self.buttons["move"].setEnabled(False)
        if standing is not None and not standing.writable:
            self.buttons["backup"].setEnabled(False)

    def _show_backup(self, standing: Standing | None) -> None:
        words = self.words
        note = words("Copies are made by themselves, too, and lie in the data folder.")
        if standing is not None and standing.backed_up is not None:
            note = words("Last: {time}.", time=self._time(standing.backed_up)) + " " + note
        self.backup.set_note(note)

    def _show_copy(self, standing: Standing | None) -> None:
        words = self.words
        if standing is None or standing.copied is None:
            note = words("A disk can fail or be stolen: keep a copy of everything on another one.")
            self.copy.set_note(note)
            return
        time = self._time(standing.copied)
        age = datetime.now().astimezone() - standing.copied
        if age > OLD:
            note = words.plural(
                "The last copy is {count} day old ({time}). Make a new one.",
                "The last copy is {count} days old ({time}). Make a new one.",
                age.days, time=time,
            )  # fmt: skip
            self.copy.set_note(note, Ink.WARNING)
        else:
            where = standing.copied_to
            self.copy.set_note(words("Last: {time}, in {folder}.", time=time, folder=where))

    def _show_check(self, standing: Standing | None) -> None:
        words = self.words
        note = words("Reads everything once more, each photo byte for byte. Weekly by itself.")
        if standing is None or standing.examined is None:
            self.check.set_note(note)
            return
        time = self._time(standing.examined)
        if standing.faults:
            said = words.plural(
                "The check of {time} found {count} fault.",
                "The check of {time} found {count} faults.",
                standing.faults, time=time,
            )  # fmt: skip
            self.check.set_note(said, Ink.DANGER)
        else:
            self.check.set_note(words("Last: {time}, all in order.", time=time) + " " + note)

    def _time(self, at: datetime) -> str:
        return when.moment(self.words, at, datetime.now().astimezone())
