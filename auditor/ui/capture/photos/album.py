"""What may be done with the photos of a visit, wherever they are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from auditor.domain.records import EvidenceRecord
from auditor.ui.capture.drafting.notes import TRAY, Note, NoteKind
from auditor.ui.capture.photos.words import takes_photos
from auditor.ui.kit.toast import Toast
from forms.answers import AnswerKey
from forms.compiled import Item
from forms.filling import Effects

if TYPE_CHECKING:
    from auditor.ui.capture.photos.attaching import Attaching, Place

PICTURES = ("photo", "signature")


class Album(QObject):
    """``here`` finds the current question. ``opened(sha256, place)``: to be seen large;
    ``place_wanted(sha256, place)``: the person is to choose where a photo goes."""

    opened = Signal(str, object)
    place_wanted = Signal(str, object)
    turning = Signal(str)
    #: Files stand elsewhere than before, or questions that hold some came or went.
    moved = Signal()

    def __init__(
        self, attaching: Attaching, host: QWidget, here: Callable[[], Item | None]
    ) -> None:
        super().__init__(host)
        self.attaching = attaching
        self.draft, self.context = attaching.draft, attaching.context
        self.words = self.context.words
        self._host, self._here = host, here
        self._turning: dict[str, int] = {}
        answers = self.draft.filling.answers.items()
        self._seen = {key: answer.evidence for key, answer in answers if answer.evidence}
        self.draft.changed.connect(self._changed)

    def _changed(self, key: AnswerKey, effects: Effects) -> None:
        evidence = self.draft.filling.answer(*key).evidence
        if evidence != self._seen.get(key, ()):
            self._seen[key] = evidence
            self.moved.emit()
        elif effects.shown or effects.hidden:
            self.moved.emit()

    # where they are

    def held(self, place: Place) -> tuple[str, ...]:
        """The files at ``place``, in order."""
        return self.attaching.held(place)

    def pictures(self, place: Place) -> tuple[str, ...]:
        """Those that can be looked at."""
        draft = self.draft
        return tuple(sha for sha in self.held(place) if draft.evidence_of(sha).kind in PICTURES)

    def places(self) -> tuple[Place, ...]:
        """Every place with a picture, in order; the tray is the last."""
        compiled, filling = self.draft.compiled, self.draft.filling
        items: list[Place] = [each for each in compiled.items if filling.relevant(each.id)]
        return tuple(place for place in (*items, None) if self.pictures(place))

    def name_of(self, place: Place) -> str:
        if place is None:
            return self.words("Unassigned photos")
        return f"{place.number} {self.draft.text(place.label)}".strip()

    def here(self) -> Item | None:
        """The question that keys act on."""
        return self._here()

    # what may be done

    def open(self, sha256: str, place: Place) -> None:
        self.opened.emit(sha256, place)

    def remove(self, sha256: str, place: Place) -> None:
        """Take it out; the toast, and Ctrl+Z, bring it back."""
        kept = tuple(each for each in self.held(place) if each != sha256)
        self._hold(place, kept)
        name = self.draft.evidence_of(sha256).name
        self._say_undo(self.words("{name} was removed.", name=name))

    def move(self, sha256: str, source: Place, target: Place, at: int | None = None) -> None:
        """To another place, or to position ``at`` of its own; one step to undo."""
        if source is target:
            self._reorder(sha256, target, at)
            return
        if target is not None and not takes_photos(target):
            return
        with self.draft.one_step():
            self.draft.move_file(sha256, source, target)
            if at is not None:
                self._reorder(sha256, target, at)

    def _reorder(self, sha256: str, place: Place, at: int | None) -> None:
        held = self.held(place)
        if at is None or sha256 not in held:
            return
        at -= held.index(sha256) < at
        others = [each for each in held if each != sha256]
        others.insert(at, sha256)
        self._hold(place, tuple(others))

    def _hold(self, place: Place, files: tuple[str, ...]) -> None:
        if files == self.held(place):
            return
        if place is None:
            self.draft.change_note(TRAY, files)
        else:
            self.draft.set_evidence(place, files)

    def send(self, sha256: str, source: Place, target: Place) -> None:
        """``move`` by key or menu: said, since the place may be out of view."""
        self.move(sha256, source, target)
        if target is None:
            said = self.words("Moved to the unassigned photos.")
        else:
            said = self.words("Moved to question {number}.", number=target.number)
        self._say_undo(said)

    def put_here(self, sha256: str, source: Place) -> bool:
        """Into the current question; False when it takes no photo, which is said."""
        item = self._here()
        if item is None or not takes_photos(item):
            number = "" if item is None else item.number
            said = self.words("Question {number} takes no photos.", number=number)
            Toast.show_in(self._host, said)
            return False
        if item is not source:
            self.send(sha256, source, item)
        return True

    def ask_place(self, sha256: str, source: Place) -> None:
        self.place_wanted.emit(sha256, source)

    def caption(self, sha256: str, words: str) -> None:
        self.draft.change_note(Note(NoteKind.CAPTION, sha256), words, typing=True)

    def _say_undo(self, said: str) -> None:
        Toast.show_in(self._host, said, self.words("Undo"), self.draft.undo)

    # turning

    def turn_of(self, sha256: str) -> int:
        """How far it is turned, or will be in a moment; degrees clockwise."""
        return self._turning.get(sha256, self.draft.evidence_of(sha256).turn)

    def turn(self, sha256: str, by: int) -> None:
        """Turn it clockwise: pictures are made in the pool, then the change is undone like any."""
        if not self.draft.writable:
            return
        record = self.draft.evidence_of(sha256)
        turn = (self.turn_of(sha256) + by) % 360
        self._turning[sha256] = turn
        _Turn(self, record, turn)
        self.turning.emit(sha256)

    def turned(self, sha256: str, turn: int) -> None:
        """Its pictures are on disk."""
        if self._turning.get(sha256) != turn:
            return
        del self._turning[sha256]
        self.draft.change_note(Note(NoteKind.TURN, sha256), turn)
        self.turning.emit(sha256)

    def not_turned(self, sha256: str, error: Any) -> None:
        self._turning.pop(sha256, None)
        self.turning.emit(sha256)
        Toast.show_in(self._host, self.context.sentence(error))

    # menu

    def menu(self, sha256: str, place: Place, at: QPoint, parent: QWidget) -> None:
        """What may be done with it, as a menu."""
        menu = _PhotoMenu(self, sha256, place, parent)
        menu.popup(at)


class _Turn(QObject):
    """One turn on its way through the pool."""

    def __init__(self, album: Album, record: EvidenceRecord, turn: int) -> None:
        super().__init__(album)
        self._album, self._sha256, self._degrees = album, record.sha256, turn
        folder = album.attaching.folder
        album.context.images.run(
            _make_turned, folder, record, turn, done=self._done, failed=self._failed
        )

    def _done(self, _nothing: Any) -> None:
        self._album.turned(self._sha256, self._degrees)
        self.deleteLater()

    def _failed(self, error: Any) -> None:
        self._album.not_turned(self._sha256, error)
        self.deleteLater()


def _make_turned(folder: Any, record: EvidenceRecord, turn: int) -> None:
    from auditor.services import photo_reader

    photo_reader.shared().make_turned(folder, record, turn)


class _PhotoMenu(QMenu):
    def __init__(self, album: Album, sha256: str, place: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self._album, self._sha256, self._place = album, sha256, place
        words = album.words
        self._add(words("Open"), self._open)
        if album.draft.writable:
            self._fill(words)
        self.aboutToHide.connect(self.deleteLater)

    def _fill(self, words: Any) -> None:
        self.addSeparator()
        item = self._album.here()
        if item is not None and item is not self._place and takes_photos(item):
            self._add(words("Put into question {number}", number=item.number), self._put_here)
        if self._place is not None:
            self._add(words("Move to the unassigned photos"), self._to_tray)
        self._add(words("Move to question…"), self._ask)
        self.addSeparator()
        self._add(words("Turn left"), self._left)
        self._add(words("Turn right"), self._right)
        self.addSeparator()
        self._add(words("Remove"), self._remove)

    def _add(self, caption: str, slot: Callable[[], None]) -> QAction:
        action = self.addAction(caption)
        action.triggered.connect(slot)
        return action

    def _open(self) -> None:
        self._album.open(self._sha256, self._place)

    def _put_here(self) -> None:
        self._album.put_here(self._sha256, self._place)

    def _to_tray(self) -> None:
        self._album.send(self._sha256, self._place, None)

    def _ask(self) -> None:
        self._album.ask_place(self._sha256, self._place)

    def _left(self) -> None:
        self._album.turn(self._sha256, -90)

    def _right(self) -> None:
        self._album.turn(self._sha256, 90)

    def _remove(self) -> None:
        self._album.remove(self._sha256, self._place)
