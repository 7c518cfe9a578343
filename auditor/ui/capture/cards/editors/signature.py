"""``signature``: drawn on a pad and kept as a PNG, or a picture of it from a file."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.cards.answers import CENTRE
from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.photos.evidence import EvidenceStrip
from auditor.ui.capture.photos.file_kinds import SIGNATURE
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current

WIDTH, HEIGHT = 420, 140
INK = QColor("#10233F")


class SignatureEditor(Editor):
    shows_evidence = True
    what = SIGNATURE

    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.strip = EvidenceStrip(desk, self.current, place=False, parent=self)
        self.pad = Pad(self.words("Sign here with the mouse or a pen"), self)
        self.keep = Button(self.words("Keep signature"), Kind.SOFT, icon="check")
        self.wipe = Button(self.words("Wipe"), Kind.TEXT, icon="eraser")
        caption = self.words("Attach a picture of it")
        self.choose = Button(caption, Kind.TEXT, icon="image-plus", hint="P")
        self.again = Button(self.words("Sign again"), Kind.TEXT, icon="signature")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.keep, self.wipe, self.choose, self.again):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(self.strip)
        column.addWidget(self.pad)
        column.addLayout(row)
        self.keep.clicked.connect(self._keep)
        self.wipe.clicked.connect(self.pad.wipe)
        self.choose.clicked.connect(self.enter)
        self.again.clicked.connect(self._sign_again)
        self.pad.changed.connect(self._show_buttons)
        desk.attaching.changed.connect(self._attaching_changed)

    def _keep(self) -> None:
        if not self.pad.blank:
            name = self.words("Signature") + ".png"
            self.desk.attaching.add(self.current, self.pad.image(), name, "signature")
            self.pad.wipe()

    @property
    def takes_more(self) -> bool:
        """One hand signs: another signature takes the place of this one."""
        return not self.draft.answer(self.current).evidence

    def enter(self) -> bool:
        """A pad takes no keys: a picture of the signature does as well."""
        if self.takes_more:
            self.desk.attaching.choose(self.current, self.what, self.window())
        return True

    def _sign_again(self) -> None:
        for sha256 in self.draft.answer(self.current).evidence:
            self.desk.album.remove(sha256, self.current)

    def _attaching_changed(self, item_id: str) -> None:
        if item_id == self.current.id:
            self.refresh()

    def refresh(self) -> None:
        self.strip.refresh()
        signed = bool(self.draft.answer(self.current).evidence)
        busy = self.desk.attaching.under_way(self.current) > 0
        self.pad.setVisible(self.draft.writable and not signed and not busy)
        self._show_buttons()

    def _show_buttons(self) -> None:
        drawn = self.pad.isVisibleTo(self) and not self.pad.blank
        self.keep.setVisible(drawn)
        self.wipe.setVisible(drawn)
        self.choose.setVisible(self.pad.isVisibleTo(self) and not drawn)
        self.again.setVisible(self.draft.writable and not self.takes_more)

    def commit_input(self) -> None:
        """A signature that was drawn is kept, button or not."""
        if self.pad.isVisibleTo(self):
            self._keep()

    def lock(self) -> None:
        self.pad.hide()
        self._show_buttons()


class Pad(QWidget):
    """White in both themes, as it is on paper."""

    changed = Signal()

    def __init__(self, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._hint = hint
        self._path = QPainterPath()
        self.setAccessibleName(hint)
        self.setFixedSize(current().px(WIDTH), current().px(HEIGHT))
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def blank(self) -> bool:
        return self._path.elementCount() < 3

    def wipe(self) -> None:
        self._path = QPainterPath()
        self.update()
        self.changed.emit()

    def image(self) -> QImage:
        """The strokes on white, twice the size of the pad."""
        image = QImage(self.size() * 2, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(2, 2)
        self._draw(painter)
        painter.end()
        return image

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._path.moveTo(event.position())
        self._path.lineTo(event.position() + QPointF(0.5, 0.5))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._path.lineTo(event.position())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.update()
        self.changed.emit()

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(INK, 2.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(self._path)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        white = QColor(Qt.GlobalColor.white)
        rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, white, colour(t.border_strong))
        base = self.height() - 36
        painter.fillRect(QRect(24, base, self.width() - 48, 1), QColor("#B9C2CD"))
        if self._path.isEmpty():
            painter.setFont(current().font(Type.HELP))
            painter.setPen(QColor("#5E6A7A"))
            painter.drawText(QRect(0, base, self.width(), 36), CENTRE, self._hint)
        self._draw(painter)
