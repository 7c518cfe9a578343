"""Files on their way into a visit: chosen, dropped or pasted; read, made small and put on disk in
the image pool, one at a time; then named by the database lane in an answer or in the tray.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

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
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from auditor.domain.errors import NotFoundError, NotSavedError, RefusedError, UserError
from auditor.domain.records import EvidenceRecord
from auditor.ui.capture.photos.file_kinds import PHOTO, FileKind
from auditor.ui.kit.files import open_dialog
from forms.compiled import Item

if TYPE_CHECKING:
    from auditor.services.pictures import Prepared
    from auditor.services.workspace import Workspace
    from auditor.ui.capture.drafting.draft import Draft
    from auditor.ui.capture.photos.thumbs import Thumbs
    from auditor.ui.context import AppContext

#: A picture takes a second; when none arrives for so long, the person is told what is missing.
WAIT_MS = 3_000
Source: TypeAlias = Path | bytes | QImage
#: Where a file goes: an answer, or the tray.
Place: TypeAlias = Item | None
#: Kinds that a picture of the clipboard may become.
_PICTURED = ("photo", "signature")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that did not arrive, and why. ``again`` is what to try once more, None where that
    would change nothing; ``unsaved``: the disk took it not, and it may be only in this window;
    ``harmless``: it is there already."""

    name: str
    sentence: str
    kind: str = "photo"
    again: Source | None = None
    unsaved: bool = False
    harmless: bool = False


def place_id(place: Place) -> str:
    """How signals name a place: the item's id; "" is the tray."""
    return "" if place is None else place.id


