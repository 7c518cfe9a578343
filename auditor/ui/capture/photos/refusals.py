"""Files that did not arrive: why, what to do, and a cross when that is read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from auditor.ui.capture.photos.attaching import Attaching, Place, Refusal
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import clear
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CONTROL, Tone, Type, current
from auditor.words import Words

#: More than so many at once are counted.
SHOWN = 4


class Refusals(QWidget):
    """Those of one place; hidden while there are none. ``narrow``: what to do stands below."""

    def __init__(
        self,
        attaching: Attaching,
        place: Place,
        parent: QWidget | None = None,
        *,
        narrow: bool = False,
    ) -> None:
        super().__init__(parent)
        self._attaching, self._place, self._narrow = attaching, place, narrow
        self._shown: tuple[Refusal, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    @property
    def text(self) -> str:
        """All that is said."""
        return "\n".join(each.sentence for each in self._shown)

    def refresh(self) -> None:
        wanted = self._attaching.refusals(self._place)
        if wanted == self._shown:
            return
        self._shown = wanted
        focus = self.isAncestorOf(self.window().focusWidget() or self)
        clear(self._column)
        words = self._attaching.context.words
        rows = [_Row(self, words, each, narrow=self._narrow) for each in wanted[:SHOWN]]
        for row in rows:
            self._column.addWidget(row)
            row.show()  # what is hidden takes no focus
        self._count_rest(words, len(wanted) - SHOWN)
        self.setVisible(bool(wanted))
        if focus and rows:
            rows[0].cross.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count_rest(self, words: Words, rest: int) -> None:
        if rest > 0:
            said = words.plural(
                "{count} more file was not attached.",
                "{count} more files were not attached.",
                rest,
            )
            self._column.addWidget(Label(said, Type.HELP))

    def dismiss(self, refusal: Refusal) -> None:
        self._attaching.dismiss(self._place, refusal)

    def retry(self, refusal: Refusal) -> None:
        self._attaching.retry(self._place, refusal)


class _Row(QFrame):
    def __init__(self, owner: Refusals, words: Words, refusal: Refusal, *, narrow: bool) -> None:
        super().__init__()
        self._owner, self._refusal = owner, refusal
        self._tone = Tone.NEUTRAL if refusal.harmless else Tone.DANGER
        self.setAccessibleName(refusal.sentence)
        icon = Icon("info", "text2") if refusal.harmless else Icon("circle-alert", "danger")
        name = words("Dismiss: {name}", name=refusal.name)
        self.cross = Button("", Kind.TEXT, icon="x", name=name, height=28)
        self.cross.clicked.connect(self._dismiss)
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 4, 4, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop if narrow else Qt.AlignmentFlag.AlignVCenter
        icon.setContentsMargins(0, 4, 0, 0)
        grid.addWidget(icon, 0, 0, top)
        grid.addWidget(Label(refusal.sentence, Type.HELP, wrap=True), 0, 1)
        self.retry = self._retry_button(words)
        if self.retry is not None:
            grid.addWidget(self.retry, *((1, 1) if narrow else (0, 2)))
        grid.addWidget(self.cross, 0, 3, top)
        self.cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _retry_button(self, words: Words) -> Button | None:
        if self._refusal.again is None:
            return None
        retry = Button(words("Try again"), Kind.OUTLINE, height=28, type=Type.HELP)
        retry.setAccessibleName(words("Try again: {name}", name=self._refusal.name))
        retry.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        retry.clicked.connect(self._try_again)
        return retry

    def _dismiss(self) -> None:
        self._owner.dismiss(self._refusal)

    def _try_again(self) -> None:
        self._owner.retry(self._refusal)

    def paintEvent(self, _event: QPaintEvent) -> None:
        _, soft = current().tone(self._tone)
        rounded(QPainter(self), QRectF(self.rect()), RADIUS_CONTROL, soft)
