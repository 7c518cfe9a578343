"""One location at the right: what it is, how it did, what is known of it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from auditor.domain.places import LocationDetail, OthersMean
from auditor.domain.records import VisitRecord
from auditor.ui import when
from auditor.ui.home import phrases as visit_phrases
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import EmptyState, Line, ScrollArea, clear
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.locations import phrases
from auditor.ui.locations.trend import MeanLine, SectionBars, Trend
from auditor.ui.theme import Ink, Tone, Type, colour, current
from auditor.words import Words

WIDTH, MOST = 344, 420


class DetailPane(QWidget):
    """Buttons send the LocationDetail: ``edit_wanted``, ``visit_wanted``, ``archive_wanted``,
    ``merge_wanted``; ``visit_opened(VisitRecord)``; ``closed()`` where it lies over the table."""

    edit_wanted = Signal(object)
    visit_wanted = Signal(object)
    archive_wanted = Signal(object)
    merge_wanted = Signal(object)
    visit_opened = Signal(object)
    closed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.shown: LocationDetail | None = None
        self.trend: Trend | None = None
        self._folded = False
        self.setAccessibleName(words("The chosen location"))
        self.setFixedWidth(max(WIDTH, min(current().px(WIDTH), MOST)))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        self.area = ScrollArea(margins=(20, 14, 20, 20), spacing=10)
        column.addWidget(self.area)

    def set_folded(self, folded: bool) -> None:
        """It lies over the table, and can be closed."""
        if folded != self._folded:
            self._folded = folded
            if self.shown is not None:
                self.show_detail(self.shown)

    def show_none(self) -> None:
        self.shown = self.trend = None
        clear(self.area.body)
        words = self.words
        self.area.body.addWidget(EmptyState("store", words("No location is chosen"), words(
            "Choose one in the table to see its visits and what is known of it.")))  # fmt: skip

    def show_detail(self, detail: LocationDetail) -> None:
        same = self.shown is not None and self.shown.listed.place.id == detail.listed.place.id
        at = self.area.verticalScrollBar().value() if same else 0
        self.shown, self.trend = detail, None
        clear(self.area.body)
        self._head(detail)
        self._buttons(detail)
        self.area.body.addWidget(Line())
        self._figures(detail)
        self._visits(detail)
        self._facts(detail)
        self.area.body.addStretch(1)
        self.area.verticalScrollBar().setValue(at)

    # parts

    def _head(self, detail: LocationDetail) -> None:
        words, place = self.words, detail.listed.place
        row = QHBoxLayout()
        self.area.body.addLayout(row)
        row.setSpacing(4)
        texts = QVBoxLayout()
        row.addLayout(texts, 1)
        texts.setSpacing(1)
        texts.addWidget(Label(place.name, Type.QUESTION, wrap=True))
        under = " · ".join(part for part in (place.code, place.address) if part)
        texts.addWidget(Label(under, Type.HELP, Ink.TEXT2, wrap=True))
        top = Qt.AlignmentFlag.AlignTop
        self.more = Button(icon="ellipsis", kind=Kind.TEXT, name=words("More"), height=32)
        self.more.clicked.connect(self._open_menu)
        row.addWidget(self.more, 0, top)
        if self._folded:
            self.close_ = Button(icon="x", kind=Kind.TEXT, name=words("Close"), height=32)
            self.close_.clicked.connect(self.closed)
            row.addWidget(self.close_, 0, top)
        chips = self._chips(detail)
        if chips:
            line = QHBoxLayout()
            self.area.body.addLayout(line)
            line.setSpacing(6)
            for chip in chips:
                line.addWidget(chip)
            line.addStretch(1)

    def _chips(self, detail: LocationDetail) -> list[Chip]:
        words, found = self.words, []
        today = datetime.now().astimezone().date()
        if detail.merged_into:
            found.append(Chip(words("Merged into {name}", name=detail.merged_into), Tone.NEUTRAL,
                              "merge"))  # fmt: skip
        elif not detail.listed.place.active:
            found.append(Chip(words("Archived"), Tone.NEUTRAL, "archive"))
        if detail.due is not None:
            late = detail.due < today
            day = when.day(words, detail.due, today)
            text = words("Visit due {day}", day=day)
            found.append(Chip(text, Tone.DANGER if late else Tone.WARNING, "calendar"))
        elif detail.planned:
            text = words.plural("{count} planned", "{count} planned", detail.planned)
            found.append(Chip(text, Tone.NEUTRAL, "calendar"))
        if detail.actions:
            text = words.plural("{count} open action", "{count} open actions", detail.actions)
            found.append(Chip(text, Tone.NEUTRAL, "list-checks"))
        return found

    def _buttons(self, detail: LocationDetail) -> None:
        words = self.words
        row = QHBoxLayout()
        self.area.body.addLayout(row)
        row.setSpacing(8)
        self.edit = Button(words("Edit"), icon="pencil-line", hint="F2", height=34)
        self.edit.clicked.connect(self._edit)
        row.addWidget(self.edit)
        if detail.listed.place.active:
            self.visit = Button(words("New visit"), icon="calendar-plus", height=34)
            self.visit.clicked.connect(self._visit)
            row.addWidget(self.visit)
        else:
            self.back = Button(words("Bring back"), icon="archive-restore", height=34)
            self.back.clicked.connect(self._archive)
            row.addWidget(self.back)
        row.addStretch(1)

    def _figures(self, detail: LocationDetail) -> None:
        words, listed, body = self.words, detail.listed, self.area.body
        if listed.score is None:
            none = words("Not visited yet") if not listed.visits else words("No score yet")
            body.addWidget(Label(none, Type.HELP, Ink.TEXT2))
            return
        row = QHBoxLayout()
        body.addLayout(row)
        row.setSpacing(10)
        foot = Qt.AlignmentFlag.AlignBottom
        row.addWidget(Label(phrases.points(words, listed.score), Type.FIGURE), 0, foot)
        if listed.band:
            row.addWidget(Label(words("Band {band}", band=listed.band), Type.STRONG), 0, foot)
        row.addStretch(1)
        n = words.plural("n = {count} visit", "n = {count} visits", listed.visits)
        row.addWidget(Label(n, Type.HELP, Ink.TEXT2), 0, foot)
        body.addWidget(Label(self._change(detail), Type.HELP, Ink.TEXT2, wrap=True))
        if len(detail.scores) > 1:
            self.trend = Trend(words, detail.scores)
            body.addWidget(self.trend)
            self._beside = MeanLine()
            body.addWidget(self._beside)
            self._beside.hide()
        if len(detail.sections) > 1:
            body.addWidget(Line())
            body.addWidget(Label(words("Sections, last visit"), Type.STRONG))
            body.addWidget(SectionBars(words, detail.sections, detail.bands))

    def show_mean(self, location_id: int, mean: OthersMean) -> None:
        """How others did, beside the scores of that location, when it is still shown."""
        shown = self.shown
        if shown is None or shown.listed.place.id != location_id or self.trend is None:
            return
        if mean.months:
            self.trend.show_mean(mean)
            self._beside.say(self.words.plural(
                "Mean of {count} other location",
                "Mean of {count} other locations", mean.locations,
            ))  # fmt: skip
            self._beside.show()

    def _change(self, detail: LocationDetail) -> str:
        words, value = self.words, detail.listed.change
        if value is None:
            return words("The first score with this checklist.")
        shown = phrases.change(words, value)
        if abs(value) < phrases.NOTABLE:
            return words("{change} since the visit before: no notable change.", change=shown)
        return words("{change} since the visit before.", change=shown)

    def _visits(self, detail: LocationDetail) -> None:
        words, body = self.words, self.area.body
        if not detail.visits:
            return
        body.addWidget(Line())
        body.addWidget(Label(words("Last visits"), Type.STRONG))
        holder = QVBoxLayout()
        body.addLayout(holder)
        holder.setSpacing(2)
        for visit in detail.visits:
            row = VisitButton(words, visit)
            row.clicked.connect(self._open_visit)
            holder.addWidget(row)

    def _facts(self, detail: LocationDetail) -> None:
        words, place, body = self.words, detail.listed.place, self.area.body
        body.addWidget(Line())
        grid = QGridLayout()
        body.addLayout(grid)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        brand = place.brand
        if detail.client and detail.client != place.brand:
            brand = f"{place.brand} · {detail.client}"
        facts = (
            (words("Brand"), brand),
            (words("Region"), place.region),
            (words("Address"), place.address),
            (words("Contacts"), place.contacts),
            (words("Opening hours"), place.hours),
            (words("Tags"), ", ".join(place.tags)),
        )
        for line, (title, text) in enumerate((t, x) for t, x in facts if x):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Label(title, Type.HELP, Ink.TEXT2), line, 0, top)
            label = Label(text, Type.HELP, wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, line, 1)

    # what is done

    def menu(self) -> QMenu:
        words, detail, menu = self.words, self.shown, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if detail is None:
            return menu
        menu.addAction(words("Edit…") + "\tF2").triggered.connect(self._edit)
        active = detail.listed.place.active
        archive = words("Archive") if active else words("Bring back")
        menu.addAction(archive).triggered.connect(self._archive)
        merge = menu.addAction(words("Merge with another…"))
        merge.setEnabled(active)
        merge.triggered.connect(self._merge)
        return menu

    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _edit(self) -> None:
        self.edit_wanted.emit(self.shown)

    def _visit(self) -> None:
        self.visit_wanted.emit(self.shown)

    def _archive(self) -> None:
        self.archive_wanted.emit(self.shown)

    def _merge(self) -> None:
        self.merge_wanted.emit(self.shown)

    def _open_visit(self) -> None:
        button = self.sender()
        if isinstance(button, VisitButton):
            self.visit_opened.emit(button.visit)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, 1, self.height(), colour(t.border))


class VisitButton(Button):
    """A visit in a line: number, day, score; a press opens its report."""

    def __init__(self, words: Words, visit: VisitRecord) -> None:
        today = datetime.now().astimezone().date()
        at = visit.started_at or visit.submitted_at
        day = when.day(words, at.astimezone().date(), today) if at else ""
        score = "–" if visit.score is None else visit_phrases.figure(words, visit.score)
        name = words("Visit {number}, {day}, {score}", number=visit.number, day=day, score=score)
        super().__init__("", Kind.TEXT, name=name, height=32)
        self.visit = visit
        self.setToolTip(visit_phrases.status(words, visit).text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(10)
        for label in (
            Label(visit.number, Type.HELP),
            ElidedLabel(day, Type.HELP, Ink.TEXT2),
            Label(score, Type.STRONG),
        ):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label, 1 if isinstance(label, ElidedLabel) else 0)
