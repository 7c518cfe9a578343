"""What is wrong with an answer, beside it; and what an answer asks for."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.ui import icons
from auditor.ui.theme import Tone, Type, colour, current
from forms.compiled import Item
from forms.filling import Filling
from forms.questions.base import When

#: Where the words begin, after the icon.
INDENT = 22
_WRAP = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


def wants(filling: Filling, item: Item) -> tuple[bool, bool]:
    """Whether comment and photo stand open under the answer: they are asked for, or it fails
    and they may be given."""
    failed = filling.fails(item)
    rule = item.evidence
    comment = filling.wants_comment(item) or (failed and rule.comment is not When.NEVER)
    photo = filling.wants_photo(item) or (failed and rule.photo is not When.NEVER)
    return comment, photo


class ProblemLine(QWidget):
    """An icon and one or more sentences: in the colour of danger what must be mended, quieter what
    may stay (``tone`` WARNING)."""

    def __init__(self, parent: QWidget | None = None, *, tone: Tone = Tone.DANGER) -> None:
        super().__init__(parent)
        self._tone = tone
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def set_sentences(self, sentences: tuple[str, ...]) -> None:
        text = "\n".join(sentences)
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.setVisible(bool(text))
            self.updateGeometry()
            self.update()

    @property
    def text(self) -> str:
        return self._text

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        metrics = QFontMetrics(current().font(Type.HELP))
        room = QRect(0, 0, max(width - current().px(INDENT), 80), 10_000)
        return metrics.boundingRect(room, _WRAP, self._text).height() + 2

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(self.width(), 300)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        quiet = self._tone is Tone.WARNING
        ink, _ = theme.tone(self._tone)
        painter = QPainter(self)
        icon = "triangle-alert" if quiet else "circle-alert"
        icons.paint(painter, icon, ink, QRectF(0, 1, theme.px(16), theme.px(16)))
        painter.setFont(theme.font(Type.HELP))
        painter.setPen(colour(theme.tokens.text2) if quiet else ink)
        indent = theme.px(INDENT)
        box = QRect(indent, 0, self.width() - indent, self.height())
        painter.drawText(box, _WRAP, self._text)
