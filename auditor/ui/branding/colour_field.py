"""One colour of a brand: swatch, code, those that the logo offers, and how well it reads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from auditor.domain.branding import NameInk, Readable, clean_colour, name_ink, readable
from auditor.ui import icons
from auditor.ui.branding.picker import ColourPicker
from auditor.ui.home.phrases import figure
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import clear
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label, restyle
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

MOST_OFFERS = 4


class SwatchButton(QPushButton):
    """A colour to press. ``value`` is what it shows; the one that holds has a tick."""

    def __init__(self, value: str, name: str, size: int = 36) -> None:
        super().__init__()
        self.value, self._size, self._held = value, size, False
        self.setAccessibleName(name)
        self.setToolTip(f"{name} {value}" if value not in name else name)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_value(self, value: str) -> None:
        self.value = value
        self.update()

    def set_held(self, held: bool) -> None:
        self._held = held
        self.update()

    def sizeHint(self) -> QSize:
        side = current().reach(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.hasFocus():
            rounded(painter, box, 9, None, colour(t.accent), 2)
        inner = box.adjusted(3, 3, -3, -3)
        rounded(painter, inner, 6, colour(self.value), colour(t.border_strong))
        if self._held:
            side = current().px(14)
            at = QRectF(inner.center().x() - side / 2, inner.center().y() - side / 2, side, side)
            dark = not readable(self.value).passes
            icons.paint(painter, "check", "#18212C" if dark else "#FFFFFF", at)


class ColourField(QWidget):
    """``tried(colour)`` with every move and letter; ``chosen(colour)`` once it is meant."""

    tried = Signal(str)
    chosen = Signal(str)

    def __init__(self, words: Words, label: str, *, second: bool = False) -> None:
        super().__init__()
        self.words, self._second = words, second
        self._colour, self._other = "#000000", "#000000"
        self._offered: list[SwatchButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.label = Label(label, Type.HELP, Ink.TEXT2)
        column.addWidget(self.label)
        row = QHBoxLayout()
        row.setSpacing(6)
        column.addLayout(row)
        self.swatch = SwatchButton("#000000", words("Choose: {what}", what=label))
        self.swatch.clicked.connect(self._pick)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(label)
        self.edit.setMaxLength(7)
        self.edit.setFixedWidth(current().px(100))
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._keep_typed)
        row.addWidget(self.swatch)
        row.addWidget(self.edit)
        self._offers = QHBoxLayout()
        self._offers.setSpacing(2)
        row.addSpacing(6)
        row.addLayout(self._offers)
        row.addStretch(1)
        self._add_note(column)

    def _add_note(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        column.addLayout(row)
        self._icon = Icon("circle-check", "success")
        self.note = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.note, 1)
        self.use = Button("", Kind.SOFT, height=30)
        self.use.clicked.connect(self._use)
        self.use.hide()
        below = QHBoxLayout()
        column.addLayout(below)
        below.addSpacing(current().px(16) + 6)
        below.addWidget(self.use)
        below.addStretch(1)

    # showing

    @property
    def colour(self) -> str:
        return self._colour

    def show_colour(self, value: str, other: str) -> None:
        """``other`` is the brand's other colour, which decides what the note says."""
        self._colour, self._other = value, other
        if not (self.edit.hasFocus() and self.edit.isModified()):
            self.edit.setText(value)
            self._mark_wrong(wrong=False)
        self.swatch.set_value(value)
        for offer in self._offered:
            offer.set_held(offer.value == value)
        self._explain(readable(value))

    def offer(self, colours: Sequence[str]) -> None:
        """Those that the logo has."""
        clear(self._offers)
        self._offered = []
        for value in colours[:MOST_OFFERS]:
            name = self.words(
                "{what}: {colour}, from the logo", what=self.label.text(), colour=value
            )
            swatch = SwatchButton(value, name, 28)
            swatch.set_held(value == self._colour)
            swatch.clicked.connect(self._take_offer)
            self._offers.addWidget(swatch)
            self._offered.append(swatch)

    def _explain(self, found: Readable) -> None:
        icon, ink = ("circle-check", "success") if found.passes else ("triangle-alert", "warning")
        self._icon.set(icon, ink)
        self.note.setText(self._second_words(found) if self._second else self._first_words(found))
        self.note.set_ink(Ink.TEXT2 if found.passes else Ink.TEXT)
        self.use.setVisible(not found.passes)
        self.use.set_caption(self.words("Use {colour}", colour=found.nearest))

    def _first_words(self, found: Readable) -> str:
        words, ratio = self.words, figure(self.words, f"{found.ratio:.1f}")
        if found.passes:
            return words("White text on it reads well: {ratio} : 1.", ratio=ratio)
        return words(
            "White text on it has {ratio} : 1, and 4.5 is needed, so reports print dark text on "
            "it. The nearest colour that passes is {colour}.",
            ratio=ratio, colour=found.nearest,
        )  # fmt: skip

    def _second_words(self, found: Readable) -> str:
        words, ratio = self.words, figure(self.words, f"{found.ratio:.1f}")
        if found.passes:
            return words("The brand's name is printed in it: {ratio} : 1 on white.", ratio=ratio)
        if name_ink(self._other, self._colour) is NameInk.FIRST:
            told = words(
                "On white it has {ratio} : 1, and 4.5 is needed, so the brand's name is printed in "
                "the main colour.", ratio=ratio,
            )  # fmt: skip
        else:
            told = words(
                "On white it has {ratio} : 1, and 4.5 is needed, so the brand's name is printed "
                "dark.", ratio=ratio,
            )  # fmt: skip
        return (
            told + " " + words("The nearest colour that passes is {colour}.", colour=found.nearest)
        )

    # what the person does

    def _typed(self, text: str) -> None:
        found = clean_colour(text)
        if found:
            self._mark_wrong(wrong=False)
            self.tried.emit(found)

    def _keep_typed(self) -> None:
        found = clean_colour(self.edit.text())
        if found:
            self.edit.setModified(False)
            self.chosen.emit(found)
        else:
            self._mark_wrong(wrong=True)

    def _mark_wrong(self, *, wrong: bool) -> None:
        if wrong:
            self._icon.set("circle-alert", "danger")
            self.note.setText(self.words("This is no colour. Write it like #1A5FB4."))
            self.note.set_ink(Ink.DANGER)
            self.use.hide()
        if (self.edit.property("invalid") == "true") != wrong:
            self.edit.setProperty("invalid", "true" if wrong else "false")
            restyle(self.edit)

    def settled(self) -> bool:
        """Whether the field holds a colour."""
        return bool(clean_colour(self.edit.text()))

    def _pick(self) -> None:
        picker = ColourPicker.open_below(self.words, self._colour, self.swatch)
        picker.tried.connect(self.tried)
        picker.chosen.connect(self.chosen)

    def _take_offer(self) -> None:
        swatch = self.sender()
        if isinstance(swatch, SwatchButton):
            self.chosen.emit(swatch.value)

    def _use(self) -> None:
        self.chosen.emit(readable(self._colour).nearest)
