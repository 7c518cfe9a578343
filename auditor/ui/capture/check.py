"""The check before submit: what must be mended, what may stay, what is ready; then Submit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.check_pane import CheckPane
from auditor.ui.capture.check_rows import (
    Finding,
    FindingCard,
    FindingRow,
    GroupHead,
    ReadyCard,
    findings_of,
)
from auditor.ui.capture.desk import Desk
from auditor.ui.capture.faces import section_faces
from auditor.ui.capture.saver import SaveState
from auditor.ui.capture.sections import SectionList
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import ScrollArea, clear
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.header import Header
from auditor.ui.theme import Tone
from forms.problems import Severity


class CheckPanel(QWidget):
    """``jump(item id)``; ``closed()`` by Esc; ``submit_wanted(code)`` when all is well."""

    jump = Signal(str)
    closed = Signal()
    submit_wanted = Signal(str)

    def __init__(self, context: AppContext, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.desk = context, desk
        self.draft, self.words = desk.draft, context.words
        self._busy = False
        self._refused = ""
        self._findings: list[Finding] | None = None
        self.rows: list[FindingRow] = []
        record = self.draft.record
        evaluator = record.evaluator or context.settings.evaluator
        place = f"{record.brand} – {record.location}" if record.brand else record.location
        self.sections = SectionList(
            self.words,
            place,
            f"{record.number} · {self.draft.at.strftime('%d/%m/%Y')}",
            folded=desk.compact,
            can_fold=False,
            back=self.words("Back to the checklist"),
        )
        self.sections.back_button.set_hint("Esc")
        self.header = Header(self.words("Check before submitting"))
        self.saved = Chip("")
        self.next = Button(self.words("Next item"), Kind.OUTLINE, icon="arrow-down", hint="F8")
        self.header.add(self.saved)
        self.header.add(self.next)
        self.list = ScrollArea(margins=(24, 16, 24, 24), spacing=8)
        self.pane = CheckPane(self.draft, self.words, evaluator, compact=desk.compact)
        self._lay_out()
        self._connect()
        self.refresh()
        self.show_saved(self.draft.saver.now)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.list, 1)
        below.addWidget(self.pane)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addLayout(below, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sections)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.sections.back.connect(self.closed)
        self.sections.chosen.connect(self._go_to_section)
        self.next.clicked.connect(self._step_on)
        self.pane.declared.connect(self._show_reason)
        self.pane.submit_wanted.connect(self._submit)
        self.desk.attaching.changed.connect(self._attaching_changed)

    # what it shows

    def refresh(self) -> None:
        findings = [*findings_of(self.draft), *self._running_stopwatches()]
        faces = section_faces(self.draft, problems=True)
        self.sections.show_faces(faces, None)
        left = [str(face.number) for face in faces if face.done < face.total]
        self.pane.refresh(left)
        if findings != self._findings:
            self._findings = findings
            self._fill(findings)
        self._show_reason()

    def _running_stopwatches(self) -> list[Finding]:
        found = []
        for question in self.desk.stopwatches.running:
            item = self.draft.compiled.item(question)
            said = self.words("The stopwatch still runs. Stop it, or its time is not kept.")
            title = self.draft.text(item.label)
            found.append(Finding(item.id, item.number, title, said, "timer", Severity.WARNING))
        return found

    def _fill(self, findings: list[Finding]) -> None:
        body, words = self.list.body, self.words
        clear(body)
        self.rows = []
        errors = [each for each in findings if each.severity is Severity.ERROR]
        warnings = [each for each in findings if each.severity is not Severity.ERROR]
        self._add_group(
            GroupHead(
                words("Must fix"),
                "circle-alert",
                Tone.DANGER,
                words("cannot be submitted while these stand"),
            ),
            errors,
        )
        self._add_group(
            GroupHead(
                words("Please check"), "triangle-alert", Tone.WARNING, words("may stay as they are")
            ),
            warnings,
        )
        self._add_ready()
        body.addStretch(1)
        before = self.next
        for row in self.rows:  # they are made last and stand before the declaration
            self.setTabOrder(before, row.button)
            before = row.button

    def _add_group(self, head: GroupHead, findings: list[Finding]) -> None:
        if not findings:
            head.deleteLater()
            return
        head.count.set(str(len(findings)))
        card = FindingCard(findings, self.words)
        card.chosen.connect(self._chosen)
        self.rows += card.rows
        self.list.body.addWidget(head)
        self.list.body.addWidget(card)
        self.list.body.addSpacing(8)

    def _add_ready(self) -> None:
        faces = [
            face
            for face in section_faces(self.draft, problems=True)
            if face.total and face.done == face.total and not face.errors
        ]
        if not faces:
            return
        words = self.words
        hidden = len(self._hidden())
        note = words.plural(
            "{count} hidden question is not scored",
            "{count} hidden questions are not scored",
            hidden,
        )
        head = GroupHead(words("Ready"), "circle-check", Tone.SUCCESS, note if hidden else "")
        head.count.set(str(sum(face.total for face in faces)))
        self.list.body.addWidget(head)
        self.list.body.addWidget(ReadyCard(faces, words))

    def _hidden(self) -> list[str]:
        filling = self.draft.filling
        items = self.draft.compiled.items
        return [i.id for i in items if i.takes_answer and not filling.relevant(i.id)]

    # going on

    def _chosen(self, question: str) -> None:
        found = question or self.draft.filling.next_unanswered(None)
        if found:
            self.jump.emit(found)

    def _go_to_section(self, section: str) -> None:
        items = self.draft.compiled.of_section(section)
        shown = [item.id for item in items if self.draft.filling.relevant(item.id)]
        if shown:
            self.jump.emit(shown[0])

    def _step_on(self) -> None:
        self.step(1)

    def step(self, delta: int) -> None:
        """F8: the button of the next row, around the end; past the last one the declaration, when
        nothing must be fixed."""
        focus = QApplication.focusWidget()
        at = [index for index, row in enumerate(self.rows) if row.button is focus]
        may_submit = all(each.severity is not Severity.ERROR for each in self._findings or ())
        if not self.rows or (may_submit and delta > 0 and at == [len(self.rows) - 1]):
            self.pane.tick.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        index = (at[0] + delta) % len(self.rows) if at else (0 if delta > 0 else -1)
        row = self.rows[index]
        row.button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.ensureWidgetVisible(row, 0, 24)

    def focus_first(self) -> None:
        self.step(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    # submitting

    @property
    def errors(self) -> int:
        found = self._findings or []
        return sum(each.severity is Severity.ERROR for each in found)

    def _reason(self) -> tuple[str, Tone]:
        """Why it cannot be submitted now; "" when it can."""
        words = self.words
        if self._busy:
            return words("Submitting…"), Tone.ACCENT
        if self.errors:
            said = words.plural("{count} thing to mend", "{count} things to mend", self.errors)
            return said, Tone.DANGER
        if self.draft.saver.now.error is not None:
            return words("Some answers are not on disk yet"), Tone.DANGER
        if self.desk.attaching.busy:
            return words("A photo is still being read"), Tone.ACCENT
        if not self.pane.is_declared:
            return words("Tick the declaration and give your code"), Tone.NEUTRAL
        return "", Tone.NEUTRAL

    def _show_reason(self) -> None:
        reason, tone = self._reason()
        if not reason and self._refused:
            self.pane.set_reason(self._refused, Tone.DANGER, allowed=True)
        else:
            self.pane.set_reason(reason, tone, allowed=not reason)

    def _attaching_changed(self, _item: str) -> None:
        self._show_reason()

    def submit(self) -> None:
        """Ctrl+Enter. What is in the way gets the focus."""
        reason, _ = self._reason()
        if not reason:
            self.pane.submit.click()
        elif self.errors:
            self.step(1)
        elif not self.pane.tick.isChecked():
            self.pane.tick.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.pane.code.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _submit(self, code: str) -> None:
        self._refused = ""
        self.submit_wanted.emit(code)

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show_reason()

    def say_refused(self, sentence: str) -> None:
        self._refused = sentence
        self._show_reason()

    def show_saved(self, state: SaveState) -> None:
        if state.error is not None:
            self.saved.set(self.words("Not saved"), Tone.DANGER, "circle-alert")
        elif state.waiting or state.saved_at is None:
            self.saved.set(self.words("Saving…"), Tone.NEUTRAL, "loader-circle")
        else:
            at = state.saved_at.astimezone().strftime("%H:%M")
            self.saved.set(self.words("Saved {time}", time=at), Tone.NEUTRAL, "check")
        self.saved.setVisible(bool(state.waiting or state.saved_at or state.error))
        self._show_reason()
