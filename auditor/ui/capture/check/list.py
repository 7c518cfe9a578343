"""What the check found, as a list to go through: must fix, please check, ready."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from auditor.ui.capture.check.contradiction import Contradiction
from auditor.ui.capture.check.findings import Finding, keep, take_back
from auditor.ui.capture.check.pane import LARGE
from auditor.ui.capture.check.rows import Entry, FindingCard, FindingRow, GroupHead, ReadyCard
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.drafting.faces import section_faces
from auditor.ui.capture.sections import SectionFace
from auditor.ui.kit.button import Button
from auditor.ui.kit.card import ScrollArea, clear
from auditor.ui.theme import Tone, current
from forms.problems import Severity


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the keys were, and what was being written, before the list was built anew."""

    key: str
    at: int
    scroll: int
    writing: dict[str, str]


class CheckList(ScrollArea):
    """``went(finding, question id)`` and ``photo_wanted(sha256)`` as of ``Entry``."""

    went = Signal(object, str)
    photo_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=(24, 16, 24, 24), spacing=8)
        self.desk, self.draft, self.words = desk, desk.draft, desk.words
        self.findings: list[Finding] = []
        self.rows: list[Entry] = []

    # what it shows

    def show_findings(self, findings: list[Finding], before: QWidget) -> None:
        """The rows stay where they are while only reasons change. ``before`` stands before them
        for Tab."""
        entries = {entry.finding.key: entry for entry in self.rows}
        same = len(findings) == len(self.rows) and all(
            finding.key in entries and entries[finding.key].matches(finding) for finding in findings
        )
        self.findings = findings
        if not same or not self.rows:
            self._build(before)
            return
        for finding in findings:
            if entries[finding.key].finding != finding:
                entries[finding.key].show_finding(finding)
        self._count()

    def _build(self, before: QWidget) -> None:
        place = self._place()
        for entry in self.rows:
            entry.close_field()
        clear(self.body)
        self.rows = []
        wrong = [each for each in self.findings if each.severity is Severity.ERROR]
        odd = [each for each in self.findings if each.severity is not Severity.ERROR]
        self._odd_head = self._add_groups(wrong, odd)
        self._add_ready()
        self.body.addStretch(1)
        for entry in self.rows:  # they are made last and stand before the declaration
            before = _tab_through(entry, before)
        self._count()
        self._return_to(place)

    def _add_groups(self, wrong: list[Finding], odd: list[Finding]) -> GroupHead | None:
        words = self.words
        if wrong:
            note = words("cannot be submitted while these stand")
            head = GroupHead(words("Must fix"), "circle-alert", Tone.DANGER, note)
            head.count.set(str(len(wrong)))
            self._add_group(head, wrong)
        if not odd:
            return None
        note = words("may be submitted with a reason")
        head = GroupHead(words("Please check"), "triangle-alert", Tone.WARNING, note)
        self._add_group(head, odd)
        return head

    def _add_group(self, head: GroupHead, findings: list[Finding]) -> None:
        self.body.addWidget(head)
        for apart, some in groupby(findings, key=lambda finding: bool(finding.sides)):
            entries = [self._entry(finding) for finding in some]
            for card in [[entry] for entry in entries] if apart else [entries]:
                self.body.addWidget(FindingCard(card))
        self.body.addSpacing(8)

    def _entry(self, finding: Finding) -> Entry:
        kind = Contradiction if finding.sides else FindingRow
        entry = kind(finding, self.desk)
        entry.went.connect(self.went)
        entry.photo_wanted.connect(self.photo_wanted)
        entry.kept.connect(self._keep)
        entry.taken_back.connect(self._take_back)
        entry.unmarked.connect(self._unmark)
        self.rows.append(entry)
        return entry

    def _add_ready(self) -> None:
        """Sections with nothing to mend and nothing left; of each what is not asked about above."""
        wrong = {each.question for each in self.findings if not _warns(each)}
        asked = {id for each in self.findings if each.open for id in _speaks_of(each)}
        ready: list[tuple[SectionFace, int, int]] = []
        for face in section_faces(self.draft):
            items = [item.id for item in self.draft.compiled.of_section(face.id)]
            if face.total and face.done == face.total and wrong.isdisjoint(items):
                left = face.total - len(asked.intersection(items))
                ready.append((face, left, self._files_of(face.id)))
        if not ready:
            return
        head = GroupHead(self.words("Ready"), "circle-check", Tone.SUCCESS, self._uncounted())
        head.count.set(str(sum(questions for _, questions, _ in ready)))
        self.body.addWidget(head)
        narrow = self.desk.compact and current().scale > LARGE
        self.body.addWidget(ReadyCard(ready, self.words, columns=1 if narrow else 2))

    def _files_of(self, section: str) -> int:
        items = self.draft.compiled.of_section(section)
        shown = [item for item in items if self.draft.filling.relevant(item.id)]
        return len({sha for item in shown for sha in self.draft.answer(item).evidence})

    def _uncounted(self) -> str:
        """What of the visit is not scored: N/A and hidden."""
        filling, words = self.draft.filling, self.words
        items = [item for item in self.draft.compiled.items if item.takes_answer]
        shown = [item for item in items if filling.relevant(item.id)]
        left_out = sum(item.not_applicable(self.draft.answer(item)) for item in shown)
        hidden = len(items) - len(shown)
        said = [words("{count} N/A", count=left_out)] if left_out else []
        if hidden:
            said.append(words.plural("{count} hidden", "{count} hidden", hidden))
        return words("{list}: not scored", list=", ".join(said)) if said else ""

    def _count(self) -> None:
        """How many still ask for something; those that were kept do not."""
        if self._odd_head is not None:
            odd = [each for each in self.findings if _warns(each)]
            left = sum(each.open for each in odd)
            words = self.words
            said = str(left) if left else words("all kept")
            self._odd_head.count.set(said, Tone.WARNING if left else Tone.NEUTRAL)

    # a list that is built anew keeps the person's place

    def _place(self) -> _Place:
        focus = self.window().focusWidget()
        index = [place for place, row in enumerate(self.rows) if focus and row.isAncestorOf(focus)]
        key = self.rows[index[0]].finding.key if index else ""
        fields = {row.finding.key: row.field.text for row in self.rows if row.field is not None}
        return _Place(key, index[0] if index else -1, self.verticalScrollBar().value(), fields)

    def _return_to(self, place: _Place) -> None:
        if place.at < 0 or not self.rows:
            return
        for row in self.rows:
            if row.finding.key in place.writing and row.finding.open:
                row.open_field(place.writing[row.finding.key])
        found = [row for row in self.rows if row.finding.key == place.key]
        self.inner.adjustSize()
        self.verticalScrollBar().setValue(place.scroll)
        row = found[0] if found else self.rows[min(place.at, len(self.rows) - 1)]
        row.take_focus()

    # going through it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the check's."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @property
    def at(self) -> int | None:
        """The row that has the focus."""
        focus = self.window().focusWidget()
        return next(
            (i for i, row in enumerate(self.rows) if focus and row.isAncestorOf(focus)), None
        )

    def step(self, delta: int, *, all_rows: bool) -> bool:
        """To the next row, around the end; without ``all_rows`` those that were kept are passed
        over. False at the last one forwards when nothing must be fixed, and where there is none."""
        order = [i for i, row in enumerate(self.rows) if all_rows or row.finding.open]
        here = self.at
        if here is None:
            ahead = order if delta > 0 else order[::-1]
        else:
            ahead = [i for i in order if (i > here if delta > 0 else i < here)]
            ahead = ahead if delta > 0 else ahead[::-1]
        if not ahead and order and (delta < 0 or not all(map(_warns, self.findings))):
            ahead = order if delta > 0 else order[::-1]
        if not ahead:
            return False
        self.rows[ahead[0]].take_focus()
        self.ensureWidgetVisible(self.rows[ahead[0]], 0, 24)
        return True

    def along(self, delta: int) -> bool:
        """Left and right: the buttons of the row."""
        focus = self.window().focusWidget()
        if self.at is None or not isinstance(focus, Button):
            return False
        buttons = [each for each in self.rows[self.at].findChildren(Button) if each.isVisible()]
        buttons.sort(key=lambda each: each.mapTo(self, each.rect().topLeft()).x())
        place = buttons.index(focus) + delta
        if 0 <= place < len(buttons):
            buttons[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def commit_input(self) -> None:
        """A reason that is being written is kept."""
        for row in self.rows:
            if row.field is not None:
                row.field.leave()

    # what the person does

    def _keep(self, key: str, reason: str) -> None:
        for finding in self.findings:
            if finding.key == key and finding.reason != reason:
                keep(self.draft, finding, reason)
                return

    def _take_back(self, key: str) -> None:
        take_back(self.draft, key)

    def _unmark(self, question: str) -> None:
        self.draft.mark_later(self.draft.compiled.item(question), False)


def _speaks_of(finding: Finding) -> tuple[str, ...]:
    """The questions of a finding."""
    own = () if finding.question is None else (finding.question,)
    return (*own, *(side.question for side in finding.sides))


def _warns(finding: Finding) -> bool:
    return finding.severity is not Severity.ERROR


def _tab_through(entry: Entry, before: QWidget) -> QWidget:
    """Tab goes through the buttons of an entry as they are seen, after ``before``."""
    for button in entry.body.findChildren(Button):
        QWidget.setTabOrder(before, button)
        before = button
    return before
