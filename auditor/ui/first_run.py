"""First run: the language, and two ways to begin. No account."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui import icons
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, ScrollArea
from auditor.ui.kit.chip import Icon, KeyCap, LeadIcon
from auditor.ui.kit.header import Header
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.screen import Screen
from auditor.ui.theme import Ink, Tone, Type, colour, current

#: Each language says its own name.
NAMES = {"vi": "Tiếng Việt", "en": "English"}
#: Above this height there is room for a picture.
ROOMY = 500
CENTRE = Qt.AlignmentFlag.AlignHCenter


class FirstRunScreen(Screen):
    """Signals: ``demo_wanted()``, ``program_wanted()``, ``keys_wanted()``."""

    demo_wanted = Signal()
    program_wanted = Signal()
    keys_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        area = ScrollArea(margins=(24, 16, 24, 16), spacing=0)
        column.addWidget(area, 1)
        body = area.body
        body.addStretch(3)
        self._picture = _Picture()
        body.addWidget(self._picture, 0, CENTRE)
        body.addSpacing(16)
        body.addLayout(self._language())
        body.addSpacing(18)
        words = context.words
        body.addWidget(Label(words("Hello. How do you want to begin?"), Type.TITLE), 0, CENTRE)
        nothing = words("There are no visits on this computer yet.")
        body.addWidget(Label(nothing, Type.HELP, Ink.TEXT2), 0, CENTRE)
        body.addSpacing(20)
        body.addLayout(self._cards())
        body.addStretch(4)
        body.addLayout(self._promises())

    def _header(self) -> Header:
        words = self.context.words
        header = Header(words("My visits"))
        keys = Button(words("Keys"), Kind.TEXT, icon="keyboard", hint="F1")
        keys.clicked.connect(self.keys_wanted)
        header.add(keys)
        return header

    def _language(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(Icon("languages", "text2"))
        chosen = list(NAMES).index(self.context.language)
        name = self.context.words("Language")
        self.language = Segmented(list(NAMES.values()), name, chosen=chosen)
        self.language.changed.connect(self._choose_language)
        row.addWidget(self.language)
        row.addSpacing(24)
        row.addStretch(1)
        return row

    def _choose_language(self, index: int) -> None:
        language = list(NAMES)[index]
        self.context.change_settings(language=language, language_chosen=True)

    def _cards(self) -> QHBoxLayout:
        words = self.context.words
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch(1)
        self.demo = Button(words("Try the demo"), Kind.PRIMARY, trailing="arrow-right", height=40)
        self.demo.clicked.connect(self.demo_wanted)
        first = _way(
            "sparkles", "1", words("Look around with made-up data"),
            words("One brand, six stores, visits in every state, and PDF reports within 30 "
                  "seconds. Cleared in one click."),
            self.demo,
        )  # fmt: skip
        first.set_selected(True)
        row.addWidget(first, 1000)
        self.program = Button(
            words("Start my program"), Kind.OUTLINE, trailing="arrow-right", height=40
        )
        self.program.clicked.connect(self.program_wanted)
        row.addWidget(_way(
            "folder-open", "2", words("Work with my own data"),
            words("Enter the client and the locations, and choose a checklist of ours or a file "
                  "of yours."),
            self.program,
        ), 1000)  # fmt: skip
        row.addStretch(1)
        return row

    def _promises(self) -> QHBoxLayout:
        words = self.context.words
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for icon, text in (
            ("user-x", words("No account needed")),
            ("wifi-off", words("No network needed")),
            ("hard-drive", words("Data stays on this computer")),
        ):
            row.addWidget(Icon(icon, "text2"))
            row.addWidget(Label(text, Type.HELP, Ink.TEXT2))
            row.addSpacing(20)
        row.addStretch(1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Both buttons before the picture."""
        super().resizeEvent(event)
        self._picture.setVisible(self.height() >= current().px(ROOMY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_1:
            self.demo_wanted.emit()
        elif event.key() == Qt.Key.Key_2:
            self.program_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        self.demo.setFocus()


def _way(icon: str, key: str, title: str, text: str, button: Button) -> Card:
    theme = current()
    card = Card(margins=(19, 19, 19, 19), spacing=4)
    card.setMinimumSize(300, theme.px(216))
    card.setMaximumWidth(theme.px(360))
    head = QHBoxLayout()
    head.addWidget(LeadIcon(icon, Tone.ACCENT, 44))
    head.addStretch(1)
    head.addWidget(KeyCap(key))
    card.body.addLayout(head)
    card.body.addSpacing(6)
    card.body.addWidget(Label(title, Type.QUESTION))
    card.body.addWidget(Label(text, Type.HELP, Ink.TEXT2, wrap=True))
    card.body.addStretch(1)
    button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().verticalPolicy())
    card.body.addWidget(button)
    return card


class _Picture(QWidget):
    """A checklist with two passes and a fail, and the sign of the product on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(112, 108)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.accent_soft))
        painter.drawEllipse(QRectF(2, 2, 104, 104))
        sheet = QRectF(20, 24, 68, 76)
        rounded(painter, sheet, 8, colour(t.surface), colour(t.band))
        for index, (icon, ink) in enumerate(
            (("check", t.success), ("check", t.success), ("x", t.danger))
        ):
            top = sheet.top() + 13 + index * 18
            icons.paint(painter, icon, ink, QRectF(sheet.left() + 9, top, 16, 16))
            bar = QRectF(sheet.left() + 30, top + 5, 28 - index * 6, 6)
            rounded(painter, bar, 3, colour(t.neutral_soft))
        painter.setPen(Qt.PenStyle.NoPen)
        for radius, fill in ((20, t.bg), (17.5, t.accent)):
            painter.setBrush(colour(fill))
            painter.drawEllipse(QPointF(90, 86), radius, radius)
        icons.paint(painter, "hat-glasses", t.on_accent, QRectF(79, 75, 22, 22))
