"""The card of a run: how many are made, how fast, how long still; Pause, Cancel; then where they
are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from auditor.ui.commands.batch import BatchRun
from auditor.ui.commands.batch_pace import Pace
from auditor.ui.commands.batch_runs import Run
from auditor.ui.commands.collecting import CollectRun
from auditor.ui.kit.button import Button
from auditor.ui.kit.card import Card, ScrollArea
from auditor.ui.kit.files import show_folder
from auditor.ui.kit.ring import ProgressLine
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.reports.files import FileList
from auditor.ui.theme import Ink, Type, current
from auditor.words import Words

#: How high the sentences about failures may be, px at 100 %; more of them scroll.
MOST_FAILURES = 92


def rate_words(words: Words, rate: float) -> str:
    digits = f"{rate:.1f}" if rate < 10 else f"{rate:.0f}"
    digits = digits.replace(".", "," if words.language == "vi" else ".")
    return words("{rate} a second", rate=digits)


def time_words(words: Words, seconds: int) -> str:
    if seconds < 100:
        return words("{count} s", count=seconds)
    return words("{minutes} min {seconds} s", minutes=seconds // 60, seconds=seconds % 60)


class RunCard(Card):
    """Watches one run at a time; ``ended()`` when it is over."""

    ended = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(margins=(20, 14, 20, 14), spacing=8)
        self.words = words
        self._run: Run | None = None
        self._folder = Path()
        self._pace = Pace()
        head = QHBoxLayout()
        head.setSpacing(10)
        self.figure = Label("", Type.FIGURE)
        self.of = ElidedLabel("", Type.STRONG, Ink.TEXT2)
        self.left = Label("", Type.STRONG)
        head.addWidget(self.figure)
        head.addWidget(self.of, 1)
        head.addWidget(self.left)
        self.body.addLayout(head)
        self.line = ProgressLine()
        self.line.setAccessibleName(words("Reports made"))
        self.body.addWidget(self.line)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.what = ElidedLabel("", Type.HELP, Ink.TEXT2)
        foot.addWidget(self.what, 1)
        self.rate = Label("", Type.HELP, Ink.TEXT2)
        foot.addWidget(self.rate)
        self.pause = Button(words("Pause"), icon="pause", hint=words("Space"), height=34)
        self.pause.clicked.connect(self.pause_or_go_on)
        foot.addWidget(self.pause)
        self.pause.hide()
        self.cancel = Button(words("Cancel"), icon="x", hint="Esc", height=34)
        self.cancel.clicked.connect(self.stop)
        self.show_folder = Button(words("Open folder"), icon="folder-open", height=34)
        self.show_folder.clicked.connect(self._open)
        foot.addWidget(self.cancel)
        foot.addWidget(self.show_folder)
        self.body.addLayout(foot)
        self.kept = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        self.kept.hide()
        self.body.addWidget(self.kept)
        self.files = FileList(words)
        self.body.addWidget(self.files)
        self.failures = Label("", Type.HELP, Ink.DANGER, wrap=True)
        self._failures = ScrollArea()
        self._failures.setAccessibleName(words("Reports that could not be made"))
        self._failures.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._failures.body.addWidget(self.failures)
        self._failures.body.addStretch(1)
        self._failures.hide()
        self.body.addWidget(self._failures)
        self.hide()

    @property
    def busy(self) -> bool:
        return self._run is not None and not self._run.over

    @property
    def pace(self) -> Pace:
        return self._run.meter.pace if isinstance(self._run, BatchRun) else self._pace

    def watch(self, run: Run, folder: Path) -> None:
        """One that begins, or that went on while one looked at other things."""
        self._run, self._folder, self._pace = run, folder, Pace()
        self.cancel.setEnabled(True)
        self.cancel.show()
        self.pause.setVisible(isinstance(run, BatchRun))
        self._say_pause()
        done = run.made + len(run.failures)
        self._progress(done, run.total, "")
        if not done:
            self.what.setText(self.words("Starting…"))
        if isinstance(run, BatchRun):
            run.turned.connect(self._turned)
            run.merging.connect(self._merging)
        self.show_folder.hide()
        self._failures.hide()
        self.kept.hide()
        self.files.show_files([])
        run.progressed.connect(self._progress)
        run.ended.connect(self._over)
        self.show()
        if run.over:
            self._over()

    def stop(self) -> None:
        if self.busy and self._run is not None:
            self.cancel.setEnabled(False)
            self.what.setText(self.words("Stopping…"))
            self._run.cancel()

    def pause_or_go_on(self) -> None:
        run = self._run
        if isinstance(run, BatchRun) and self.busy:
            if run.paused:
                run.go_on()
            else:
                run.pause()

    def _turned(self) -> None:
        run = self._run
        if isinstance(run, BatchRun):
            self._say_pause()
            self._tell_pace(run.done, run.total)

    def _say_pause(self) -> None:
        paused = isinstance(self._run, BatchRun) and self._run.paused
        self.pause.set_caption(self.words("Go on") if paused else self.words("Pause"))
        self.pause.set_icon("play" if paused else "pause")
        self.what.setText(self.words("Paused. What is begun is finished.") if paused else "")

    def again(self) -> None:
        """Some that failed are tried again."""
        run = self._run
        if isinstance(run, BatchRun):
            self.cancel.setEnabled(True)
            self.cancel.show()
            self.pause.show()
            self.show_folder.hide()
            self._progress(run.done, run.total, "")
            self.what.setText(self.words("Starting…"))

    def _progress(self, done: int, total: int, what: str) -> None:
        run = self._run
        if run is None:
            return
        self.figure.setText(self.words.figure(run.made))
        self.of.setText(run.total_line(self.words))
        self.line.set(done, total)
        if what:
            self.what.setText(what)
        elif done == total - 1 and isinstance(run, CollectRun) and not run.over:
            self.what.setText(self.words("Writing the file…"))
        self._tell_pace(done, total)

    def _merging(self, done: int, total: int) -> None:
        """All in one file as well."""
        self.left.setText("")
        self.rate.setText("")
        self.pause.hide()
        told = self.words("Binding all into one file: {done} of {total}…", done=done, total=total)
        self.what.setText(told)

    def _tell_pace(self, done: int, total: int) -> None:
        """How fast it goes, and how long it still takes."""
        rate = self.pace.rate(done)
        paused = isinstance(self._run, BatchRun) and self._run.paused
        if not rate or done >= total or paused:
            self.left.setText(self.words("paused") if paused else "")
            self.rate.setText("")
            return
        self.rate.setText(rate_words(self.words, rate))
        seconds = max(round((total - done) / rate), 1)
        if seconds < 100:
            self.left.setText(self.words("about {count} s left", count=seconds))
        else:
            self.left.setText(self.words("about {count} min left", count=round(seconds / 60)))

    def _over(self) -> None:
        run = self._run
        if run is None:
            return
        words = self.words
        self.left.setText("")
        self.rate.setText("")
        self.figure.setText(self.words.figure(run.made))
        if run.written and not run.cancelled:
            self.line.set(*((run.made, run.total) if isinstance(run, BatchRun) else (1, 1)))
        stays = words("Stopped. The files already made stay in {folder}.", folder=self._folder)
        if isinstance(run, CollectRun):
            stays = words("Stopped. No file was written.")
        self.what.setText(stays if run.cancelled else str(self._folder))
        self.kept.setText(run.kept_line(words))
        self.kept.setVisible(bool(run.kept))
        self.cancel.hide()
        self.pause.hide()
        self.show_folder.setVisible(bool(run.written))
        self.files.show_files(run.written if isinstance(run, CollectRun) else run.merged)
        self.ended.emit()

    def tell(self, lines: list[str]) -> None:
        """A sentence for each report that could not be made, or is not where one looks for it."""
        self.failures.setText("\n".join(lines))
        high = self.failures.heightForWidth(max(self.width() - 60, 200))
        self._failures.setFixedHeight(min(high + 2, current().px(MOST_FAILURES)))
        self._failures.setVisible(bool(lines))

    def _open(self) -> None:
        show_folder(self.words, self, self._folder)
