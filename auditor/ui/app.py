"""The application object: its name, font and look."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from auditor.domain.settings import Settings
from auditor.domain.settings import Theme as Wanted
from auditor.ui import theme


def create(fonts: Iterable[Path] = ()) -> QApplication:
    """The application, or the one there is; with our fonts where they are given."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        _stand_alone()
        app = QApplication(sys.argv[:1])
    app.setApplicationName("mystery-auditor")
    app.setApplicationDisplayName("Mystery Auditor")
    app.setDesktopFileName("mystery-auditor")
    theme.load_fonts(fonts)
    return app


if sys.platform == "win32":
    import ctypes

    def _stand_alone() -> None:
        """In the task bar under its own sign, not among the windows of Python."""
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("mystery-auditor")

else:

    def _stand_alone() -> None:
        """The name of the desktop file does it, or nothing is needed."""


def dress(fonts: Iterable[Path], settings: Settings) -> None:
    """Our fonts and sign, once, and the look of ``settings``."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and not app.property("dressed"):
        from auditor.ui.sign import sign

        app.setProperty("dressed", True)
        theme.load_fonts(fonts)
        app.setWindowIcon(sign())
    style(settings)


def look(settings: Settings) -> theme.Theme:
    tokens = theme.tokens_for(dark=is_dark(settings.theme))
    return theme.Theme(tokens, settings.text_size / 100, settings.touch)


def style(settings: Settings) -> None:
    """Give the application the look of ``settings``."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        wanted = look(settings)
        theme.apply(app, wanted.tokens, wanted.scale, touch=wanted.touch)


def is_dark(wanted: Wanted) -> bool:
    if wanted is Wanted.SYSTEM:
        # By name: the namespace Qt takes 25 ms to import, before the first paint.
        return bool(QGuiApplication.styleHints().colorScheme().name == "Dark")
    return wanted is Wanted.DARK