class Attaching(QObject):
    """``changed(place id)``: files started or were refused (what arrived is a change of the
    draft); ``passed()``: one is done with; ``rested()``: none is left."""

    changed = Signal(str)
    passed = Signal()
    rested = Signal()

    def __init__(self, context: AppContext, draft: Draft, thumbs: Thumbs, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self.draft = draft
        self.thumbs = thumbs
        self.folder = context.folder
        self._queue: deque[_Parcel] = deque()
        self._read: _Parcel | None = None
        self._under_way: dict[str, int] = {}
        self._landing: list[tuple[str, str]] = []
        self._refused: dict[str, tuple[Refusal, ...]] = {}
        self._batches = itertools.count(1)
        #: Where files are asked for: where the latest came from.
        self._last_folder = ""

    @property
    def busy(self) -> bool:
        return any(self._under_way.values())

    @property
    def left(self) -> int:
        """How many files are on their way, wherever they go."""
        return sum(self._under_way.values())

    def wait(self) -> bool:
        """Until every file on its way is on disk and named, or was refused; False when that does
        not come to an end."""
        if self.busy:
            loop = QEventLoop()
            patience = QTimer(loop)
            patience.setInterval(WAIT_MS)
            patience.timeout.connect(loop.quit)
            self.rested.connect(loop.quit)
            self.passed.connect(patience.start)
            patience.start()
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return not self.busy

    def under_way(self, place: Place) -> int:
        """How many files of ``place`` are not on disk yet."""
        return self._under_way.get(place_id(place), 0)

    def refusals(self, place: Place) -> tuple[Refusal, ...]:
        """What did not arrive at ``place``, the oldest first."""
        return self._refused.get(place_id(place), ())

    def all_refusals(self) -> list[tuple[str, Refusal]]:
        """What did not arrive, with the id of its place."""
        return [(where, each) for where, some in self._refused.items() for each in some]

    def error(self, place: Place) -> str:
        """Why files were refused, in one text; "" when none was."""
        return "\n".join(each.sentence for each in self.refusals(place))

    def dismiss(self, place: Place, refusal: Refusal) -> None:
        """The person has read it."""
        self._forget(place, refusal)
        self.changed.emit(place_id(place))

    def retry(self, place: Place, refusal: Refusal) -> None:
        """Try once more with a file that could not be read, or for which the disk had no room."""
        if refusal.again is not None:
            self._forget(place, refusal)
            self.add(place, refusal.again, refusal.name, refusal.kind)

    def _forget(self, place: Place, refusal: Refusal) -> None:
        kept = tuple(each for each in self.refusals(place) if each is not refusal)
        self._refused[place_id(place)] = kept

    # in

    def add(self, place: Place, source: Source, name: str, kind: str = "photo") -> None:
        self._add(place, [(source, name)], kind)

    def _add(self, place: Place, given: Iterable[tuple[Source, str]], kind: str) -> None:
        """Those that arrive one after another are one step to undo."""
        if not self.draft.may_change:
            return
        batch = next(self._batches)
        parcels = [_Parcel(self, place, source, name, kind, batch) for source, name in given]
        self._queue.extend(parcels)
        # What was only said is read by now; what may be tried again stays.
        kept = tuple(each for each in self.refusals(place) if each.again is not None)
        self._refused[place_id(place)] = kept
        self._under_way[place_id(place)] = self.under_way(place) + len(parcels)
        self.changed.emit(place_id(place))
        self._send_next()

    def _send_next(self) -> None:
        """One is read at a time: the order holds, one photo is in memory, one core is free."""
        if self._read is None and self._queue:
            self._read = self._queue.popleft()
            self._read.send()

    def choose(self, place: Place, what: FileKind, parent: QWidget) -> None:
        """Ask for files; photos may be several."""
        if not self.draft.may_change:
            return
        words = self.context.words
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        folder = self._last_folder or QStandardPaths.writableLocation(pictures)
        dialog = QFileDialog(parent, words(what.title), folder)
        many = QFileDialog.FileMode.ExistingFiles
        dialog.setFileMode(many if what is PHOTO else QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{words(what.files)} ({what.pattern})")
        chosen = _Chosen(self, place, what.kind, dialog)
        dialog.filesSelected.connect(chosen.take)
        open_dialog(dialog)

    def chosen(self, place: Place, files: list[Path], kind: str) -> None:
        """Attach what was asked for."""
        if files:
            self._last_folder = str(files[-1].parent)
        self._add(place, [(file, file.name) for file in files], kind)

    def take(self, place: Place, data: QMimeData, kind: str = "photo") -> bool:
        """Attach what was dropped or pasted. False when there is no file or picture in it."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self._add(place, [(file, file.name) for file in files], kind)
            return True
        image = data.imageData() if data.hasImage() else None
        if not isinstance(image, QImage) or image.isNull() or kind not in _PICTURED:
            return False
        self.add(place, image, self.context.words("Pasted picture") + ".png", kind)
        return True

    def paste(self, place: Place, kind: str = "photo") -> bool:
        return self.take(place, QGuiApplication.clipboard().mimeData(), kind)

    # on the way

    def read(self, parcel: _Parcel) -> None:
        """The pool is done with it: the next one may be read."""
        if self._read is parcel:
            self._read = None
            self._send_next()

    def landing(self, item: str | None) -> list[str]:
        """The files that the database lane is naming at an item, or (None) in the tray."""
        return [sha256 for where, sha256 in self._landing if where == (item or "")]

    def land(self, place: Place, sha256: str) -> None:
        """It was read, and is to be named."""
        self._landing.append((place_id(place), sha256))

    def landed(self, place: Place, sha256: str) -> None:
        """It is named, or was refused."""
        self._landing.remove((place_id(place), sha256))

    def held(self, place: Place) -> tuple[str, ...]:
        """The files that are at ``place``."""
        return self.draft.tray if place is None else self.draft.answer(place).evidence

    def arrived(self, parcel: _Parcel, attached: Attached) -> None:
        record, place = attached.record, parcel.place
        if record.sha256 in self.held(place):
            self.draft.evidence[record.sha256] = record
            self.here_already(parcel)
            return
        self._pass(place)
        self.draft.add_evidence(place, record, attached.elsewhere, parcel.batch)
        self._rest()

    def here_already(self, parcel: _Parcel) -> None:
        """The very same file was attached to the same answer before."""
        words = self.context.words
        there = (
            words("{name} is in the tray already.", name=parcel.name)
            if parcel.place is None
            else words("{name} is at this question already.", name=parcel.name)
        )
        self._note(parcel, Refusal(parcel.name, there, parcel.kind, harmless=True))

    def refused(self, parcel: _Parcel, error: UserError) -> None:
        """``error`` says what to do; what the disk or a stick may take later can be retried."""
        again = parcel.source if isinstance(error, (NotSavedError, NotFoundError)) else None
        said = self.context.sentence(error)
        unsaved = isinstance(error, NotSavedError)
        if unsaved:
            said = f"{parcel.name}: {said}"
        self._note(parcel, Refusal(parcel.name, said, parcel.kind, again, unsaved))

    def _note(self, parcel: _Parcel, refusal: Refusal) -> None:
        self._refused[place_id(parcel.place)] = (*self.refusals(parcel.place), refusal)
        self._pass(parcel.place)
        self.changed.emit(place_id(parcel.place))
        self._rest()

    def _pass(self, place: Place) -> None:
        self._under_way[place_id(place)] = self.under_way(place) - 1
        self.passed.emit()

    def _rest(self) -> None:
        if not self.busy:
            self.rested.emit()


def takes(data: QMimeData) -> bool:
    """Whether there may be evidence in it."""
    return data.hasImage() or any(QUrl.isLocalFile(url) for url in data.urls())


class _Chosen(QObject):
    """What a file dialog was opened for; lives as long as it does."""

    def __init__(self, attaching: Attaching, place: Place, kind: str, dialog: QFileDialog) -> None:
        super().__init__(dialog)
        self._attaching, self._place, self._kind = attaching, place, kind

    def take(self, names: list[str]) -> None:
        self._attaching.chosen(self._place, [Path(name) for name in names], self._kind)


@dataclass(frozen=True, slots=True)
class Attached:
    """``elsewhere``: the numbers of other visits that hold the same file."""

    record: EvidenceRecord
    elsewhere: tuple[str, ...]


class _Parcel(QObject):
    """One file: read in the pool, then attached in the lane."""

    def __init__(
        self,
        attaching: Attaching,
        place: Place,
        source: Source,
        name: str,
        kind: str,
        batch: int,
    ) -> None:
        super().__init__(attaching)
        self._attaching = attaching
        self.place, self.source, self.name = place, source, name
        self.kind, self.batch = kind, batch
        self._told = False
        self._sha256 = ""

    def send(self) -> None:
        attaching = self._attaching
        task = attaching.context.images.run(
            _prepare, attaching.folder, self.source, self.name, self.kind,
            done=self._prepared, failed=self._refused,
        )  # fmt: skip
        task.ended.connect(self._ended)

    def _ended(self) -> None:
        """A decoder that stumbles over something that nobody foresaw must not stop the others."""
        QTimer.singleShot(0, self, self._give_up)

    def _give_up(self) -> None:
        if not self._told:
            self._refused(
                RefusedError(
                    "photo_failed",
                    "{name} could not be read, for a reason that was not foreseen. Choose another "
                    "file.",
                    name=self.name,
                )
            )

    def _prepared(self, ready: tuple[Prepared, str, QImage]) -> None:
        self._told = True
        prepared, path, thumb = ready
        attaching = self._attaching
        attaching.thumbs.keep(path, thumb)
        key = None if self.place is None else (self.place.id, 0)
        self._sha256 = prepared.sha256
        attaching.land(self.place, self._sha256)
        attaching.context.save(
            _attach, attaching.draft.record.id, key, prepared,
            done=self._arrived, failed=self._refused,
        )  # fmt: skip
        attaching.read(self)

    def _arrived(self, attached: Attached) -> None:
        self._land()
        self._attaching.arrived(self, attached)
        self.deleteLater()

    def _land(self) -> None:
        if self._sha256:
            self._attaching.landed(self.place, self._sha256)
            self._sha256 = ""

    def _refused(self, error: UserError) -> None:
        self._told = True
        self._land()
        self._attaching.refused(self, error)
        self._attaching.read(self)
        self.deleteLater()


def _prepare(folder: Path, source: Source, name: str, kind: str) -> tuple[Prepared, str, QImage]:
    """In the pool: another process reads, hashes, decodes, makes small, and puts on disk."""
    from auditor.services import photo_reader
    from auditor.services.kept import thumb_path

    if isinstance(source, QImage):
        source = png(source)
    kept = photo_reader.shared().prepare(folder, source, name, kind)
    if not kept.width:
        return kept, "", QImage()
    path = str(thumb_path(folder, kept.sha256))
    return kept, path, QImageReader(path).read()


def _attach(
    workspace: Workspace, visit: int, key: tuple[str, int] | None, prepared: Prepared
) -> Attached:
    record = workspace.visits.attach(visit, key, prepared, prepared.name, prepared.kind)
    return Attached(record, workspace.evidence.elsewhere(visit, record.sha256))


def png(image: QImage) -> bytes:
    """``image`` as a PNG file. QImage may be used on any thread."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(held.data())
