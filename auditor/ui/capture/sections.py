"""The sections at the left: how far each is, what it scores so far, where one is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from auditor.ui import icons
from auditor.ui.capture.cards.answers import CENTRE, MIDDLE, advance
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, ScrollArea
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.ring import Ring
from auditor.ui.kit.text import ElidedLabel
from auditor.ui.theme import RADIUS_CONTROL, Ink, Tone, Type, colour, current
from auditor.words import Words

WIDTH, FOLDED = 260, 56


@dataclass(frozen=True, slots=True)
class SectionFace:
    """What the list says of a section. ``errors`` and ``warnings`` are shown by the check;
    ``marked`` questions wait for the person to come back."""

    id: str
    number: int
    title: str
    done: int
    total: int
    percent: str = ""
    errors: int = 0
    warnings: int = 0
    marked: int = 0


class SectionItem(QAbstractButton):
    def __init__(self, words: Words, *, folded: bool) -> None:
        super().__init__()
        self.words, self._folded = words, folded
        self.face = SectionFace("", 0, "", 0, 0)
        self.ring = Ring(28 if not folded else 30, 3, tick=True, parent=self)
        self.ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._disc = _Disc(self) if folded else None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_face(self, face: SectionFace) -> None:
        if face == self.face:
            return
        self.face = face
        self.ring.set(face.done, face.total, str(face.number) if self._folded else "")
        name = f"{face.number}. {face.title}"
        self.setText(name)
        self.setAccessibleName(name)
        said = " · ".join(filter(None, (self._below(), self._found(), self._marked())))
        self.setAccessibleDescription(said)
        self.setToolTip(f"{name}\n{said}" if self._folded else self._marked())
        if self._disc is not None:
            self._disc.show_counts(face.errors, face.warnings)
        self.update()

    def _found(self) -> str:
        """What the check counts here, in words."""
        errors, warnings = self.face.errors, self.face.warnings
        words = self.words
        mend = words.plural("{count} to mend", "{count} to mend", errors) if errors else ""
        look = words.plural("{count} to check", "{count} to check", warnings) if warnings else ""
        return ", ".join(filter(None, (mend, look)))

    def _marked(self) -> str:
        count = self.face.marked
        said = self.words.plural("{count} marked for later", "{count} marked for later", count)
        return said if count else ""

    def nextCheckState(self) -> None:
        """The screen says which section is shown."""

    def _below(self) -> str:
        face = self.face
        if not face.total:
            return self.words("nothing to answer")
        said = self.words("{done}/{total} answered", done=face.done, total=face.total)
        return f"{said} · {face.percent}" if face.percent else said

    def sizeHint(self) -> QSize:
        return QSize(FOLDED, current().px(44 if self._folded else 52))

    def resizeEvent(self, _event: object) -> None:
        left = (self.width() - self.ring.width()) // 2 if self._folded else 10
        self.ring.move(left, (self.height() - self.ring.height()) // 2)
        if self._disc is not None:
            self._disc.move(self.width() - self._disc.width(), self.height() - self._disc.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            fill = colour(t.accent_soft if self.isChecked() else t.surface2)
            rounded(painter, box, RADIUS_CONTROL, fill)
        if self.hasFocus():
            rounded(painter, box, RADIUS_CONTROL, None, colour(t.accent), 2)
        if not self._folded:
            self._paint_words(painter, self._paint_mark(painter, self._paint_counts(painter)))
        elif self.face.marked:
            size = current().px(14)
            corner = QRectF(self.width() - size - 2, 1, size, size)
            icons.paint(painter, "bookmark", colour(t.accent), corner)

    def _paint_mark(self, painter: QPainter, right: int) -> int:
        """A bookmark and how many are marked; returns where the words must end."""
        if not self.face.marked:
            return right
        theme = current()
        ink = colour(theme.tokens.accent)
        count = str(self.face.marked)
        width = advance(count, Type.CHIP, 600)
        painter.setFont(theme.font(Type.CHIP))
        painter.setPen(ink)
        painter.drawText(QRect(right - width - 1, 0, width + 2, self.height()), MIDDLE, count)
        size = theme.px(14)
        left = right - width - size - 5
        icons.paint(painter, "bookmark", ink, QRectF(left, (self.height() - size) // 2, size, size))
        return left - 4

    def _paint_words(self, painter: QPainter, right: int) -> None:
        theme = current()
        left = self.ring.geometry().right() + 11
        room = right - left
        middle = self.height() // 2
        painter.setFont(theme.font(Type.BODY, 600 if self.isChecked() else 500))
        painter.setPen(colour(theme.tokens.text))
        cut = QFontMetrics(painter.font()).elidedText(
            self.face.title, Qt.TextElideMode.ElideRight, room
        )
        line = theme.px(21)
        painter.drawText(QRect(left, middle - line, room + 2, line), MIDDLE, cut)
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(colour(theme.tokens.text2))
        painter.drawText(QRect(left, middle, room + 2, theme.px(19)), MIDDLE, self._below())

    def _paint_counts(self, painter: QPainter) -> int:
        """Discs for warnings and errors; returns where the words must end."""
        theme = current()
        x = self.width() - 8
        for count, tone in ((self.face.warnings, Tone.WARNING), (self.face.errors, Tone.DANGER)):
            if not count:
                continue
            ink, soft = theme.tone(tone)
            size = max(theme.px(20), advance(str(count), Type.CHIP, 600) + 10)
            x -= size
            disc = QRectF(x, (self.height() - theme.px(20)) / 2, size, theme.px(20))
            rounded(painter, disc, disc.height() / 2, soft)
            painter.setFont(theme.font(Type.CHIP))
            painter.setPen(ink)
            painter.drawText(disc, CENTRE, str(count))
            x -= 4
        return x


class _Disc(QWidget):
    """Over the ring of a folded section: what the check counts there, the errors first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._count, self._tone = 0, Tone.DANGER
        self.setFixedSize(current().px(20), current().px(20))
        self.hide()

    def show_counts(self, errors: int, warnings: int) -> None:
        self._count = errors or warnings
        self._tone = Tone.DANGER if errors else Tone.WARNING
        self.setVisible(bool(self._count))
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        ink, soft = theme.tone(self._tone)
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, box.height() / 2, soft, colour(theme.tokens.surface), 2)
        painter.setFont(theme.font(Type.CHIP))
        painter.setPen(ink)
        painter.drawText(box, CENTRE, str(self._count) if self._count < 10 else "9+")


