"""How pictures are taken: looks (language, theme, text size, window size), settling, grabbing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QDeadlineTimer,
    QEvent,
    QEventLoop,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QEnterEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from auditor.domain.settings import Settings, Theme
from auditor.ui import theme as style
from auditor.ui.home.screen import HomeScreen
from auditor.ui.kit.callout import Callout
from auditor.ui.kit.toast import Toast
from auditor.ui.report.screen import ReportScreen
from auditor.ui.window import MainWindow

SIZES = ((1366, 768), (1024, 600))
PATIENCE_MS = 20_000


@dataclass(frozen=True, slots=True)
class Look:
    """One way the window may look; its name ends the name of a picture."""

    language: str
    theme: Theme
    text_size: int
    size: tuple[int, int]

    @property
    def name(self) -> str:
        large = f"-{self.text_size}" if self.text_size != 100 else ""
        return f"{self.language}-{self.theme.value}-{self.size[0]}{large}"

    @property
    def settings(self) -> Settings:
        return Settings(language=self.language, theme=self.theme, text_size=self.text_size,
                        evaluator="E-07", language_chosen=True)  # fmt: skip

    @property
    def colours(self) -> tuple[style.Tokens, float]:
        return style.tokens_for(dark=self.theme is Theme.DARK), self.text_size / 100


def looks() -> Iterator[Look]:
    """Every language, theme and window size at 100 %; both sizes at 150 %."""
    for language, theme, size in itertools.product(("vi", "en"), (Theme.LIGHT, Theme.DARK), SIZES):
        yield Look(language, theme, 100, size)
    yield Look("vi", Theme.LIGHT, 150, SIZES[1])
    yield Look("en", Theme.DARK, 150, SIZES[0])


def settle(window: MainWindow) -> None:
    """Until nothing is under way; then what was deleted is gone and layouts are done."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    flags = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    QApplication.processEvents()
    while not idle(window) and not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents | flags, 20)
    for _ in range(6):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def idle(window: MainWindow) -> bool:
    if not hasattr(window, "context"):
        return False
    context, screen = window.context, window.screen_
    if context.lane.busy or context.images.busy or context.renderer.busy:
        return False
    if isinstance(screen, ReportScreen):
        return screen._made is not None
    return not isinstance(screen, HomeScreen) or screen.settled


def grab(window: QWidget, path: Path) -> None:
    """The window, and over it the dialogs and menus that are open."""
    picture: QPixmap = window.grab()
    painter = QPainter(picture)
    for over in sorted(QApplication.topLevelWidgets(), key=_is_menu):
        if over is window or not over.isVisible() or not over.isWindow():
            continue
        if over.parentWidget() is None or over.parentWidget().window() is window or _inside(over):
            at = over.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
            painter.drawPixmap(at, over.grab())
            painter.setPen(style.colour(style.current().tokens.border_strong))
            painter.drawRect(at.x(), at.y(), over.width() - 1, over.height() - 1)
    painter.end()
    picture.save(str(path))


def _is_menu(over: QWidget) -> bool:
    """What is painted last: lists and calendars over their dialogs."""
    return over.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)


def _inside(over: QWidget) -> bool:
    parent = over.parentWidget()
    return parent is not None and parent.isVisible()


def close_others(window: QWidget) -> None:
    """Every dialog, menu, toast and callout over ``window``."""
    for passing in (*window.findChildren(Toast), *window.findChildren(Callout)):
        passing.hide()
        passing.deleteLater()
    for over in QApplication.topLevelWidgets():
        if over is not window and over.isVisible():
            over.close()
            over.deleteLater()


def hover(widget: QWidget) -> None:
    centre = QPointF(widget.rect().center())
    QApplication.sendEvent(widget, QEnterEvent(centre, centre, centre))
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    widget.update()


def drag_over(widget: QWidget, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data,
                            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(widget, event)


def forget_hover() -> None:
    for widget in QApplication.allWidgets():
        if widget.testAttribute(Qt.WidgetAttribute.WA_UnderMouse):
            QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))
            widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
