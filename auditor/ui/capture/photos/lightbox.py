"""A photo seen large: turn it, say what it shows, move or remove it, go on to the next."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.cards.answers import MIDDLE
from auditor.ui.capture.drafting.notes import Note
from auditor.ui.capture.photos.album import Album
from auditor.ui.capture.photos.attaching import Place
from auditor.ui.capture.photos.captions import CaptionField
from auditor.ui.capture.photos.large import LargePicture
from auditor.ui.capture.photos.thumbs import Thumbs
from auditor.ui.capture.photos.words import facts_of, photo_line
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import DARK, Type, colour

BACKDROP = QColor(11, 15, 20, 250)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PLACES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_FORM = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class Lightbox(QWidget):
    """Over ``host``, which it covers wholly. ``closed(sha256, place)``: what was seen last."""

    closed = Signal(str, object)

    def __init__(self, album: Album, thumbs: Thumbs, host: QWidget) -> None:
        super().__init__(host)
        self.album, self.draft, self.words = album, album.draft, album.words
        self._host = host
        self._place: Place = None
        self._sha256 = ""
        self._at = 0
        self.setAccessibleName(self.words("Photo"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picture = LargePicture(album.context, thumbs, self.words)
        self.title = _Line(Type.QUESTION, DARK.text)
        self.count = _dark(Label("", Type.HELP), DARK.text2)
        self.facts = _Line(Type.HELP, DARK.text2)
        self.odd = _dark(Label("", Type.HELP, wrap=True), DARK.warning)
        self._odd_icon = Icon("triangle-alert")
        self.caption = CaptionField(self.words, small=False)
        self.previous = self._button("", "chevron-left", self.words("Previous photo"), "←")
        self.next = self._button("", "chevron-right", self.words("Next photo"), "→")
        self._lay_out()
        self._connect()
        host.installEventFilter(self)
        self.setGeometry(host.rect())

    # parts

    def _button(self, caption: str, icon: str, name: str, key: str) -> Button:
        hint = key if caption else ""
        button = Button(caption, Kind.OUTLINE, icon=icon, hint=hint, name=name)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({key})" if key else name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(10)
        column.addLayout(self._head())
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.previous)
        middle.addWidget(self.picture, 1)
        middle.addWidget(self.next)
        column.addLayout(middle, 1)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._odd_icon, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.odd, 1)
        column.addLayout(said)
        column.addLayout(self._foot())
        column.addWidget(self.facts)

    def _head(self) -> QHBoxLayout:
        words = self.words
        head = QHBoxLayout()
        head.setSpacing(12)
        self.close_button = self._button("", "x", words("Close"), "Esc")
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        head.addWidget(self.close_button)
        return head

    def _foot(self) -> QHBoxLayout:
        words = self.words
        self.left = self._button("", "rotate-ccw", words("Turn left"), "Shift+R")
        self.right = self._button("", "rotate-cw", words("Turn right"), "R")
        self.move_button = self._button(words("Move to…"), "images", words("Move to…"), "M")
        self.remove = self._button("", "trash-2", words("Remove"), "Del")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.caption, 1)
        for button in (self.left, self.right, self.move_button, self.remove):
            foot.addWidget(button)
        return foot

    def _connect(self) -> None:
        self.previous.clicked.connect(self.show_previous)
        self.next.clicked.connect(self.show_next)
        self.close_button.clicked.connect(self.leave)
        self.left.clicked.connect(self.turn_left)
        self.right.clicked.connect(self.turn_right)
        self.move_button.clicked.connect(self.ask_place)
        self.remove.clicked.connect(self.take_out)
        self.caption.typed.connect(self._captioned)
        self.caption.kept.connect(self._written)
        self.caption.cancelled.connect(self._unwritten)
        self.caption.left.connect(self.draft.end_typing)
        self.album.turning.connect(self._turning)
        self.album.moved.connect(self._refresh)
        self.draft.noted.connect(self._noted)

    # what it shows

    def show_photo(self, sha256: str, place: Place) -> None:
        self._end_caption()
        photos = self.album.pictures(place)
        self._sha256, self._place = sha256, place
        self._at = photos.index(sha256) if sha256 in photos else 0
        self._before = self.draft.evidence_of(sha256).caption
        self._show()
        if not self.isVisible():
            self.show()
            self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def sha256(self) -> str:
        """The photo that is shown."""
        return self._sha256

    @property
    def place(self) -> Place:
        return self._place

    def _show(self) -> None:
        words, draft = self.words, self.draft
        photos = self.album.pictures(self._place)
        record = draft.evidence_of(self._sha256)
        self.picture.show_record(record, self.album.turn_of(self._sha256))
        self.title.setText(self.album.name_of(self._place))
        number = self._at + 1
        self.count.setText(words("{n} of {total}", n=number, total=len(photos)))
        for button, there in ((self.previous, self._at > 0), (self.next, number < len(photos))):
            button.setEnabled(there)
        self.caption.show_text(record.caption)
        self.caption.setReadOnly(not draft.writable)
        for button in (self.left, self.right, self.move_button, self.remove):
            button.setVisible(draft.writable)
        for button in (self.left, self.right):
            button.setEnabled(not record.missing)
        facts = facts_of(draft, words, record)
        self.facts.setText("  ·  ".join(facts))
        self._show_odd()
        name = record.caption or record.name
        said = words("Photo {n} of {total}: {name}", n=number, total=len(photos), name=name)
        self.setAccessibleName(said)
        self.setAccessibleDescription(", ".join((self.title.text(), *facts)))

    def _show_odd(self) -> None:
        place, draft = self._place, self.draft
        record = draft.evidence_of(self._sha256)
        odd = () if place is None else draft.suspicions_of(place)
        line = photo_line(draft, self.words, record, place, odd, cover=False)
        self.odd.setText(line.sentence if line.odd else "")
        self.odd.setVisible(line.odd)
        self._odd_icon.setVisible(line.odd)
        self._odd_icon.set("triangle-alert", "warning")

    def _refresh(self) -> None:
        """Photos came or went, here or elsewhere: the one that took its place is shown."""
        if not self.isVisible():
            return
        photos = self.album.pictures(self._place)
        if self._sha256 in photos:
            self._at = photos.index(self._sha256)
        elif not photos:
            self.leave()
            return
        else:
            self._at = min(self._at, len(photos) - 1)
            self._sha256 = photos[self._at]
        self._show()

    def _noted(self, _note: Note) -> None:
        self._refresh()

    def _turning(self, sha256: str) -> None:
        if sha256 == self._sha256 and self.isVisible():
            self._show()

    # going about

    def show_previous(self) -> None:
        self._step(-1)

    def show_next(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        photos = self.album.pictures(self._place)
        at = self._at + by
        if 0 <= at < len(photos):
            self.show_photo(photos[at], self._place)

    def _step_place(self, by: int) -> None:
        """The first photo of the question before or after that has some; the tray is the last."""
        places = self.album.places()
        at = places.index(self._place) + by if self._place in places else -1
        if 0 <= at < len(places):
            self.show_photo(self.album.pictures(places[at])[0], places[at])

    def leave(self) -> None:
        if self.isHidden():
            return
        self._end_caption()
        self.hide()
        self.closed.emit(self._sha256, self._place)

    # what the person does

    def turn_left(self) -> None:
        self.album.turn(self._sha256, -90)

    def turn_right(self) -> None:
        self.album.turn(self._sha256, 90)

    def ask_place(self) -> None:
        if self.draft.writable:
            self.album.ask_place(self._sha256, self._place)

    def take_out(self) -> None:
        if self.draft.writable:
            self.album.remove(self._sha256, self._place)

    def _captioned(self, text: str) -> None:
        if self.draft.writable:
            self.album.caption(self._sha256, text)

    def _written(self) -> None:
        self._end_caption()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unwritten(self) -> None:
        self._captioned(self._before)
        self._written()

    def _end_caption(self) -> None:
        self.commit_input()
        self.draft.end_typing()
        self._before = self.draft.evidence_of(self._sha256).caption

    def commit_input(self) -> None:
        if self.caption.hasFocus():
            self.caption.commit_input()

    # keys

    def event(self, event: QEvent) -> bool:
        """While it is open the keys are its own; undo and redo are the form's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(not any(event.matches(key) for key in _FORM))
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        acts: dict[Qt.Key, Any] = {
            Qt.Key.Key_Escape: self.leave,
            Qt.Key.Key_R: self.turn_left if shift else self.turn_right,
            Qt.Key.Key_M: self.ask_place,
            Qt.Key.Key_C: self.caption.setFocus,
            Qt.Key.Key_Z: self.picture.toggle_zoom,
            Qt.Key.Key_Delete: self.take_out,
            Qt.Key.Key_Backspace: self.take_out,
        }
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in _PLACES:
            self._step_place(_PLACES[key])
        elif key in acts:
            acts[key]()

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab stays inside. Qt asks this too when the focus is hidden."""
        if self.isHidden():
            return super().focusNextPrevChild(on)
        stops: list[QWidget] = [self, self.close_button, self.previous, self.next, self.caption]
        stops += [self.left, self.right, self.move_button, self.remove]
        stops = [each for each in stops if each.isVisible() and each.isEnabled()]
        now = QApplication.focusWidget()
        at = stops.index(now) if now in stops else 0
        stops[(at + (1 if on else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    # it covers what is below

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), BACKDROP)


class _Line(ElidedLabel):
    """Elided, in an ink of the dark theme."""

    def __init__(self, type: Type, ink: str) -> None:
        super().__init__("", type)
        self._dark = colour(ink)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self._dark)
        painter.drawText(self.rect(), MIDDLE, self._shown())


def _dark(label: Any, ink: str) -> Any:
    """On the backdrop, which is dark in both themes."""
    label.setStyleSheet(f"color: {ink};")
    return label
