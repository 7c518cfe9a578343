"""The logo of a brand: as it stands on paper, a file to choose or to drop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CONTROL, Ink, Type, colour, current
from auditor.words import Words

WIDE, HIGH, MOST = 148, 72, 160


class LogoTile(QWidget):
    """The logo on paper, which is white in every theme."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._picture = QPixmap()
        self._hot = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words("No logo"))

    def sizeHint(self) -> QSize:
        return QSize(min(current().px(WIDE), MOST), current().px(HIGH))

    def show_picture(self, path: str | None) -> None:
        self._picture = QPixmap() if path is None else QPixmap(path)
        shown = not self._picture.isNull()
        self.setAccessibleName(self.words("Logo") if shown else self.words("No logo"))
        self.update()

    def set_hot(self, hot: bool) -> None:
        self._hot = hot
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        line, width = (t.accent, 2) if self._hot else (t.border_strong, 1)
        rounded(painter, box, RADIUS_CONTROL, colour("#FFFFFF"), colour(line), width)
        if self._picture.isNull():
            painter.setFont(theme.font(Type.HELP))
            painter.setPen(colour("#5E6A7A"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.words("No logo"))
            return
        room = box.adjusted(10, 10, -10, -10)
        size = self._picture.size().toSizeF()
        scale = min(room.width() / size.width(), room.height() / size.height())
        place = QRectF(0, 0, size.width() * scale, size.height() * scale)
        place.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))


class LogoField(QWidget):
    """``given(Path)`` when a file is chosen or dropped, ``removed()``."""

    given = Signal(object)
    removed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(words("Logo"), Type.HELP, Ink.TEXT2))
        row = QHBoxLayout()
        row.setSpacing(12)
        column.addLayout(row)
        self.tile = LogoTile(words)
        row.addWidget(self.tile, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.setSpacing(6)
        row.addLayout(beside)
        row.addStretch(1)
        self.choose = Button("", Kind.SOFT, icon="image-plus", height=34)
        self.choose.clicked.connect(self._choose)
        name = words("Remove the logo")
        self.remove = Button(words("Remove"), Kind.TEXT, icon="x", height=34, name=name)
        self.remove.clicked.connect(self.removed)
        beside.addWidget(self.choose)
        beside.addWidget(self.remove)
        beside.addStretch(1)
        self.note = Label("", Type.HELP, Ink.TEXT3, wrap=True)
        column.addWidget(self.note)
        self.say(None)

    def show_logo(self, picture: str | None, *, held: bool) -> None:
        self.tile.show_picture(picture)
        self.remove.setVisible(held)
        caption = self.words("Replace…") if held else self.words("Choose…")
        self.choose.set_caption(caption, self.words("Choose a logo…"))
        if held and picture is None:
            self.say(self.words("The logo is missing on this disk. Choose it again."))

    def set_busy(self, busy: bool) -> None:
        self.choose.setEnabled(not busy)
        self.remove.setEnabled(not busy)

    def say(self, sentence: str | None) -> None:
        """What is wrong with the file; None takes it away."""
        hint = self.words("PNG, JPEG or SVG; drop it here. Clear edges are cut off.")
        self.note.setText(sentence or hint)
        self.note.set_ink(Ink.DANGER if sentence else Ink.TEXT3)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.words("Choose a logo"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.words("Pictures") + " (*.png *.jpg *.jpeg *.svg)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take)
        open_dialog(dialog)

    def take(self, path: str) -> None:
        self.given.emit(Path(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.tile.set_hot(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.tile.set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.tile.set_hot(False)
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.take(url.toLocalFile())
                return
