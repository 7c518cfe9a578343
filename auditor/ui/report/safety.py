"""What the client does not get, and what to look at before it does: sentences with their signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.visits import REVIEWED, VisitStatus
from auditor.ui.commands.preview import Made
from auditor.ui.kit.card import clear
from auditor.ui.kit.chip import Chip, Icon
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Tone, Type
from auditor.words import Words

#: So many questions are named.
NAMED = 6


@dataclass(frozen=True, slots=True)
class Said:
    """``fine`` is a fact; else somebody should look."""

    text: str
    fine: bool = True


def lines(words: Words, made: Made, status: VisitStatus) -> list[Said]:
    """What wants a look comes first."""
    found = [*_warnings(words, made, status), *_facts(words, made)]
    return sorted(found, key=lambda said: said.fine)


def _warnings(words: Words, made: Made, status: VisitStatus) -> Iterator[Said]:
    safety = made.about.safety
    if status not in REVIEWED:
        yield Said(words("Not reviewed yet: the report says so on every page."), fine=False)
    if safety.named:
        told = words("The evaluator's name stands in the words of {numbers}.",
                     numbers=_numbers(safety.named))  # fmt: skip
        yield Said(told, fine=False)
    if safety.timed:
        told = words("A time of day stands in the words of {numbers}; the client gets dayparts.",
                     numbers=_numbers(safety.timed))  # fmt: skip
        yield Said(told, fine=False)
    if safety.missing:
        yield Said(words.plural("{count} photo is not on disk and is named as missing.",
                                "{count} photos are not on disk and are named as missing.",
                                safety.missing), fine=False)  # fmt: skip
    for remark in made.remarks:
        yield Said(remark.text(words.language), fine=False)


def _facts(words: Words, made: Made) -> Iterator[Said]:
    safety = made.about.safety
    if safety.evaluator:
        yield Said(words("Evaluator: the code {code}, no name.", code=safety.evaluator))
    else:
        yield Said(words("Evaluator: neither name nor code."))
    if safety.clock:
        yield Said(words("The hour of the visit is printed: the program allows it."))
    else:
        yield Said(words("Part of the day instead of exact times."))
    if safety.photos:
        yield Said(words.plural("Place and camera data taken from {count} photo.",
                                "Place and camera data taken from {count} photos.",
                                safety.photos))  # fmt: skip
    if safety.files:
        yield Said(words.plural("{count} recording or file stays with the office.",
                                "{count} recordings or files stay with the office.",
                                safety.files))  # fmt: skip


def _numbers(numbers: tuple[str, ...]) -> str:
    more = " …" if len(numbers) > NAMED else ""
    return ", ".join(numbers[:NAMED]) + more


class SafetyList(QWidget):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        head = QHBoxLayout()
        self._column.addLayout(head)
        head.addWidget(Label(words("Before the client gets it"), Type.HELP, Ink.TEXT2))
        head.addStretch(1)
        self.count = Chip("", Tone.WARNING)
        head.addWidget(self.count)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(5)
        self._column.addLayout(self._rows)

    def show_report(self, made: Made, status: VisitStatus) -> None:
        clear(self._rows)
        found = lines(self.words, made, status)
        wanting = sum(not said.fine for said in found)
        self.count.setVisible(wanting > 0)
        self.count.set(self.words("{count} to look at", count=wanting))
        for said in found:
            self._add(said)

    def _add(self, said: Said) -> None:
        row = QHBoxLayout()
        self._rows.addLayout(row)
        row.setSpacing(9)
        icon, ink = ("check", "success") if said.fine else ("triangle-alert", "warning")
        row.addWidget(Icon(icon, ink), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(said.text, Type.HELP, wrap=True), 1)
