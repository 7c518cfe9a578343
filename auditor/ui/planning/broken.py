"""Planned visits that break a rule: the line over the list, and what a change of rules says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.domain.records import ProgramRecord
from auditor.domain.rotation import Conflict
from auditor.ui.commands import planning
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Banner
from auditor.ui.kit.toast import Toast
from auditor.ui.planning import phrases
from auditor.ui.theme import Tone
from auditor.ui.undo import undo_of
from auditor.words import Words


class BrokenLine(QWidget):
    """Hidden where there are none. ``turned(bool)``: they alone are wanted, or all again."""

    turned = Signal(bool)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words, self._alone = words, False
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        self.banner = Banner("", Tone.WARNING)
        column.addWidget(self.banner)
        self.show_ = self.banner.add(Button(words("Show them"), Kind.OUTLINE, height=30))
        self.show_.clicked.connect(self._turn)
        self.hide()

    def say(self, count: int) -> None:
        words = self.words
        self.banner.set_text(words.plural(
            "{count} planned visit breaks a rule as it is.",
            "{count} planned visits break a rule as they are.", count))  # fmt: skip
        self.setVisible(count > 0)
        if not count:
            self._alone = False
        self._name()

    def _turn(self) -> None:
        self._alone = not self._alone
        self._name()
        self.turned.emit(self._alone)

    def _name(self) -> None:
        words = self.words
        self.show_.set_caption(words("Show all visits") if self._alone else words("Show them"))


def judged(program: ProgramRecord) -> tuple[object, ...]:
    """What planned visits are judged by."""
    terms = program.terms
    return (
        terms.quota, terms.rotation, terms.lockout_days, terms.most_visits, program.rules.windows
    )  # fmt: skip


def tell_broken(
    context: AppContext, before: ProgramRecord, after: ProgramRecord, host: QWidget
) -> None:
    """After a change of a program's rules: how many planned visits break one now, and in which
    waves they are found."""
    if judged(before) == judged(after) or not after.waves:
        return

    def say(found: Mapping[int, Mapping[int, tuple[Conflict, ...]]]) -> None:
        count = sum(map(len, found.values()))
        if count:
            words = context.words
            names = [wave.name for wave in after.waves if found.get(wave.id)]
            text = words("{broken} They are marked in the visits of {waves}.",
                         broken=phrases.broken(words, count),
                         waves=phrases.some(names, words))  # fmt: skip
            Toast.show_in(host, text, words("Undo"), undo_of(context).undo)

    waves = [wave.id for wave in after.waves]
    planning.read_broken(context, waves, say, _nothing)


def _nothing(_error: Any) -> None:
    """The program went meanwhile."""
