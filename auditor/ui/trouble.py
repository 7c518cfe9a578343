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
from auditor.ui.kit.card import Card, Line, ScrollArea
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
        mark("Begin anew"), mark("With empty data. What is here is kept, not erased."),
        mark("Begin anew…"), "plus"),
    "again": Offer(
        mark("Try again"), mark("When the cause is dealt with."),
        mark("Try again"), "rotate-cw"),
    "read": Offer(
        mark("Only read"), mark("Visits and reports can be read; nothing is written."),
        mark("Open read only"), "eye"),
    "raise": Offer(
        mark("Go to the other window"), mark("It has this data open."),
        mark("Show it"), "external-link"),
    "move": Offer(
        mark("Copy to another folder"), mark("A copy on this computer that can be written."),
        mark("Choose a folder…"), "copy"),
    "other": Offer(
        mark("Work in another folder"), mark("What is in this one stays as it is."),
        mark("Choose a folder…"), "folder-open"),
    "folder": Offer(
        mark("Look into the folder"), mark("In your computer's file manager."),
        mark("Open folder"), "folder-open"),
    "usual": Offer(
        mark("Work in the usual folder"),
        mark("On this computer. What lies elsewhere stays as it is."),
        mark("Open it"), "hard-drive"),
    "support": Offer(
        mark("Ask for help"), mark("A file without your answers, names and photos."),
        mark("Save a report…"), "file-text"),
}  # fmt: skip
#: Where a backup of this folder may take the place of what is there.
RESCUED = ("damaged", "missing_database", "foreign")
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
    "away": ("again", "usual", "other"),
}
TITLES = {
    "damaged": mark("The data is damaged"),
    "missing_database": mark("The data file is gone"),
    "foreign": mark("This is the data of another program"),
    "newer": mark("This data is of a newer version"),
    "older": mark("This data must be brought up to date"),
    "in_use": mark("The data is open elsewhere"),
    "disk_full": mark("The disk is full"),
    "away": mark("The folder of your data is not there"),
}
#: What happened, what is lost or not, what to do. The folder stands in a line of its own.
_TOLD = {
    "damaged": mark(
        "The data file can no longer be read. Nothing was erased: it stays where it is until you "
        "choose, and your photos are files of their own."
    ),
    "missing_database": mark(
        "The file {database} is not there any more. Nothing was put in its place: photos and "
        "backups are still here. Put it back, or choose below."
    ),
    "foreign": mark(
        "The data file in this folder is of another program and was not touched. Choose the "
        "folder where your own data lies."
    ),
    "newer": mark(
        "A newer version of Mystery Auditor wrote it. Nothing is lost and nothing was changed: "
        "install that version, then open it again."
    ),
    "older": mark(
        "An older version wrote it, and nothing may be written here. Nothing is lost: allow "
        "writing, or copy it to another folder."
    ),
    "in_use": mark(
        "Another window has it open, and only one may write. Go on there, or close that window "
        "first."
    ),
    "no_access": mark(
        "You may not read this folder. Nothing is lost: what is in it stays. Allow reading, then "
        "try again."
    ),
    "disk_full": mark(
        "There is no room left to open the data. Nothing is lost: free some space on this disk, "
        "then try again."
    ),
    "not_a_folder": mark("A file lies where the folder should be. Choose another folder."),
    "away": mark(
        "It was kept in this folder. If that is on another disk or on the network, nothing is "
        "lost: connect it, then try again."
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
        if error.code in RESCUED:
            self.settled = False
            context.images.run_long(
                care.look_for_copies, context.folder, done=self._offer_newest,
                failed=context.report_error,
            )  # fmt: skip

    def in_column(self) -> ScrollArea:
        area = ScrollArea(margins=(0, 12, 0, 12), column=self._context.theme.px(COLUMN))
        area.body.addWidget(self)
        area.body.addStretch(1)
        return area

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
        self.sentence = Label(self._told(), Type.BODY, Ink.TEXT2, wrap=True)
        for label in (self.title, self.sentence):
            label.setMinimumWidth(self._context.theme.px(LEAST))
            texts.addWidget(label)
        place = words("Folder: {folder}", folder=self._context.folder)
        texts.addWidget(Label(place, Type.HELP, Ink.TEXT3, wrap=True))
        row.addLayout(texts, 1)
        return row

    def _told(self) -> str:
        error = self.error
        sentence = _TOLD.get(error.code)
        if sentence is None or (error.code == "in_use" and not self._is_ours()):
            return self._context.sentence(error)
        return self.words(sentence, **error.values)

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
        return self.error.code not in RESCUED

    def _errands(self) -> tuple[str, ...]:
        ways = WAYS.get(self.error.code, _USUAL)
        return tuple(way for way in ways if way != "raise" or self._is_ours())

    def _is_ours(self) -> bool:
        """Whether a window of this person on this computer has it open."""
        values = self.error.values
        here = values.get("host", "") in ("", _host())
        return here and values.get("user", "") in ("", _user())

    # the newest good backup

    def _offer_newest(self, found: Rescue) -> None:
        self.settled = True
        self.newest = found.newest
        if self.newest is None:
            if "copies" in self.buttons:
                self._best.addWidget(self._no_backup(bool(found.copies)))
            next(iter(self.buttons.values())).set_kind(Kind.PRIMARY)
            self.focus_first()
            return
        card = Card(margins=(16, 12, 16, 12))
        card.body.addWidget(Label(self._title_of(self.newest), Type.STRONG))
        changed = None if self.error.code == "foreign" else found.changed
        lost = Label(self._lost(self.newest, changed), Type.BODY, wrap=True)
        lost.setMinimumWidth(self._context.theme.px(LEAST))
        card.body.addWidget(lost)
        card.body.addWidget(Label(told(self.newest, self.words), Type.HELP, Ink.TEXT2))
        row = QHBoxLayout()
        caption = (
            self.words("Use this file") if self.newest.stray else self.words("Restore the backup")
        )
        self.best = Button(caption, Kind.PRIMARY, icon="history", height=40)
        self.best.clicked.connect(self._restore)
        row.addWidget(self.best)
        row.addStretch(1)
        card.body.addLayout(row)
        self._best.addWidget(card)
        self.best.setFocus()

    def _title_of(self, copy: Copy) -> str:
        if copy.stray:
            return self.words("A data file with another name")
        return self.words("The newest good backup")

    def _no_backup(self, some: bool) -> Card:
        text = (
            self.words("No backup in this folder can be read. Choose one from another disk.")
            if some
            else self.words("There is no backup in this folder. Choose one from another disk.")
        )
        card = Card(margins=(16, 12, 16, 12))
        card.body.addWidget(Label(text, Type.STRONG, wrap=True))
        return card

    def _lost(self, copy: Copy, changed: datetime | None) -> str:
        words, now = self.words, datetime.now().astimezone()
        at = when.spoken(words, copy.at, now)
        if copy.stray:
            return words("It lies in the same folder, last written {time}.", time=at)
        last = at if changed is None else when.spoken(words, changed, now)
        if changed is None or changed <= copy.at or last == at:
            return words("Made {time}. What was entered after it would be missing.", time=at)
        return words(
            "Made {time}. What was entered from then until {last} would be missing.",
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
    from auditor.ui.instance import user_name

    return user_name()