class SectionList(QWidget):
    """``chosen(section id)``; ``back()`` at its foot; ``fold_wanted()`` from the small screen."""

    chosen = Signal(str)
    back = Signal()
    fold_wanted = Signal()

    def __init__(
        self,
        words: Words,
        title: str,
        below: str,
        *,
        folded: bool,
        can_fold: bool,
        back: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.words, self._folded = words, folded
        self.setAccessibleName(words("Sections"))
        theme = current()
        self.setFixedWidth(theme.px(FOLDED) if folded else max(WIDTH, min(theme.px(WIDTH), 320)))
        self.items: dict[str, SectionItem] = {}
        self._chosen: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        if can_fold:
            column.addWidget(self._fold_button(), 0, self._side())
        if not folded:
            column.addWidget(self._head(title, below, can_fold=can_fold))
        else:
            column.addWidget(Line())
        self._scroll = ScrollArea(margins=(6, 4, 5, 8), spacing=2)
        bar = Qt.ScrollBarPolicy
        bar_shown = bar.ScrollBarAlwaysOff if folded else bar.ScrollBarAsNeeded
        self._scroll.setVerticalScrollBarPolicy(bar_shown)
        self._lead, self._rows = QVBoxLayout(), QVBoxLayout()
        for part in (self._lead, self._rows):
            part.setSpacing(2)
            self._scroll.body.addLayout(part)
        self._scroll.body.addStretch(1)
        column.addWidget(self._scroll, 1)
        self._slot = QVBoxLayout()
        column.addLayout(self._slot)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(6, 6, 5, 10)
        column.addLayout(self.foot)
        self._add_back(back)

    def _side(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignHCenter if self._folded else Qt.AlignmentFlag.AlignLeft

    def _fold_button(self) -> Button:
        icon = "panel-left-open" if self._folded else "panel-left-close"
        name = self.words("Show sections") if self._folded else self.words("Fold sections")
        button = Button("", Kind.TEXT, icon=icon, name=name, height=44)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self.fold_wanted)
        return button

    def _head(self, title: str, below: str, *, can_fold: bool) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(18, 2 if can_fold else 12, 12, 8)
        column.setSpacing(0)
        name = ElidedLabel(title, Type.ANSWER)
        name.setFont(current().font(Type.ANSWER, 600))
        name.setProperty("type", "")
        column.addWidget(name)
        column.addWidget(ElidedLabel(below, Type.HELP, Ink.TEXT2))
        return head

    def _add_back(self, caption: str) -> None:
        shown = "" if self._folded else caption
        name = caption if self._folded else ""
        self.back_button = Button(shown, Kind.TEXT, icon="arrow-left", name=name)
        self.back_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back_button.clicked.connect(self.back)
        self.foot.addWidget(self.back_button, 0, self._side())

    @property
    def area(self) -> QScrollArea:
        return self._scroll

    def add_lead(self, item: SectionItem) -> None:
        """What stands above the sections, and is chosen like one."""
        item.clicked.connect(self._clicked)
        self._lead.addWidget(item)

    def add_foot(self, widget: QWidget) -> None:
        """What stands between the sections and the way back."""
        self._slot.addWidget(widget)

    def show_faces(self, faces: list[SectionFace], chosen: str | None) -> None:
        """Sections that are hidden by relevance have no face."""
        wanted = {face.id for face in faces}
        for id in [id for id in self.items if id not in wanted]:
            self.items.pop(id).deleteLater()
        for index, face in enumerate(faces):
            item = self.items.get(face.id)
            if item is None:
                item = SectionItem(self.words, folded=self._folded)
                item.clicked.connect(self._clicked)
                self.items[face.id] = item
                self._rows.insertWidget(index, item)
            item.show_face(face)
            item.setChecked(face.id == chosen)
        if chosen != self._chosen and chosen in self.items:
            self._scroll.ensureWidgetVisible(self.items[chosen])
        self._chosen = chosen

    def _clicked(self) -> None:
        item = self.sender()
        if isinstance(item, SectionItem):
            self.chosen.emit(item.face.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour(t.border))
