"""The check before submit: what must be mended, what may stay, what is ready; then Submit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.records import place_title
from auditor.ui.capture.check.findings import Finding, Goal, counts_of, findings_of
from auditor.ui.capture.check.list import CheckList
from auditor.ui.capture.check.pane import CheckPane
from auditor.ui.capture.check.rows import Entry
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.drafting.faces import section_faces
from auditor.ui.capture.drafting.saver import SaveState
from auditor.ui.capture.facts.list_item import VISIT_PAGE, VisitItem
from auditor.ui.capture.sections import SectionList
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.header import Header
from auditor.ui.theme import Tone
from forms.problems import Severity


class CheckPanel(QWidget):
    """``jump(item id)``, ``facts_wanted()``, ``tray_wanted()`` and ``photo_wanted(sha256)`` go to
    what is wrong; ``closed()`` by Esc; ``submit_wanted(code)`` when all is well."""

    jump = Signal(str)
    facts_wanted = Signal()
    tray_wanted = Signal()
    photo_wanted = Signal(str)
    closed = Signal()
    submit_wanted = Signal(str)

    def __init__(self, context: AppContext, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.desk = context, desk
        self.draft, self.words = desk.draft, context.words
        self._refused = ""
        record = self.draft.record
        evaluator = record.evaluator or context.settings.evaluator
        place = place_title(record.brand, record.location)
        self.sections = SectionList(
            self.words,
            place,
            f"{record.number} · {self.draft.at.strftime('%d/%m/%Y')}",
            folded=desk.compact,
            can_fold=False,
            back=self.words("Back to the checklist"),
        )
        self.visit = VisitItem(self.words, folded=desk.compact)
        self.sections.add_lead(self.visit)
        self.sections.back_button.set_hint("Esc")
        self.header = Header(self.words("Check before submitting"))
        self.saved = Chip("")
        self.next = Button(self.words("Next item"), Kind.OUTLINE, icon="arrow-down", hint="F8")
        self.header.add(self.saved)
        self.header.add(self.next)
        self.list = CheckList(desk)
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
        self.list.went.connect(self._go)
        self.list.photo_wanted.connect(self.photo_wanted)
        self.draft.noted.connect(self._noted)
        self.desk.attaching.changed.connect(self._attaching_changed)
        self.desk.stopwatches.turned.connect(self._attaching_changed)

    # what it shows

    def refresh(self) -> None:
        """What the draft says now; the person's place in the list stays."""
        findings = findings_of(self.desk)
        faces = section_faces(self.draft, counts_of(self.draft, findings))
        self.sections.show_faces(faces, None)
        of_facts = sum(each.goal is Goal.FACTS and each.open for each in findings)
        self.visit.show_facts(self.draft.facts, of_facts)
        self.pane.refresh([str(face.number) for face in faces if face.done < face.total])
        self.list.show_findings(findings, self.next)
        self._show_reason()

    def _noted(self, _note: object) -> None:
        self.refresh()

    @property
    def rows(self) -> list[Entry]:
        return self.list.rows

    @property
    def findings(self) -> list[Finding]:
        return self.list.findings

    # going on

    def _go(self, finding: Finding, question: str) -> None:
        match finding.goal:
            case Goal.FACTS:
                self.facts_wanted.emit()
            case Goal.TRAY:
                self.tray_wanted.emit()
            case Goal.BLANK:
                self._jump(self.draft.filling.next_unanswered(None))
            case Goal.QUESTION:
                self._jump(question or finding.question)

    def _jump(self, question: str | None) -> None:
        if question is not None:
            self.jump.emit(question)

    def _go_to_section(self, section: str) -> None:
        if section == VISIT_PAGE:
            self.facts_wanted.emit()
            return
        items = self.draft.compiled.of_section(section)
        shown = [item.id for item in items if self.draft.filling.relevant(item.id)]
        self._jump(shown[0] if shown else None)

    def _step_on(self) -> None:
        self.step(1)

    def step(self, delta: int) -> None:
        """F8: the next row that still asks for something, around the end; past the last one the
        declaration, when nothing must be fixed."""
        if self.draft.handing_in:
            return
        if not self.list.step(delta, all_rows=False):
            self.pane.sign()

    def focus_first(self) -> None:
        if self.draft.handing_in:
            self.show_busy()
        else:
            self.step(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.draft.handing_in:
            event.accept()
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            delta = 1 if key == Qt.Key.Key_Down else -1
            if not self.list.step(delta, all_rows=True):
                self.pane.sign()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.list.along(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def commit_input(self) -> None:
        """What is being written as a reason is kept."""
        self.list.commit_input()
        self.pane.code.commit_input()

    # submitting

    @property
    def errors(self) -> int:
        return sum(each.severity is Severity.ERROR for each in self.findings)

    def _reason(self) -> tuple[str, Tone]:
        """Why it cannot be submitted now; "" when it can."""
        words = self.words
        if self.draft.handing_in:
            return words("Submitting…"), Tone.ACCENT
        if self.errors:
            said = words.plural("{count} thing to mend", "{count} things to mend", self.errors)
            undeclared = "" if self.pane.is_declared else words("not declared yet")
            return ", ".join(filter(None, (said, undeclared))), Tone.DANGER
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
        self.refresh()

    def submit(self) -> None:
        """Ctrl+Enter. What is in the way gets the focus."""
        if self.draft.handing_in:
            return
        self.commit_input()
        reason, _ = self._reason()
        if not reason:
            self.pane.submit.click()
        elif self.errors:
            self.step(1)
        else:
            self.pane.sign()

    def _submit(self, code: str) -> None:
        self._refused = ""
        self.submit_wanted.emit(code)

    def show_busy(self) -> None:
        """While it is handed in one only looks on; the keys stay here."""
        busy = self.draft.handing_in
        if busy:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in (self.sections, self.next, self.list, self.pane.declaration):
            part.setEnabled(not busy)
        self._show_reason()

    def say_refused(self, sentence: str) -> None:
        """It was not handed in, and why; Submit has the focus, to try again."""
        self._refused = sentence
        self.show_busy()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pane.submit.setFocus(Qt.FocusReason.OtherFocusReason)

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
