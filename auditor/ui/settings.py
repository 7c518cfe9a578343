"""Settings: language, look, who one is, where the data lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from auditor.domain.settings import Theme
from auditor.ui.context import AppContext
from auditor.ui.data_card import DataCard
from auditor.ui.first_run import NAMES
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, Line, ScrollArea
from auditor.ui.kit.header import Header
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.setting import SettingRow
from auditor.ui.kit.text import Label
from auditor.ui.screen import Screen
from auditor.ui.theme import Type, current
from auditor.words import mark

THEMES = {
    Theme.SYSTEM: mark("As the system"),
    Theme.LIGHT: mark("Light"),
    Theme.DARK: mark("Dark"),
}
SIZES = (90, 100, 115, 130, 150)
COLUMN = 760


@dataclass(frozen=True, slots=True)
class Place:
    scroll: int
    focus: str


class SettingsScreen(Screen):
    """Signals: ``wanted(errand)`` of the data, ``demo_wanted()``, ``demo_left()``,
    ``demo_cleared()``, ``about_wanted()``."""

    wanted = Signal(str)
    demo_wanted = Signal()
    demo_left = Signal()
    demo_cleared = Signal()
    about_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        words = context.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = Header(words("Settings"))
        about = Button(words("About"), icon="info")
        about.clicked.connect(self.about_wanted)
        header.add(about)
        column.addWidget(header)
        self._area = ScrollArea(margins=(24, 12, 24, 12), spacing=8, column=COLUMN)
        column.addWidget(self._area, 1)
        self._look()
        self._person()
        if context.ports.has_data(context.folder):
            self._check()
        self._data()
        self._demo()
        self._area.body.addStretch(1)

    def _title(self, title: str) -> None:
        if self._area.body.count():
            self._area.body.addSpacing(8)
        self._area.body.addWidget(Label(title, Type.STRONG))

    def _card(self, title: str) -> Card:
        self._title(title)
        card = Card(margins=(16, 4, 16, 4), spacing=0)
        self._area.body.addWidget(card)
        return card

    def _look(self) -> None:
        words, settings = self.context.words, self.context.settings
        card = self._card(words("Language and look"))
        self.language = Segmented(
            list(NAMES.values()), words("Language"), chosen=list(NAMES).index(settings.language)
        )
        self.language.changed.connect(self._choose_language)
        card.body.addWidget(_row(words("Language"), self.language, words(
            "Of the app. Each report has a language of its own.")))  # fmt: skip
        card.body.addWidget(Line())
        self.theme = Segmented(
            [words(text) for text in THEMES.values()],
            words("Theme"),
            chosen=list(THEMES).index(settings.theme),
        )
        self.theme.changed.connect(self._choose_theme)
        card.body.addWidget(_row(words("Theme"), self.theme))
        card.body.addWidget(Line())
        sizes = [words("{size}%", size=size) for size in SIZES]
        nearest = min(SIZES, key=lambda size: abs(size - settings.text_size))
        self.text_size = Segmented(sizes, words("Text size"), chosen=SIZES.index(nearest))
        self.text_size.changed.connect(self._choose_size)
        card.body.addWidget(_row(words("Text size"), self.text_size))
        card.body.addWidget(Line())
        self.touch = Segmented(
            [words("Off"), words("On")], words("Touch mode"), chosen=int(settings.touch)
        )
        self.touch.changed.connect(self._choose_touch)
        said = words("Larger buttons, more room between them, and pages that follow the finger.")
        card.body.addWidget(_row(words("Touch mode"), self.touch, said))

    def _person(self) -> None:
        words = self.context.words
        card = self._card(words("You"))
        self.evaluator = QLineEdit(self.context.settings.evaluator)
        self.evaluator.setAccessibleName(words("Evaluator code"))
        self.evaluator.setMaxLength(20)
        self.evaluator.setFixedWidth(current().px(160))
        self.evaluator.editingFinished.connect(self._keep_evaluator)
        help_ = words("Stands in your visits instead of your name. Clients never see your name.")
        card.body.addWidget(_row(words("Evaluator code"), self.evaluator, help_))

    def _check(self) -> None:
        words = self.context.words
        card = self._card(words("Check before submitting"))
        self.complaints = Button(words("Edit…"), icon="pencil-line")
        self.complaints.set_caption(words("Edit…"), words("Edit the words of complaint"))
        self.complaints.clicked.connect(self._edit_complaints)
        card.body.addWidget(_row(words("Words of complaint"), self.complaints, words(
            "What the check looks for in comments beside good answers.")))  # fmt: skip

    def _data(self) -> None:
        self._title(self.context.words("Your data"))
        self.data = DataCard(self.context)
        self.data.wanted.connect(self.wanted)
        self._area.body.addWidget(self.data)

    def _demo(self) -> None:
        words = self.context.words
        card = self._card(words("Demo"))
        if not self.context.is_demo:
            self.try_demo = Button(words("Try the demo"), icon="sparkles")
            self.try_demo.clicked.connect(self.demo_wanted)
            card.body.addWidget(_row(words("Look around with made-up data"), self.try_demo, words(
                "It has a folder of its own. Your data is not touched.")))  # fmt: skip
            return
        self.leave_demo = Button(words("Leave the demo"), icon="arrow-left")
        self.leave_demo.clicked.connect(self.demo_left)
        card.body.addWidget(_row(words("Back to your own data"), self.leave_demo))
        card.body.addWidget(Line())
        self.clear_demo = Button(words("Clear the demo"), Kind.DANGER, icon="trash-2")
        self.clear_demo.clicked.connect(self.demo_cleared)
        card.body.addWidget(_row(words("Remove all the made-up data"), self.clear_demo))

    # what the person does

    def _choose_language(self, index: int) -> None:
        language = list(NAMES)[index]
        self.context.change_settings(language=language, language_chosen=True)

    def _choose_theme(self, index: int) -> None:
        self.context.change_settings(theme=list(THEMES)[index])

    def _choose_size(self, index: int) -> None:
        self.context.change_settings(text_size=SIZES[index])

    def _choose_touch(self, index: int) -> None:
        self.context.change_settings(touch=bool(index))

    def _keep_evaluator(self) -> None:
        code = self.evaluator.text().strip()
        if code and code != self.context.settings.evaluator:
            self.context.change_settings(evaluator=code)
        self.evaluator.setText(self.context.settings.evaluator)

    def _edit_complaints(self) -> None:
        from auditor.ui.complaint_words import load

        self.complaints.setEnabled(False)
        self.context.ask(load, done=self._show_complaints, failed=self._no_complaints)

    def _show_complaints(self, found: tuple[Any, bool]) -> None:
        from auditor.ui.complaint_words import ComplaintWordsDialog

        self.complaints.setEnabled(True)
        lists, writable = found
        ComplaintWordsDialog(self.context, lists, self, writable=writable).open()

    def _no_complaints(self, error: Any) -> None:
        self.complaints.setEnabled(True)
        self.context.report_error(error, self.complaints)

    def leave(self) -> bool:
        self._keep_evaluator()
        return True

    # place

    def place(self) -> Place:
        focus = self.window().focusWidget()
        group = focus.parentWidget() if focus is not None else None
        name = group.accessibleName() if group is not None else ""
        names = {group.accessibleName(): key for key, group in self._groups().items()}
        return Place(self._area.verticalScrollBar().value(), names.get(name, ""))

    def _groups(self) -> dict[str, Segmented]:
        """What a choice of rebuilds the screen."""
        return {
            "language": self.language,
            "theme": self.theme,
            "size": self.text_size,
            "touch": self.touch,
        }

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self._area.verticalScrollBar().setValue(place.scroll)
            if place.focus:
                chosen = self._groups()[place.focus]
                self._kept_focus = chosen.segments[chosen.index]

    def focus_first(self) -> None:
        kept = getattr(self, "_kept_focus", self.language.segments[self.language.index])
        kept.setFocus()


def _row(title: str, control: QWidget, note: str = "") -> QWidget:
    return SettingRow(title, control, note=note)
