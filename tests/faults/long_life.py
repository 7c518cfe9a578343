"""One window on one workspace, in which visit after visit is filled, handed in and reported."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from PIL import Image
from PySide6.QtCore import QEventLoop, QMimeData, Qt, QTimer, QUrl, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from auditor import bootstrap
from auditor.domain.settings import Settings, Theme
from auditor.services.workspace import Workspace
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.collector import Collector
from auditor.ui.home.screen import HomeScreen
from auditor.ui.report.screen import ReportScreen
from auditor.ui.start_visit import StartVisitDialog
from auditor.ui.window import SETTINGS, VISITS
from forms.compiled import Item
from tests.faults.gauges import pass_events
from tests.ui.capture.evaluator import Evaluator, Memory
from tests.ui.capture.hands import focus

CHECKLIST = Path(__file__).with_name("soak.yaml")
PATIENCE_MS = 30_000
LOCATIONS = 6
#: Width and height of photos, as phones send them: 1 to 3 megapixels.
SHAPES = ((1280, 960), (960, 1280), (1600, 1200), (2048, 1536), (1920, 1080))
UNDONE = 6
#: How many different errands there are.
ERRANDS = 7
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def furnish(folder: Path) -> None:
    """A brand with its locations and the checklist; no visit."""
    workspace = Workspace.open(folder)
    client = workspace.places.add_client("Ẩm thực Ngõ Cũ")
    brand = workspace.places.add_brand(client.id, "Cà phê Sen Việt", "#1F5C4A", "#DFA23A")
    for number in range(1, LOCATIONS + 1):
        workspace.places.add_location(brand.id, f"SV-{number:03}", f"Quận {number}")
    workspace.checklists.add(CHECKLIST, CHECKLIST.name)
    workspace.close()


class Camera:
    """Photos of a few motifs, drawn once; no two files are the same."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._motifs = [_motif(*shape) for shape in SHAPES]
        self._taken = 0

    def shoot(self) -> Path:
        self._taken += 1
        data = self._motifs[self._taken % len(self._motifs)]
        note = f"photo {self._taken}".encode()
        path = self._folder / f"IMG_{self._taken:05}.jpg"
        path.write_bytes(
            data[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + data[2:]
        )
        return path


def _motif(width: int, height: int) -> bytes:
    """A JPEG with enough in it to be as large as a photo."""
    rough = (width // 8, height // 8)
    noise = random.Random(width).randbytes(3 * rough[0] * rough[1])
    image = Image.frombytes("RGB", rough, noise).resize((width, height), Image.Resampling.BICUBIC)
    held = io.BytesIO()
    image.save(held, "JPEG", quality=85)
    return held.getvalue()


class Patience:
    """Waits, as pytest-qt's bot does, for who has no pytest."""

    def waitUntil(self, true: Callable[[], object], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802
        end = time.monotonic() + timeout / 1000
        ticking = QTimer()
        ticking.start(2)
        while not true():
            assert time.monotonic() < end, "waited in vain"
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    @contextmanager
    def waitSignal(self, signal: SignalInstance, *, timeout: int = PATIENCE_MS) -> Iterator[None]:  # noqa: N802
        heard: list[object] = []

        def hear(*told: object) -> None:
            heard.append(told)

        signal.connect(hear)
        yield
        self.waitUntil(lambda: heard, timeout=timeout)
        signal.disconnect(hear)

    @contextmanager
    def waitActive(self, window: QWidget) -> Iterator[None]:  # noqa: N802
        yield
        self.waitUntil(window.isActiveWindow)


class Person(Evaluator):
    """Drops photos of a real size, changes their mind, and takes it back again."""

    def __init__(
        self, screen: CaptureScreen, camera: Camera, luck: random.Random, desk: Path
    ) -> None:
        memory = Memory(screen.draft.compiled, screen.draft.at, luck)
        super().__init__(screen, memory, cast(Any, Patience()), desk)
        self._camera = camera

    def _copy_file(self, item: Item) -> None:
        raise AssertionError("only photos are asked for")

    def attach(self, item: Item) -> None:
        """Ctrl+V of a photo that lies on the desk."""
        self.photos += 1
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._camera.shoot()))])
        QGuiApplication.clipboard().setMimeData(data)
        draft = self.screen.draft
        before = draft.answer(item).evidence
        self.press("v", CTRL)
        self.qtbot.waitUntil(lambda: draft.answer(item).evidence != before)
        self._remember(item, evidence=draft.answer(item).evidence)
        QGuiApplication.clipboard().clear()

    def waver(self) -> None:
        """Undo, and redo: all is as it was."""
        draft = self.screen.draft
        whole = dict(draft.filling.answers)
        for _ in range(UNDONE):
            self.press(Qt.Key.Key_Z, CTRL)
        assert dict(draft.filling.answers) != whole, "undo takes answers back"
        for _ in range(UNDONE):
            self.press(Qt.Key.Key_Y, CTRL)
        assert dict(draft.filling.answers) == whole, "redo brings them back"


