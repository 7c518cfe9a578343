"""A workspace that does not open: what happened in one sentence, that nothing is erased, and the
ways on from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.errors import UserError
from auditor.ui import when
from auditor.ui.commands import care
from auditor.ui.copies import told
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, Line
from auditor.ui.kit.chip import LeadIcon
from auditor.ui.kit.setting import SettingRow
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Tone, Type
from auditor.words import mark

if TYPE_CHECKING:
    from auditor.services.rescue import Copy, Rescue
    from auditor.ui.context import AppContext

COLUMN = 720
#: Least width of a sentence: else a column reckons with its height in a narrow one.
LEAST = 400


@dataclass(frozen=True, slots=True)
class Offer:
    """A way on: what it is, what it does, its button. All marked English."""

    title: str
    note: str
    caption: str
    icon: str


OFFERS = {
    "copies": Offer(
        mark("Choose another backup"),
        mark("All backups of this folder, or a file from elsewhere."),
        mark("Choose…"), "history"),
    "anew": Offer(
        mark("Begin anew"), mark("An empty workspace. What is here is kept, not erased."),
        mark("Begin anew…"), "plus"),
    "again": Offer(
        mark("Try again"), mark("Once what stands in the way is gone."),
        mark("Try again"), "rotate-cw"),
    "read": Offer(
        mark("Only read"), mark("Visits and reports can be read; nothing is written."),
        mark("Open read only"), "eye"),
    "raise": Offer(
        mark("Go to the other window"), mark("It has this workspace open."),
        mark("Show it"), "external-link"),
    "move": Offer(
        mark("Copy to another folder"), mark("A copy on this computer that can be written."),
        mark("Choose a folder…"), "copy"),
    "other": Offer(
        mark("Work in another folder"), mark("What is in this one stays as it is."),
        mark("Choose a folder…"), "folder-open"),
    "folder": Offer(
        mark("Look at the folder"), mark("With the files of your computer."),
        mark("Open folder"), "folder-open"),
    "support": Offer(
        mark("Ask for help"), mark("A file without your answers, names and photos."),
        mark("Save a report…"), "file-text"),
}  # fmt: skip
_USUAL = ("again", "other", "folder", "support")
#: By the code of the error, what is offered below.
WAYS = {
    "damaged": ("copies", "anew", "folder", "support"),
    "missing_database": ("copies", "anew", "folder", "support"),
    "foreign": ("other", "folder", "support"),
    "newer": ("other", "folder", "support"),
    "older": ("again", "move", "other", "folder", "support"),
    "in_use": ("raise", "read", "again", "other"),
    "not_a_folder": ("other", "support"),
}
TITLES = {
    "damaged": mark("The data is damaged"),
    "missing_database": mark("The data file is gone"),
    "foreign": mark("This is the data of another program"),
    "newer": mark("This data is of a newer version"),
    "older": mark("This data must be brought up to date"),
    "in_use": mark("The data is open elsewhere"),
    "disk_full": mark("The disk is full"),
}
_TOLD = {
    "damaged": mark(
        "The data file can no longer be read. Nothing was erased: it stays where it is until you "
        "choose, and your photos are files of their own."
    ),
    "missing_database": mark(
        "The file {database} is not there any more. Nothing was put in its place: photos and "
        "backups are still here. Put it back, or choose below."
    ),
}


class Trouble(QWidget):
    """``wanted(errand)``, ``restore_wanted(path)``."""

    wanted = Signal(str)
    restore_wanted = Signal(str)

    def __init__(self, context: AppContext, error: UserError) -> None:
        super().__init__()
        self._context, self.words, self.error = context, context.words, error
        self.newest: Copy | None = None
        self.settled = True
        self.buttons: dict[str, Button] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(12)
        self._column.addLayout(self._head())
        self._best = QVBoxLayout()
        self._column.addLayout(self._best)
        self._column.addWidget(self._ways())
        self._column.addStretch(1)
        if error.code in ("damaged", "missing_database"):
            self.settled = False
            context.images.run_long(
                care.look_for_copies, context.folder, done=self._offer_newest,
                failed=context.report_error,
            )  # fmt: skip

    def _head(self) -> QHBoxLayout:
        words, error = self.words, self.error
        row = QHBoxLayout()
        row.setSpacing(16)
        icon = QVBoxLayout()
        icon.addWidget(LeadIcon("triangle-alert", Tone.WARNING, 44))
        icon.addStretch(1)
        row.addLayout(icon)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        title = TITLES.get(error.code, mark("The data cannot be opened"))
        self.title = Label(words(title), Type.TITLE, wrap=True)
        sentence = _TOLD.get(error.code)
        said = words(sentence, **error.values) if sentence else self._context.sentence(error)
        self.sentence = Label(said, Type.BODY, Ink.TEXT2, wrap=True)
        for label in (self.title, self.sentence):
            label.setMinimumWidth(self._context.theme.px(LEAST))
            texts.addWidget(label)
        place = words("Folder: {folder}", folder=self._context.folder)
        texts.addWidget(Label(place, Type.HELP, Ink.TEXT3, wrap=True))
        row.addLayout(texts, 1)
        return row

    def _ways(self) -> Card:
        card = Card(margins=(16, 4, 16, 4), spacing=0)
        for index, errand in enumerate(self._errands()):
            if index:
                card.body.addWidget(Line())
            offer = OFFERS[errand]
            kind = Kind.PRIMARY if index == 0 and self._has_no_best() else Kind.OUTLINE
            button = Button(self.words(offer.caption), kind, icon=offer.icon)
            button.setProperty("errand", errand)
            button.clicked.connect(self._want)
            self.buttons[errand] = button
            row = SettingRow(self.words(offer.title), button, note=self.words(offer.note))
            card.body.addWidget(row)
        return card

    def _want(self) -> None:
        self.wanted.emit(self.sender().property("errand"))

    def _has_no_best(self) -> bool:
        return self.error.code not in ("damaged", "missing_database")

    def _errands(self) -> tuple[str, ...]:
        ways = WAYS.get(self.error.code, _USUAL)
        here = self.error.values.get("host", "") in ("", _host()) and not self._of_another()
        return tuple(way for way in ways if way != "raise" or here)

    def _of_another(self) -> bool:
        return self.error.values.get("user", "") not in ("", _user())

    # the newest good backup

    def _offer_newest(self, found: Rescue) -> None:
        self.settled = True
        self.newest = found.newest
        if self.newest is None:
            self._best.addWidget(self._no_backup(bool(found.copies)))
            self.focus_first()
            return
        card = Card(margins=(16, 12, 16, 12))
        card.body.addWidget(Label(self.words("The newest good backup"), Type.STRONG))
        lost = Label(self._lost(self.newest, found.changed), Type.BODY, wrap=True)
        lost.setMinimumWidth(self._context.theme.px(LEAST))
        card.body.addWidget(lost)
        card.body.addWidget(Label(told(self.newest, self.words), Type.HELP, Ink.TEXT2))
        row = QHBoxLayout()
        self.best = Button(
            self.words("Restore the backup"), Kind.PRIMARY, icon="history", height=40
        )
        self.best.clicked.connect(self._restore)
        row.addWidget(self.best)
        row.addStretch(1)
        card.body.addLayout(row)
        self._best.addWidget(card)
        self.best.setFocus()

    def _no_backup(self, some: bool) -> Label:
        text = (
            self.words("No backup in this folder can be read. Choose one from another disk.")
            if some
            else self.words("There is no backup in this folder. Choose one from another disk.")
        )
        return Label(text, Type.BODY, wrap=True)

    def _lost(self, copy: Copy, changed: datetime | None) -> str:
        words, now = self.words, datetime.now().astimezone()
        at = when.moment(words, copy.at, now)
        last = at if changed is None else when.moment(words, changed, now)
        if changed is None or changed <= copy.at or last == at:
            return words("Made {time}. What was entered after it would be missing.", time=at)
        return words(
            "Made {time}. Answers since {time} would be missing: the data was last written to "
            "{last}.",
            time=at,
            last=last,
        )

    def _restore(self) -> None:
        if self.newest is not None:
            self.restore_wanted.emit(str(self.newest.path))

    def focus_first(self) -> None:
        if self.newest is not None:
            self.best.setFocus()
        elif self.buttons:
            next(iter(self.buttons.values())).setFocus()


def _host() -> str:
    import socket

    return socket.gethostname()


def _user() -> str:
    import getpass

    return getpass.getuser()
