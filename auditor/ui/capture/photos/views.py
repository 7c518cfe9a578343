"""The views of photos in the frame of capture: the tray, the lightbox, the choice of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from auditor.ui.capture.drafting.notes import TRAY, Held, Note, NoteKind
from auditor.ui.capture.photos.attaching import Place
from auditor.ui.capture.photos.evidence import EvidenceStrip
from auditor.ui.capture.photos.lightbox import Lightbox
from auditor.ui.capture.photos.places import PlaceDialog
from auditor.ui.capture.photos.tray_dock import TrayDock
from auditor.ui.capture.photos.words import places_of, takes_photos
from auditor.ui.kit.toast import Toast

if TYPE_CHECKING:
    from auditor.ui.capture.frame import Frame

_OF_PHOTOS = (NoteKind.CAPTION, NoteKind.TURN)


class Photos(QObject):
    """One per frame."""

    def __init__(self, frame: Frame, *, folded: bool) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, frame.desk
        self._album = frame.album
        self.dock = TrayDock(frame.desk, frame.sections, frame, folded=folded)
        frame.sections.add_foot(self.dock)
        self.lightbox: Lightbox | None = None
        self.chooser: PlaceDialog | None = None
        self._album.opened.connect(self.open)
        self._album.place_wanted.connect(self._ask)
        self.dock.tray.emptied.connect(frame.focus_page)

    # the lightbox

    def open(self, sha256: str, place: Place) -> None:
        if self.lightbox is None:
            self.lightbox = Lightbox(self._album, self._desk.thumbs, self._frame)
            self.lightbox.closed.connect(self._came_back)
        self.lightbox.show_photo(sha256, place)

    @property
    def looking(self) -> bool:
        """A photo is seen large."""
        return self.lightbox is not None and self.lightbox.isVisible()

    def show(self, sha256: str) -> None:
        """Large, wherever it stands."""
        held = places_of(self._desk.draft, sha256)
        if held or sha256 in self._desk.draft.tray:
            self.open(sha256, held[0] if held else None)

    def _came_back(self, sha256: str, place: Place) -> None:
        """The focus is where the photo stands."""
        if place is None and sha256 in self.dock.tray.tiles and self.dock.open:
            self.dock.tray.focus_on(sha256)
            return
        page = self._frame.page
        strips = [] if page is None else page.findChildren(EvidenceStrip)
        for strip in strips:
            if strip.item is place and (piece := strip.piece_at(sha256)) is not None:
                piece.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._frame.focus_page()

    def commit_input(self) -> None:
        """Take what an input method still holds of a caption."""
        if self.lightbox is not None and self.looking:
            self.lightbox.commit_input()

    # the choice of a place

    def _ask(self, sha256: str, source: Place) -> None:
        parent = self.lightbox if self.looking and self.lightbox is not None else self._frame
        self.chooser = PlaceDialog(self._album, source, parent)
        _Chosen(self.chooser, self, sha256, source)
        self.chooser.open()

    def send(self, sha256: str, source: Place, target: Place) -> None:
        self._album.send(sha256, source, target)

    # the tray

    def focus_tray(self) -> None:
        """Keys act on the photos that wait for a question."""
        self.dock.focus_tray()

    def paste(self) -> bool:
        """A picture that is pasted where no question takes it goes to the tray."""
        if not self._desk.draft.writable or not self._desk.attaching.paste(None):
            return False
        item = self._album.here()
        if item is not None and not takes_photos(item):
            said = self._desk.words(
                "Question {number} takes no photos: it is among the unassigned photos.",
                number=item.number,
            )
        else:
            said = self._desk.words("It is among the unassigned photos.")
        Toast.show_in(self._frame, said)
        return True

    # undo and redo

    def went_back(self, key: Held) -> bool:
        """Bring what changed into view. False: no photo of it is."""
        if self.looking:
            return True  # it shows what changed, and keeps the focus
        if key == TRAY:
            return True  # it is always in view, or counted
        if not isinstance(key, Note) or key.kind not in _OF_PHOTOS:
            return False
        held = places_of(self._desk.draft, key.id)
        if held and self._frame.page is not None:
            self._frame.page.go_to(held[0].id, focus=False)
        return True


class _Chosen(QObject):
    """Which photo a dialog asks about."""

    def __init__(self, dialog: PlaceDialog, photos: Photos, sha256: str, source: Place) -> None:
        super().__init__(dialog)
        self._photos, self._sha256, self._source = photos, sha256, source
        dialog.chosen.connect(self._send)

    def _send(self, target: Place) -> None:
        self._photos.send(self._sha256, self._source, target)
