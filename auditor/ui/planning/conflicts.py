"""Rules that a change would break, by rule, each in sentences; and the ways on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.planning import Clash
from auditor.domain.rotation import Bar, Conflict
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import ScrollArea, clear
from auditor.ui.kit.chip import Chip, Icon
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Tone, Type, current
from auditor.words import Words, mark

#: Of a rule so many sentences are shown at first, and so many at each wish for more.
FIRST, MORE = 3, 40
RULES = {
    Bar.ARCHIVED: mark("The evaluator is archived"),
    Bar.LANGUAGE: mark("A language is missing"),
    Bar.QUALIFICATION: mark("A qualification is missing"),
    Bar.ROTATION: mark("Rotation"),
    Bar.LOCKOUT: mark("Lock-out days"),
    Bar.FULL: mark("Most visits of one evaluator"),
    Bar.QUOTA: mark("Quota of the location"),
    Bar.WAVE: mark("Days of the wave"),
    Bar.CLOSED: mark("Visit windows"),
    Bar.GONE: mark("The location is archived"),
}


def by_rule(conflicts: Sequence[Conflict]) -> dict[Bar, list[Conflict]]:
    """The rule that is broken most first."""
    found: dict[Bar, list[Conflict]] = {}
    for conflict in conflicts:
        found.setdefault(conflict.bar, []).append(conflict)
    order = list(Bar)
    return dict(sorted(found.items(), key=lambda each: (-len(each[1]), order.index(each[0]))))


class Sentences(ScrollArea):
    """One below the other, with a sign; scrolls where they are many."""

    def __init__(self, words: Words, most: int = 240) -> None:
        super().__init__(spacing=6, margins=(0, 0, 8, 0))
        self.words, self._most = words, most
        self._groups: dict[Bar, list[Conflict]] = {}
        self._shown: dict[Bar, int] = {}
        self.setAccessibleName(words("What speaks against it"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def say(self, sentence: str) -> None:
        """One alone, of an error."""
        self._groups = {}
        clear(self.body)
        self._add(sentence)
        self.body.addStretch(1)
        self.updateGeometry()

    def tell(self, conflicts: Sequence[Conflict]) -> None:
        """By rule: how often it is broken, the first of its sentences, the others when they are
        wanted."""
        self._groups = by_rule(conflicts)
        self._shown = dict.fromkeys(self._groups, FIRST)
        self._fill()
        self.verticalScrollBar().setValue(0)

    def _fill(self) -> None:
        clear(self.body)
        for bar, conflicts in self._groups.items():
            if len(self._groups) > 1 or len(conflicts) > 1:
                self._add_head(bar, len(conflicts))
            for conflict in conflicts[: self._shown[bar]]:
                self._add(conflict.text(self.words.language))
            self._add_more(bar, len(conflicts) - self._shown[bar])
        self.body.addStretch(1)
        self.updateGeometry()

    def _add_head(self, bar: Bar, count: int) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4 if self.body.count() else 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(self.words(RULES[bar]), Type.STRONG))
        row.addWidget(Chip(self.words.figure(count), Tone.WARNING, "triangle-alert"))
        row.addStretch(1)
        self._place(holder)

    def _place(self, part: QWidget) -> None:
        """Shown at once: what is hidden has no height, and the dialog asks for it now."""
        self.body.addWidget(part)
        part.show()

    def _add(self, sentence: str) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon("triangle-alert", "warning", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(sentence, Type.HELP, Ink.TEXT, wrap=True), 1)
        self._place(holder)

    def _add_more(self, bar: Bar, hidden: int) -> None:
        if hidden <= 0:
            return
        words, count = self.words, min(hidden, MORE)
        text = words.plural("Show {count} more", "Show {count} more", count)
        if hidden > count:
            rest = words.figure(hidden)
            text = words("Show {count} more of {rest}", count=count, rest=rest)
        button = Button(text, Kind.TEXT, icon="chevron-down", height=30)
        button.set_caption(text, f"{text}: {words(RULES[bar])}")
        button.clicked.connect(partial(self._show_more, bar))
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        button.show()

    def _show_more(self, bar: Bar) -> None:
        at = self.verticalScrollBar().value()
        self._shown[bar] += MORE
        self._fill()
        self.body.activate()
        self.verticalScrollBar().setValue(at)
        self.setFocus()

    def sizeHint(self) -> QSize:
        width = current().px(420)
        height = self.inner.heightForWidth(width) if self.inner.hasHeightForWidth() else -1
        wanted = height if height > 0 else self.inner.sizeHint().height()
        return QSize(width, min(wanted + 4, current().px(self._most)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, min(self.sizeHint().height(), current().px(120)))


class ConflictDialog(Dialog):
    """``decided(Clash)`` when the person goes on all the same. ``release``: whether the visits may
    also stay without their evaluators."""

    decided = Signal(object)

    def __init__(
        self, words: Words, conflicts: Sequence[Conflict], anyway: str, parent: QWidget,
        *, release: bool = False,
    ) -> None:  # fmt: skip
        title = words.plural(
            "This breaks a rule", "This breaks rules {count} times", len(conflicts)
        )
        super().__init__(title, parent, width=600)
        self.sentences = Sentences(words, most=320)
        self.sentences.tell(conflicts)
        self.body.addWidget(self.sentences, 1)
        self.no = self.add_button(Button(words("Cancel"), hint="Esc"))
        self.no.clicked.connect(self.reject)
        if release:
            off = self.add_button(Button(words("Leave them without an evaluator")))
            off.clicked.connect(self._release)
            self.off = off
        self.yes = self.add_button(Button(anyway, Kind.PRIMARY))
        self.yes.clicked.connect(self._anyway)
        self.no.setFocus()

    def _anyway(self) -> None:
        self.accept()
        self.decided.emit(Clash.ANYWAY)

    def _release(self) -> None:
        self.accept()
        self.decided.emit(Clash.RELEASE)
