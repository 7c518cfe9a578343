"""The report screen: thumbnails, pages, options; save, open the folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from auditor.domain.branding import TemplateInput
from auditor.domain.changes import Changes
from auditor.domain.records import VisitRecord
from auditor.domain.report_choice import LANGUAGES, Worn
from auditor.ui.commands.issued import read_issued
from auditor.ui.commands.preview import Asked, Chosen, Made, Making, Remembered
from auditor.ui.commands.reports import read_visit
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import EmptyState, Line
from auditor.ui.kit.text import Label
from auditor.ui.report.finding import Finder
from auditor.ui.report.handing_on import HandingOn
from auditor.ui.report.header import ReportHeader
from auditor.ui.report.options import Options
from auditor.ui.report.pages import Fit, PageView, Spot, follow
from auditor.ui.report.saving import Saving
from auditor.ui.report.thumbs import Thumbs
from auditor.ui.report.toolbar import Toolbar
from auditor.ui.report.twin import Twin
from auditor.ui.screen import Screen
from auditor.ui.theme import Ink, Type
from auditor.ui.undo import undo_of

#: Below this width the thumbnails go.
WITH_THUMBS = 1060


@dataclass(frozen=True, slots=True)
class Place:
    """``worn`` None: as it is remembered."""

    language: str | None
    shown: str
    worn: Worn | None
    spot: Spot
    fit: Fit
    zoom: float
    folded: bool | None


class ReportScreen(Screen):
    """Signals: ``closed()``, ``answers_wanted(visit)``."""

    closed = Signal()
    answers_wanted = Signal(object)

    def __init__(self, context: AppContext, visit_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._visit_id = visit_id
        self._visit: VisitRecord | None = None
        self._made: Made | None = None
        #: None: what is remembered for the client.
        self._language: str | None = None
        #: Of two, the one that is looked at.
        self._shown = context.language
        self._worn: Worn | None = None
        self._wanted: Spot | None = None
        self._making: Making | None = None
        self._failure: EmptyState | None = None
        #: The report that is shown is to be another one; what to do when it is there.
        self._stale = self._beside = False
        self._then: Callable[[], None] | None = None
        #: Whether the person folded the options; None: as there is room.
        self._folded: bool | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        self._body(column)
        self.twin = Twin(context, visit_id, self)
        self.saving = Saving(context, self, visit_id)
        self.folder.clicked.connect(self.saving.open_folder)
        self._keys()
        undo_of(context).bind(self)
        context.changed.connect(self._changed)

    # building

    def _keys(self) -> None:
        """With the focus anywhere on the screen."""
        view = self.view
        for keys, slot in (
            ("Ctrl+S", self._save), ("Ctrl+P", self._print), ("Ctrl+F", self.finder.open),
            ("Ctrl+C", self.handing_on.copy_page), ("Ctrl+Shift+C", self.handing_on.copy_text),
            ("F3", self._find_next), ("Shift+F3", self._find_previous),
            ("Ctrl++", view.zoom_in), ("Ctrl+=", view.zoom_in), ("Ctrl+-", view.zoom_out),
            ("Ctrl+0", view.fit_width), ("Ctrl+9", view.fit_page),
            ("PgDown", view.next_page), ("PgUp", view.previous_page),
            ("Ctrl+Home", view.first_page), ("Ctrl+End", view.last_page),
            ("Ctrl+O", self._fold_or_unfold),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _header(self) -> ReportHeader:
        head = self.header = ReportHeader(self.context.words)
        self.answers, self.plan, self.print = head.answers, head.plan, head.print
        self.folder, self.more, self.save = head.folder, head.more, head.save
        for button, slot in (
            (head.back, self.closed), (head.answers, self._read), (head.plan, self._show_findings),
            (head.print, self._print), (head.more, self._show_more), (head.save, self._save),
        ):  # fmt: skip
            button.clicked.connect(slot)
        return head

    def _body(self, column: QVBoxLayout) -> None:
        words, pool = self.context.words, self.context.images
        row = QHBoxLayout()
        row.setSpacing(0)
        column.addLayout(row, 1)
        self.thumbs = Thumbs(pool, words)
        row.addWidget(self.thumbs)
        self._thumb_line = Line(upright=True)
        row.addWidget(self._thumb_line)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        row.addLayout(middle, 1)
        self.view = PageView(pool, words("Report"))
        self.toolbar = Toolbar(words, self.view)
        middle.addWidget(self.toolbar)
        over = QVBoxLayout()
        over.setSpacing(0)
        middle.addLayout(over)
        self.finder = Finder(words, pool, self.view, over)
        self.handing_on = HandingOn(self.context, self)
        self._stack = QStackedLayout()
        self._wait = Label(words("Making the report…"), Type.BODY, Ink.TEXT2)
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._wait)
        self._stack.addWidget(self.view)
        middle.addLayout(self._stack, 1)
        self.options = Options(words, self.context.language)
        row.addWidget(self.options)
        self._connect()

    def _connect(self) -> None:
        self.toolbar.page_wanted.connect(self.view.go_to)
        self.thumbs.chosen.connect(self._go_to)
        self.view.page_changed.connect(self.thumbs.choose)
        self.options.page_wanted.connect(self.view.go_to)
        self.options.language_chosen.connect(self.choose_language)
        self.options.other_wanted.connect(self._show_other)
        self.options.worn.connect(self.wear)
        self.options.touched.connect(self._touch)
        self.options.save_wanted.connect(self._save_template)
        self.view.sharpened.connect(self._show_beside)
        self.view.gone.connect(self._make)
        self.toolbar.fold.clicked.connect(self._fold_or_unfold)

    # making

    def load(self) -> None:
        self.context.ask(read_visit, self._visit_id, done=self._show_visit)
        self._make()
        self._read_issued()

    def _read_issued(self) -> None:
        self.context.ask(read_issued, self._visit_id, done=self.options.issued.show_issued)

    def _show_visit(self, visit: VisitRecord) -> None:
        self._visit = visit
        self.header.show_visit(visit)

    def _make(self) -> None:
        self._touch()
        if self._making is not None:
            self._making.deleteLater()
        remembered = Remembered.of(self.context).all()
        asked = Asked(self._language, self._worn, self._shown, remembered)
        self._making = Making(self.context, self._visit_id, asked, self)
        self._making.made.connect(self._show)
        self._making.failed.connect(self._show_failure)

    def _touch(self) -> None:
        """What is on the screen is no more what is asked for."""
        self._stale = True
        self.options.show_waiting()

    def _show(self, made: Made) -> None:
        """The page one looks at comes first: all that stands beside it waits for it."""
        if self.sender() is not self._making:
            return
        before, self._made = self._made, made
        self._stale = False
        self._language, self._worn, self._shown = made.choice, made.worn, made.language
        self._stack.setCurrentWidget(self.view)
        self._beside = False
        self.view.show_pdf(made.pdf, self._spot_in(made, before))
        self._wanted = None
        self.toolbar.show_count(len(made.pdf.sizes))
        self.header.enable_paper(on=True)
        self.finder.search(made.pdf)
        self.handing_on.take(made, self._visit)
        if self._then is not None:
            then, self._then = self._then, None
            then()

    def _show_beside(self, _page: int) -> None:
        made = self._made
        if made is None or self._beside:
            return
        self._beside = True
        self.thumbs.show_pdf(made.pdf)
        self.thumbs.choose(self.view.page)
        if self._visit is not None:
            self.options.show_report(made, self._visit)

    def _spot_in(self, made: Made, before: Made | None) -> Spot | None:
        """The part that one looked at, wherever it stands now."""
        if before is None or self._wanted is not None:
            return self._wanted
        return follow(self.view.spot, made.parts, before.parts)

    def when_made(self, then: Callable[[], None]) -> bool:
        """Whether it can be done now; else it is, when the report is there that is asked for."""
        if self._stale and self._made is not None:
            self._then = then
        return self._made is not None and not self._stale

    def _show_failure(self, error: Exception) -> None:
        self._then = None
        self.header.enable_paper(on=False)
        self.options.show_failed()
        if self._failure is not None:
            self._failure.deleteLater()
        words = self.context.words
        state = self._failure = EmptyState(
            "triangle-alert", words("The report was not made"), self.context.sentence(error)
        )
        again = state.add(Button(words("Try again"), Kind.OUTLINE, icon="rotate-cw"))
        again.clicked.connect(self._make)
        self._stack.setCurrentIndex(self._stack.addWidget(state))

    # what the person does

    def _go_to(self, page: int) -> None:
        if page != self.view.page:
            self.view.go_to(page)

    def choose_language(self, language: str) -> None:
        self._language = language
        self._remember()
        self._make()

    def _show_other(self) -> None:
        """Of two, the one that is not looked at."""
        self._shown = next(each for each in LANGUAGES if each != self._shown)
        self._make()

    def wear(self, worn: Worn) -> None:
        """Other parts, or those of another template."""
        self._worn = worn
        self._remember()
        self._make()

    def _remember(self) -> None:
        """For the next report of that client, too."""
        made = self._made
        if made is not None:
            language, worn = self._language or made.choice, self._worn or made.worn
            Remembered.of(self.context).keep(made.about.client, Chosen(language, worn))

    def _save_template(self, given: TemplateInput) -> None:
        from auditor.ui.report.saving_template import SavingTemplate

        self._saving = SavingTemplate(self.context, given, self)
        self._saving.saved.connect(self._wear_template)
        self._saving.open()

    def _wear_template(self, template_id: int) -> None:
        self.wear(Worn(template_id=template_id))

    def _fold_or_unfold(self) -> None:
        self._folded = self.options.isVisibleTo(self)
        self._fold()
        if not self._folded:
            self.options.template.setFocus()

    def _fold(self) -> None:
        """Small screens: the options are folded until they are asked for."""
        wide = self.width() >= self.context.theme.px(WITH_THUMBS)
        folded = not wide if self._folded is None else self._folded
        if folded and self.options.isAncestorOf(self.focusWidget() or self):
            self.view.setFocus()
        self.options.setVisible(not folded)
        self.toolbar.show_folded(folded)

    def _read(self) -> None:
        if self._visit is not None:
            self.answers_wanted.emit(self._visit)

    def _show_findings(self) -> None:
        from auditor.ui.actions.findings import FindingsDialog

        FindingsDialog(self.context, self._visit_id, self).open()

    def _changed(self, changes: Changes) -> None:
        """The action plan stands in the report; the visit may be voided, or handed in anew."""
        if self._visit_id in changes.visits:
            self.context.ask(read_visit, self._visit_id, done=self._show_visit)
        if changes.actions or self._visit_id in changes.visits:
            self._make()
        if self._visit_id in changes.issued:
            self._read_issued()

    def _find_next(self) -> None:
        self.finder.step(1)

    def _find_previous(self) -> None:
        self.finder.step(-1)

    def _show_more(self) -> None:
        self.handing_on.show_menu(self.more)

    def _print(self) -> None:
        if self.when_made(self._print):
            self.handing_on.ask_printer()

    @property
    def language(self) -> str | None:
        """Of the report that is shown."""
        return self._made.language if self._made is not None else None

    @property
    def page(self) -> int:
        """The page that is looked at, from 0."""
        return self.view.page

    def _save(self) -> None:
        if self.when_made(self._save) and self._made is not None:
            self.saving.ask(self._made)

    def save_into(self, folder: str) -> None:
        """Both languages."""
        if self._made is not None:
            self.twin.take_all(self._made, self.save, partial(self.saving.save_into, Path(folder)))

    def save_to(self, path: str) -> None:
        if self._made is not None:
            self.saving.save(self._made, path)

    # shape and place

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.context.theme.px(WITH_THUMBS)
        self.header.name_buttons(wide=wide)
        self.options.fit_in(self.width())
        self._fold()
        self.thumbs.setVisible(wide)
        self._thumb_line.setVisible(wide)

    def place(self) -> Place:
        view = self.view
        return Place(
            self._language, self._shown, self._worn, view.spot, view.fit, view.free_zoom,
            self._folded,
        )  # fmt: skip

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self._language, self._worn, self._shown = place.language, place.worn, place.shown
            self._wanted = place.spot
            self._folded = place.folded
            self.view.fit, self.view.free_zoom = place.fit, place.zoom

    def focus_first(self) -> None:
        self.view.setFocus()
