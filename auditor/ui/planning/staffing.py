"""Who may be given visits: everybody, or who speaks a language or has a qualification."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.domain.planning import Staffing
from auditor.ui.kit.field import Field
from auditor.ui.kit.segmented import Segmented
from auditor.words import Words

TYPING_MS = 300


def listed(text: str) -> frozenset[str]:
    """ "vi, English" as words."""
    return frozenset(each.strip() for each in text.replace(";", ",").split(",") if each.strip())


class StaffingFields(QWidget):
    """``changed()``; ``staffing`` is None where nobody is assigned yet. ``always``: there is no
    choice to leave them to later."""

    changed = Signal()

    def __init__(self, words: Words, *, always: bool = False) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.way = Segmented([words("Assign now"), words("Later")], words("Evaluators"),
                             stretch=True)  # fmt: skip
        self.way.changed.connect(self._turn)
        column.addWidget(self.way)
        self.way.setVisible(not always)
        self.languages = Field(words("Languages needed"), placeholder=words("Any"))
        said = words(
            "Several with commas between. Rotation, lock-out and the most visits hold always."
        )
        self.skills = Field(words("Qualifications needed"), placeholder=words("Any"), hint=said)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self.changed)
        for field in (self.languages, self.skills):
            field.edit.textChanged.connect(self._timer.start)
            column.addWidget(field)

    def _turn(self, index: int) -> None:
        for field in (self.languages, self.skills):
            field.setVisible(index == 0)
        self.changed.emit()

    @property
    def staffing(self) -> Staffing | None:
        if self.way.index:
            return None
        return Staffing(
            languages=listed(self.languages.text()), qualifications=listed(self.skills.text())
        )
