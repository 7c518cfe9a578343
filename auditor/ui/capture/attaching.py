"""Files on their way into a visit: chosen, dropped or pasted; decoded in the image pool, put on
disk by the database lane, then named in the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEventLoop,
    QIODevice,
    QMimeData,
    QObject,
    QStandardPaths,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from auditor.domain.errors import UserError
from auditor.domain.records import EvidenceRecord
from auditor.ui.kit.files import open_dialog
from auditor.words import mark
from forms.answers import AnswerKey
from forms.compiled import Item

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace
    from auditor.ui.capture.draft import Draft
    from auditor.ui.context import AppContext

#: A picture takes a second; one that takes longer is not worth keeping the person.
WAIT_MS = 15_000
Source = Path | bytes | QImage
PICTURES = "*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff *.bmp *.gif"
SOUNDS = "*.mp3 *.m4a *.wav *.ogg *.oga *.flac *.aac *.opus *.amr *.wma *.mp4 *.3gp"


@dataclass(frozen=True, slots=True)
class FileKind:
    """What may be attached: ``kind`` of the evidence, what the dialog says."""

    kind: str
    title: str
    files: str
    pattern: str


PHOTO = FileKind("photo", mark("Choose photos"), mark("Pictures"), PICTURES)
AUDIO = FileKind("audio", mark("Choose a recording"), mark("Recordings"), SOUNDS)
FILE = FileKind("file", mark("Choose a file"), mark("Files"), "*")


class Attaching(QObject):
    """``changed(item id)``: a file started, arrived or was refused; ``rested()``: none is left."""

    changed = Signal(str)
    rested = Signal()

    def __init__(self, context: AppContext, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self.draft = draft
        self._under_way: dict[str, int] = {}
        self._errors: dict[str, UserError] = {}
        #: Where files are asked for: where the latest came from.
        self._folder = ""

    @property
    def busy(self) -> bool:
        return any(self._under_way.values())

    def wait(self) -> None:
        """Until every file on its way is on disk and named, or was refused."""
        if self.busy:
            loop = QEventLoop()
            self.rested.connect(loop.quit)
            QTimer.singleShot(WAIT_MS, loop, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def under_way(self, item: Item) -> int:
        """How many files of ``item`` are not on disk yet."""
        return self._under_way.get(item.id, 0)

    def error(self, item: Item) -> str:
        """Why the latest file was refused; "" when it was not."""
        found = self._errors.get(item.id)
        return "" if found is None else self.context.sentence(found)

    def add(self, item: Item, source: Source, name: str, kind: str = "photo") -> None:
        if not self.draft.writable:
            return
        self._errors.pop(item.id, None)
        self._count(item, +1)
        _Parcel(self, item, name, kind).send(source)

    def choose(self, item: Item, what: FileKind, parent: QWidget) -> None:
        """Ask for files; photos may be several."""
        if not self.draft.writable:
            return
        words = self.context.words
        place = QStandardPaths.StandardLocation.PicturesLocation
        folder = self._folder or QStandardPaths.writableLocation(place)
        dialog = QFileDialog(parent, words(what.title), folder)
        many = QFileDialog.FileMode.ExistingFiles
        dialog.setFileMode(many if what is PHOTO else QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{words(what.files)} ({what.pattern})")
        chosen = _Chosen(self, item, what.kind, dialog)
        dialog.filesSelected.connect(chosen.take)
        open_dialog(dialog)

    def chosen(self, item: Item, files: list[Path], kind: str) -> None:
        """Attach what was asked for."""
        for file in files:
            self._folder = str(file.parent)
            self.add(item, file, file.name, kind)

    def take(self, item: Item, data: QMimeData, kind: str = "photo") -> bool:
        """Attach what was dropped or pasted. False when there is no file or picture in it."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        files = [file for file in files if file.is_file()]
        for file in files:
            self.add(item, file, file.name, kind)
        if files:
            return True
        image = data.imageData() if data.hasImage() else None
        if not isinstance(image, QImage) or image.isNull() or kind != "photo":
            return False
        self.add(item, image, self.context.words("Pasted picture") + ".png", kind)
        return True

    def paste(self, item: Item, kind: str = "photo") -> bool:
        return self.take(item, QGuiApplication.clipboard().mimeData(), kind)

    def arrived(self, item: Item, record: EvidenceRecord) -> None:
        self.draft.add_evidence(item, record)
        self._count(item, -1)

    def refused(self, item: Item, error: UserError) -> None:
        self._errors[item.id] = error
        self._count(item, -1)

    def forget_error(self, item: Item) -> None:
        if self._errors.pop(item.id, None) is not None:
            self.changed.emit(item.id)

    def _count(self, item: Item, change: int) -> None:
        self._under_way[item.id] = self._under_way.get(item.id, 0) + change
        self.changed.emit(item.id)
        if not self.busy:
            self.rested.emit()


def takes(data: QMimeData) -> bool:
    """Whether there may be evidence in it."""
    return data.hasImage() or any(QUrl.isLocalFile(url) for url in data.urls())


class _Chosen(QObject):
    """What a file dialog was opened for; lives as long as it does."""

    def __init__(self, attaching: Attaching, item: Item, kind: str, dialog: QFileDialog) -> None:
        super().__init__(dialog)
        self._attaching, self._item, self._kind = attaching, item, kind

    def take(self, names: list[str]) -> None:
        self._attaching.chosen(self._item, [Path(name) for name in names], self._kind)


class _Parcel(QObject):
    """One file: prepared in the pool, then attached in the lane."""

    def __init__(self, attaching: Attaching, item: Item, name: str, kind: str) -> None:
        super().__init__(attaching)
        self._attaching, self._item, self._name, self._kind = attaching, item, name, kind

    def send(self, source: Source) -> None:
        images = self._attaching.context.images
        images.run(
            _prepare, source, self._name, self._kind, done=self._prepared, failed=self._refused
        )

    def _prepared(self, prepared: Any) -> None:
        visit = self._attaching.draft.record.id
        key = (self._item.id, 0)
        self._attaching.context.save(
            _attach, visit, key, prepared, done=self._arrived, failed=self._refused
        )

    def _arrived(self, record: EvidenceRecord) -> None:
        self._attaching.arrived(self._item, record)
        self.deleteLater()

    def _refused(self, error: UserError) -> None:
        self._attaching.refused(self._item, error)
        self.deleteLater()


def _prepare(source: Source, name: str, kind: str) -> Any:
    """In the pool: bytes are read, hashed, decoded, made small."""
    from auditor.services.pictures import prepare

    if isinstance(source, QImage):
        source = png(source)
    return prepare(source, name, kind)


def _attach(workspace: Workspace, visit: int, key: AnswerKey, prepared: Any) -> EvidenceRecord:
    return workspace.visits.attach(visit, key, prepared, prepared.name, prepared.kind)


def png(image: QImage) -> bytes:
    """``image`` as a PNG file. QImage may be used on any thread."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(held.data())
