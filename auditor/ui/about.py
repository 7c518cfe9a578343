"""About: what this is, its version, and the licences of what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from auditor import __version__
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Labelled, Select
from auditor.ui.kit.rail import AppMark
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type
from auditor.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """Something the app is made of. ``text`` is the file with its licence, None where the
    package carries it itself."""

    name: str
    licence: str
    text: Path | None = None


#: What is installed beside the app, each with its own licence text in its package.
PARTS = (
    Part("Qt, PySide6", "LGPL-3.0"),
    Part("SQLAlchemy, SQLModel, Alembic, pydantic, Typer", "MIT"),
    Part("SQLite, SQLCipher (sqlcipher3)", "Public domain, BSD-3-Clause, Zlib"),
    Part("ReportLab", "BSD-3-Clause"),
    Part("pypdfium2, PDFium", "Apache-2.0, BSD-3-Clause"),
    Part("pikepdf, qpdf", "MPL-2.0, Apache-2.0"),
    Part("pyHanko, cryptography, lxml, aiohttp", "MIT, Apache-2.0, BSD-3-Clause"),
    Part("Pillow, pi-heif, libheif", "MIT-CMU, BSD-3-Clause, LGPL-3.0"),
    Part("ruamel.yaml, platformdirs, tzlocal", "MIT"),
)


class AboutDialog(Dialog):
    """``own`` are the parts whose licence text lies in our folders."""

    def __init__(self, words: Words, own: tuple[Part, ...], parent: QWidget | None) -> None:
        super().__init__(words("About Mystery Auditor"), parent, width=600)
        self._own = own
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(AppMark(48))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Label(words("Version {version}", version=__version__), Type.STRONG))
        what = words("Checklists filled offline, scored exactly, reported on paper.")
        lines.addWidget(Label(what, Type.HELP, Ink.TEXT2))
        head.addLayout(lines, 1)
        self.body.addLayout(head)
        self.choice = Select()
        for part in own:
            self.choice.addItem(f"{part.name}: {part.licence}")
        self.choice.addItem(words("Other parts"))
        self.choice.currentIndexChanged.connect(self._show)
        self.body.addWidget(Labelled(words("Licences"), self.choice))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(words("Licence"))
        self.text.setMinimumHeight(96)
        self.body.addWidget(self.text)
        close = self.add_button(Button(words("Close"), Kind.PRIMARY))
        close.clicked.connect(self.accept)
        self._show(0)
        close.setFocus()

    def _show(self, index: int) -> None:
        if index < len(self._own):
            path = self._own[index].text
            found = path.read_text(encoding="utf-8") if path and path.exists() else ""
            self.text.setPlainText(found or self._own[index].licence)
        else:
            self.text.setPlainText("\n\n".join(f"{part.name}\n{part.licence}" for part in PARTS))
