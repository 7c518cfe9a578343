"""What stands under an answer: its comment and its evidence. Made when first needed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.photos.evidence import EvidenceStrip
from forms.compiled import Item


class Details(QWidget):
    """Comment above photos; on the small screen they share a row while there is no photo."""

    left = Signal()

    def __init__(self, desk: Desk, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.item = desk, item
        self.box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(8)
        self._asked: set[str] = set()
        self.comment: TextInput | None = None
        self.strip: EvidenceStrip | None = None

    def open_comment(self) -> TextInput:
        if self.comment is None:
            lines = 1 if self.desk.compact else 2
            name = self.desk.draft.text(self.item.label)
            name = self.desk.words("Comment on: {question}", question=name)
            self.comment = TextInput(
                name, self.desk.words("What happened? Facts, no names."), lines=lines, parent=self
            )
            self.comment.setReadOnly(not self.desk.draft.writable)
            self.comment.show_text(self.desk.draft.answer(self.item).comment)
            self.comment.typed.connect(self._typed)
            self.comment.left.connect(self._leave)
            self.box.insertWidget(0, self.comment, 1)
        self._arrange()
        return self.comment

    def open_strip(self) -> EvidenceStrip:
        if self.strip is None:
            self.strip = EvidenceStrip(self.desk, self.item, parent=self)
            self.strip.shape_changed.connect(self._arrange)
            self.box.addWidget(self.strip)
        self._arrange()
        return self.strip

    def _arrange(self) -> None:
        beside = (
            self.desk.compact
            and self.comment is not None
            and self.strip is not None
            and not self.strip.has_files
        )
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.box.setDirection(across if beside else down)
        if self.strip is not None:
            top = Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag(0)
            self.box.setAlignment(self.strip, top)

    def _typed(self, text: str) -> None:
        self.desk.draft.set_comment(self.item, text)

    def _leave(self) -> None:
        self.desk.draft.end_typing()
        self.left.emit()

    def ask_comment(self) -> None:
        """The person asked for the comment: it stays, and has the focus."""
        self._asked.add("comment")
        self.open_comment().setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(comment=True, photo=self.strip is not None and self.strip.isVisibleTo(self))

    def refresh(self, *, comment: bool, photo: bool) -> None:
        """Show what is given, asked for, or opened by hand; ``comment`` and ``photo`` say what
        the answer asks for."""
        answer = self.desk.draft.answer(self.item)
        evidence = bool(answer.evidence) or self.desk.attaching.under_way(self.item) > 0
        failed = bool(self.desk.attaching.error(self.item))
        writing = self.comment is not None and self.comment.hasFocus()
        comment = bool(answer.comment) or comment or "comment" in self._asked or writing
        photo = (evidence or photo or failed) and not self.item.kind.is_evidence
        if comment:
            self.open_comment().show_text(answer.comment)
        if photo:
            self.open_strip().refresh()
        self._show(comment=comment, photo=photo)

    def _show(self, *, comment: bool, photo: bool) -> None:
        if self.comment is not None:
            self.comment.setVisible(comment)
        if self.strip is not None:
            self.strip.setVisible(photo)
        self.setVisible(comment or photo)

    def commit_input(self) -> None:
        if self.comment is not None:
            self.comment.commit_input()
        if self.strip is not None:
            self.strip.commit_input()
