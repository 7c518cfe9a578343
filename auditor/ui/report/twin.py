"""A report in both languages: the one that is looked at, and the other one beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from auditor.domain.report_choice import BOTH, LANGUAGES
from auditor.ui.commands.preview import Asked, Made, Making
from auditor.ui.context import AppContext

#: What a person wants of the reports, in the order of the languages.
Then: TypeAlias = Callable[[tuple[Made, ...]], None]


class Twin(QObject):
    """Makes the other one when it is needed: it is drawn a moment ago, or soon."""

    def __init__(self, context: AppContext, visit_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._visit_id = context, visit_id
        self._making: Making | None = None

    def take_all(self, made: Made, beside: QWidget, then: Then) -> None:
        """Both where both are wanted, else the one. What goes wrong is told beside ``beside``."""
        if self._making is not None:
            self._making.deleteLater()
            self._making = None
        if made.choice != BOTH:
            then((made,))
            return
        other = next(each for each in LANGUAGES if each != made.language)
        self._making = Making(self._context, self._visit_id, Asked(other, made.worn, other), self)
        self._making.made.connect(partial(self._take, made, then))
        self._making.failed.connect(partial(self._tell, beside))

    def _take(self, made: Made, then: Then, other: Made) -> None:
        then(tuple(sorted((made, other), key=_in_order)))

    def _tell(self, beside: QWidget, error: Exception) -> None:
        self._context.report_error(error, beside)


def _in_order(made: Made) -> int:
    return LANGUAGES.index(made.language)
