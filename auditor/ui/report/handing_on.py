"""What a person does with a report that is made: print it, copy it, send it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QMenu

from auditor.domain.errors import NotSavedError
from auditor.domain.records import VisitRecord
from auditor.ui.commands.issued import enter_made
from auditor.ui.commands.preview import Made
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button
from auditor.ui.kit.toast import Toast
from auditor.ui.report import sharing
from auditor.ui.report.pdf import PageImage, draw_page, page_text
from auditor.ui.report.printing import Printing, printer_for
from auditor.ui.tasks import Done
from forms.system import reason

if TYPE_CHECKING:
    from auditor.ui.report.screen import ReportScreen

#: Of a page that is copied as a picture, in pixels: 200 for an inch of A4.
WIDE = 1654


class HandingOn(QObject):
    """Nothing here before ``take`` has a report."""

    def __init__(self, context: AppContext, screen: ReportScreen) -> None:
        super().__init__(screen)
        self._context, self._screen = context, screen
        self._made: Made | None = None
        self._visit: VisitRecord | None = None
        self._printing: Printing | None = None
        self.menu: QMenu | None = None

    def take(self, made: Made, visit: VisitRecord | None) -> None:
        self._made, self._visit = made, visit

    def _say(self, text: str) -> None:
        Toast.show_in(self._screen, text)

    # more

    def show_menu(self, under: Button) -> None:
        words = self._context.words
        menu = QMenu(under)
        for caption, keys, slot in (
            (words("Find…"), "Ctrl+F", self._screen.finder.open),
            (words("Copy this page as a picture"), "Ctrl+C", self.copy_page),
            (words("Copy the words of this page"), "Ctrl+Shift+C", self.copy_text),
            (words("Copy the file"), "", self.copy_file),
            (words("Send by e-mail…"), "", self.send),
        ):
            action = menu.addAction(f"{caption}\t{keys}" if keys else caption)
            action.triggered.connect(slot)
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        right = under.width() - menu.sizeHint().width()
        menu.popup(under.mapToGlobal(QPoint(right, under.height() + 2)))

    # the clipboard

    def copy_page(self) -> None:
        """The page that is looked at."""
        if self._made is not None:
            page, path = self._screen.page, self._made.pdf.path
            self._context.images.run(draw_page, path, page, WIDE, done=self._page_copied)

    def _page_copied(self, drawn: PageImage) -> None:
        QGuiApplication.clipboard().setMimeData(sharing.picture_mime(drawn.image))
        self._say(self._context.words("Page {page} is on the clipboard.", page=drawn.page + 1))

    def copy_text(self) -> None:
        """Of the page that is looked at."""
        if self._made is not None:
            page, path = self._screen.page, self._made.pdf.path
            self._context.images.run(page_text, path, page, done=self._text_copied)

    def _text_copied(self, told: str) -> None:
        QGuiApplication.clipboard().setText(told)
        page = self._screen.page + 1
        self._say(self._context.words("The words of page {page} are on the clipboard.", page=page))

    def copy_file(self) -> None:
        """The report itself, to be pasted into a folder or a letter."""
        if self._screen.when_made(self.copy_file):
            self._with_copies(self._files_copied)

    def _files_copied(self, paths: Any) -> None:
        QGuiApplication.clipboard().setMimeData(sharing.file_mime(paths))
        words = self._context.words
        one, both = (
            words("The file is on the clipboard."),
            words("Both files are on the clipboard."),
        )
        self._say(one if len(paths) == 1 else both)

    def _with_copies(self, done: Done) -> None:
        """Under the names that a person knows them by, made off the GUI thread."""
        if self._made is not None:
            copy = partial(self._copy, done)
            self._screen.twin.take_all(self._made, self._screen.more, copy)

    def _copy(self, done: Done, several: tuple[Made, ...]) -> None:
        # Another state of the report may be open in a viewer, which holds its file.
        folder = self._context.scratch / "named"
        named = tuple((made.pdf.path, folder / made.sha256[:16] / made.name) for made in several)
        self._context.images.run(
            sharing.named_copies, named,
            done=partial(self._copied, several, done), failed=self._not_copied,
        )  # fmt: skip

    def _copied(self, several: tuple[Made, ...], done: Done, paths: Any) -> None:
        """A file that leaves is issued."""
        if self._visit is not None:
            for made, path in zip(several, paths, strict=True):
                enter_made(self._context, self._visit.id, made, path)
        done(paths)

    def _not_copied(self, error: Exception) -> None:
        if isinstance(error, OSError):
            error = NotSavedError(
                "report_not_saved",
                "The report could not be saved to {path}: {reason}. Choose another folder.",
                path=self._context.scratch,
                reason=reason(error),
            )
        self._context.report_error(error, self._screen.more)

    # e-mail

    def send(self) -> None:
        """A draft in the mail program; the person writes to whom."""
        if self._screen.when_made(self.send):
            self._with_copies(self._draft)

    def _draft(self, paths: Any) -> None:
        self._context.images.run(
            sharing.prepare, self._mail(paths), done=self._opened_draft, failed=self._not_copied
        )

    def _mail(self, paths: Any) -> sharing.Mail:
        words, visit = self._context.words, self._visit
        place = visit.location if visit is not None else ""
        number = visit.number if visit is not None else ""
        subject = words("Report: {place}, visit {number}", place=place, number=number)
        body = words("The report of {place} is attached.", place=place)
        return sharing.Mail(subject, body, tuple(paths))

    def _opened_draft(self, ready: sharing.Ready) -> None:
        if not sharing.show(ready):
            self._say(
                self._context.words("No mail program was found. Save the PDF and attach it there.")
            )

    # the printer

    def ask_printer(self) -> None:
        """Ctrl+P."""
        if self._made is None or self._printing is not None:
            return
        printer = printer_for(self._made.pdf)
        dialog = QPrintDialog(printer, self._screen)
        dialog.setMinMax(1, len(self._made.pdf.sizes))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintCurrentPage)
        dialog.accepted.connect(partial(self.print_to, printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def print_to(self, printer: QPrinter) -> None:
        if self._made is None:
            return
        self._printing = Printing(
            self._made.pdf, printer, self._context.images, self, self._screen.page
        )
        self._printing.ended.connect(self._printed)
        self._say(self._context.words("Printing…"))
        self._printing.start()

    def _printed(self, whole: bool) -> None:
        printing, self._printing = self._printing, None
        if printing is not None:
            printing.deleteLater()
        words = self._context.words
        self._say(
            words("Sent to the printer.") if whole
            else words("The printer did not take it. Look at the printer, then print again.")
        )  # fmt: skip
