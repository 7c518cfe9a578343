"""The report screen: thumbnails, pages, options; save, open the folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from auditor.domain.changes import Changes
from auditor.domain.records import VisitRecord
from auditor.ui.commands.reports import Made, Making, read_visit, save_copy
from auditor.ui.context import AppContext
from auditor.ui.home import phrases
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import EmptyState, Line
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.header import Header
from auditor.ui.kit.text import Label
from auditor.ui.kit.toast import Toast
from auditor.ui.report.finding import Finder
from auditor.ui.report.handing_on import HandingOn
from auditor.ui.report.options import Options
from auditor.ui.report.pages import Fit, PageView
from auditor.ui.report.thumbs import Thumbs
from auditor.ui.report.toolbar import Toolbar
from auditor.ui.screen import Screen
from auditor.ui.theme import Ink, Tone, Type
from auditor.ui.undo import undo_of

#: Below this width the thumbnails go.
WITH_THUMBS = 1060


@dataclass(frozen=True, slots=True)
class Place:
    language: str
    page: int
    fit: Fit


class ReportScreen(Screen):
    """Signals: ``closed()``, ``answers_wanted(visit)``."""

    closed = Signal()
    answers_wanted = Signal(object)

    def __init__(self, context: AppContext, visit_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._visit_id = visit_id
        self._visit: VisitRecord | None = None
        self._made: Made | None = None
        self._saved: Path | None = None
        self._language = context.language
        self._wanted_page = 0
        self._making: Making | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        self._body(column)
        for keys, slot in (
            ("Ctrl+S", self._save), ("Ctrl+P", self._print), ("Ctrl+F", self.finder.open),
            ("Ctrl+C", self.handing_on.copy_page), ("F3", self._find_next),
            ("Shift+F3", self._find_previous),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        undo_of(context).bind(self)
        context.changed.connect(self._changed)

    # building

    def _header(self) -> Header:
        words = self.context.words
        self.header = Header(words("Report"), back=words("Back to my visits"))
        self.header.back.clicked.connect(self.closed)
        self.answers = Button(words("Answers"), icon="eye")
        self.answers.clicked.connect(self._read)
        self.plan = Button(words("Actions"), icon="list-checks")
        self.plan.clicked.connect(self._show_findings)
        self.print = Button(words("Print"), icon="printer", hint="Ctrl P")
        self.print.clicked.connect(self._print)
        self.more = Button(icon="ellipsis", name=words("More for this report"))
        self.more.clicked.connect(self._show_more)
        self.folder = Button(words("Open folder"), icon="folder-open")
        self.folder.clicked.connect(self._open_folder)
        self.save = Button(words("Save PDF"), Kind.PRIMARY, icon="download", hint="Ctrl S")
        self.save.clicked.connect(self._save)
        self.folder.hide()
        for button in (
            self.answers, self.plan, self.print, self.folder, self.more, self.save,
        ):  # fmt: skip
            self.header.add(button)
        for button in (self.answers, self.plan, *self._needing_paper()):
            button.setEnabled(False)
        return self.header

    def _name_buttons(self, *, wide: bool) -> None:
        """Icons alone where room is short."""
        for button, name in (
            (self.answers, self.context.words("Answers")),
            (self.plan, self.context.words("Actions")),
            (self.print, self.context.words("Print")),
            (self.folder, self.context.words("Open folder")),
        ):
            button.set_caption(name if wide else "", name)
            button.setToolTip("" if wide else name)

    def _needing_paper(self) -> tuple[Button, ...]:
        return self.print, self.more, self.save

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
        self.options = Options(words, self._language)
        row.addWidget(self.options)
        self.toolbar.page_wanted.connect(self.view.go_to)
        self.thumbs.chosen.connect(self._go_to)
        self.view.page_changed.connect(self.thumbs.choose)
        self.options.page_wanted.connect(self.view.go_to)
        self.options.language_chosen.connect(self._choose_language)

    # making

    def load(self) -> None:
        self.context.ask(read_visit, self._visit_id, done=self._show_visit)
        self._make()

    def _show_visit(self, visit: VisitRecord) -> None:
        words = self.context.words
        self._visit = visit
        title = words("{place}, visit {number}", place=visit.location, number=visit.number)
        self.header.set_title(title)
        mark = phrases.status(words, visit)
        self.header.add_chip(Chip(mark.text, mark.tone, mark.icon))
        if visit.score is not None:
            score = phrases.figure(words, visit.score)
            self.header.add_chip(Chip(words("{score} of 100", score=score), Tone.NEUTRAL))
        self.answers.setEnabled(True)
        self.plan.setEnabled(True)

    def _make(self) -> None:
        if self._making is not None:
            self._making.deleteLater()
        self._making = Making(self.context, self._visit_id, self._language, self)
        self._making.made.connect(self._show)
        self._making.failed.connect(self._show_failure)

    def _show(self, made: Made) -> None:
        if made.language != self._language:
            return
        self._made = made
        self.view.show_pdf(made.pdf)
        self.thumbs.show_pdf(made.pdf)
        self.toolbar.show_count(len(made.pdf.sizes))
        if self._visit is not None:
            self.options.show_report(made, self._visit)
        self._stack.setCurrentWidget(self.view)
        for button in self._needing_paper():
            button.setEnabled(True)
        self.finder.search(made.pdf)
        self.handing_on.take(made, self._visit)
        self._go_to(self._wanted_page)

    def _show_failure(self, error: Exception) -> None:
        words = self.context.words
        state = EmptyState(
            "triangle-alert", words("The report was not made"), self.context.sentence(error)
        )
        again = state.add(Button(words("Try again"), Kind.OUTLINE, icon="rotate-cw"))
        again.clicked.connect(self._make)
        self._stack.setCurrentIndex(self._stack.addWidget(state))

    # what the person does

    def _go_to(self, page: int) -> None:
        if page != self.view.page:
            self.view.go_to(page)

    def _choose_language(self, language: str) -> None:
        self._language = language
        self._wanted_page = self.view.page
        self._make()

    def _read(self) -> None:
        if self._visit is not None:
            self.answers_wanted.emit(self._visit)

    def _show_findings(self) -> None:
        from auditor.ui.actions.findings import FindingsDialog

        FindingsDialog(self.context, self._visit_id, self).open()

    def _changed(self, changes: Changes) -> None:
        """The action plan stands in the report."""
        if changes.actions:
            self._wanted_page = self.view.page
            self._make()

    def _find_next(self) -> None:
        self.finder.step(1)

    def _find_previous(self) -> None:
        self.finder.step(-1)

    def _show_more(self) -> None:
        self.handing_on.show_menu(self.more)

    def _print(self) -> None:
        self.handing_on.ask_printer()

    @property
    def page(self) -> int:
        """The page that is looked at, from 0."""
        return self.view.page

    def _save(self) -> None:
        if self._made is None:
            return
        words = self.context.words
        dialog = QFileDialog(self, words("Save PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        dialog.setDirectory(str(self._saved.parent if self._saved else documents))
        dialog.selectFile(self._made.name)
        dialog.fileSelected.connect(self.save_to)
        open_dialog(dialog)

    def save_to(self, path: str) -> None:
        if self._made is not None:
            save_copy(
                self.context, self._made.pdf.path, Path(path), self._was_saved, self._not_saved
            )

    def _was_saved(self, path: Path) -> None:
        self._saved = path
        self.folder.show()
        words = self.context.words
        text = words("Saved as {name}.", name=path.name)
        Toast.show_in(self, text, words("Open folder"), self._open_folder)

    def _not_saved(self, error: Exception) -> None:
        self.context.report_error(error, self.save)

    def _open_folder(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))

    # shape and place

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.context.theme.px(WITH_THUMBS)
        self._name_buttons(wide=wide)
        self.options.narrow(not wide)
        self.thumbs.setVisible(wide)
        self._thumb_line.setVisible(wide)

    def place(self) -> Place:
        return Place(self._language, self.view.page, self.view.fit)

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self._language = place.language
            self._wanted_page = place.page
            self.view.fit = place.fit
            self.options.language.choose(0 if place.language == "vi" else 1)

    def focus_first(self) -> None:
        self.view.setFocus()