class Life:
    """``before_leaving(screen)`` is called with each capture screen: a test may leak there."""

    def __init__(
        self, place: Path, before_leaving: Callable[[CaptureScreen], object] | None = None
    ) -> None:
        self.folder, self.out = place / "workspace", place / "reports"
        self.desk = place / "desk"
        for folder in (self.out, self.desk):
            folder.mkdir(parents=True)
        furnish(self.folder)
        self._camera = Camera(self.desk)
        self._before_leaving = before_leaving
        self.wait = Patience()
        self.photos = self.keys = 0
        settings = Settings(language="vi", theme=Theme.LIGHT, evaluator="E-07")
        self.window = bootstrap.make_window(settings, self.folder)
        with self.wait.waitSignal(self.window.ready):
            self.window.show()
        with self.wait.waitActive(self.window):
            self.window.activateWindow()
        self.collector = Collector(self.window)
        self.settle()
        self.collector.look()  # as in the first seconds, which no person fills a visit in

    def settle(self) -> None:
        """No lane has anything to do, and My visits shows all there is."""
        context = self.window.context

        def idle() -> bool:
            screen = self.window.screen_
            read = not isinstance(screen, HomeScreen) or screen.settled
            return read and not (context.lane.busy or context.images.busy or context.renderer.busy)

        pass_events()
        self.wait.waitUntil(idle)
        pass_events()

    def screen(self, kind: type[Any]) -> Any:
        self.wait.waitUntil(lambda: isinstance(self.window.screen_, kind))
        return self.window.screen_

    # one visit

    def visit(self, number: int) -> None:
        """From My visits to the saved report, and back."""
        luck = random.Random(number)
        screen = self._begin(number)
        person = Person(screen, self._camera, luck, self.desk)
        person.fill()
        person.waver()
        self._look_around(person)
        self.photos += person.photos
        self.keys += person.keys
        if self._before_leaving is not None:
            self._before_leaving(screen)
        person.submit("E-07")
        del screen, person
        self._report(number)
        self.window.go(VISITS)
        self.settle()

    def _begin(self, number: int) -> CaptureScreen:
        """Ctrl+N, a location, Enter."""
        self.window.new_visit(location_id=number % LOCATIONS + 1)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, StartVisitDialog)
        self.wait.waitUntil(dialog.start.isEnabled)
        dialog.start.click()
        screen: CaptureScreen = self.screen(CaptureScreen)
        self.wait.waitUntil(lambda: screen.page is not None and screen.page.isVisible())
        assert screen.page is not None
        screen.page.complete()
        with self.wait.waitActive(self.window):
            self.window.activateWindow()
        screen.focus_first()
        return screen

    def _look_around(self, person: Person) -> None:
        """A photo large and turned, the facts, and what finds a word."""
        screen = person.screen
        frame = screen.frame
        assert frame is not None
        [sha256, *_] = screen.draft.answer(screen.draft.compiled.item("cup")).evidence
        screen.open_photo(sha256)
        for key in (Qt.Key.Key_R, Qt.Key.Key_Left, Qt.Key.Key_Escape):
            QTest.keyClick(focus(), key)
        screen.show_facts()
        QApplication.processEvents()
        screen.finder.open()
        QTest.keyClicks(focus(), "chao")
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
            QTest.keyClick(focus(), key)
        screen.go_to("cup")
        self.settle()

    def _report(self, number: int) -> None:
        """Read it page by page, and keep a copy."""
        screen: ReportScreen = self.screen(ReportScreen)
        self.wait.waitUntil(screen.save.isEnabled)
        self.settle()
        for _ in range(4):
            QTest.keyClick(screen.view, Qt.Key.Key_PageDown)
            QApplication.processEvents()
        self.settle()
        path = self.out / f"{number}.pdf"
        screen.save_to(str(path))
        self.settle()
        assert path.read_bytes()[:5] == b"%PDF-"

    # between visits

    def errand(self, number: int) -> None:
        """What a person does now and then: another language or size, a search, a dialog."""
        acts: Sequence[Callable[[], object]] = (
            lambda: self.window.context.change_settings(language="en"),
            lambda: self.window.context.change_settings(language="vi"),
            lambda: self.window.resize(1024, 600),
            lambda: self.window.resize(1366, 768),
            self.window.search,
            self.window.show_keys,
            self.window.show_about,
        )
        acts[number % ERRANDS]()
        self.settle()
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            dialog.reject()
            self.settle()

    def rest(self) -> None:
        """On a screen that shows no visit."""
        self.window.go(SETTINGS)
        self.settle()

    def wake(self) -> None:
        self.window.go(VISITS)
        self.settle()

    def close(self) -> None:
        self.window.close()
        self.window.context.close()
        self.collector.end()
        self.window.deleteLater()
        pass_events()
