"""A wave in its program: name, days, the first words of its scenario."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.records import WaveRecord
from auditor.ui import when
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import Ink, Tone, Type
from auditor.words import Words


def days_text(words: Words, wave: WaveRecord, today: date) -> str:
    """ "1 Oct – 14 Jan 2027"; "from 1 Oct", "until 14 Jan" where one side is open."""
    starts = None if wave.starts_on is None else when.day(words, wave.starts_on, today)
    ends = None if wave.ends_on is None else when.day(words, wave.ends_on, today)
    if starts and ends:
        return f"{starts} – {ends}"
    if starts:
        return words("from {day}", day=starts)
    return words("until {day}", day=ends) if ends else words("no days given")


class WaveRow(QWidget):
    def __init__(self, words: Words, wave: WaveRecord) -> None:
        super().__init__()
        self.wave = wave
        today = datetime.now().astimezone().date()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(wave.name, Type.STRONG))
        head.addWidget(Label(days_text(words, wave, today), Type.HELP, Ink.TEXT2))
        if wave.covers(today) and (wave.starts_on or wave.ends_on):
            head.addWidget(Chip(words("Under way"), Tone.ACCENT, "clock"))
        head.addStretch(1)
        texts.addLayout(head)
        first = next((line for line in wave.scenario.splitlines() if line.strip()), "")
        shown = first or words("No scenario")
        texts.addWidget(ElidedLabel(shown, Type.HELP, Ink.TEXT2 if first else Ink.TEXT3))
        row.addLayout(texts, 1)
        self.edit = Button(words("Change"), Kind.SOFT, height=34)
        self.edit.set_caption(words("Change"), words("Change {name}", name=wave.name))
        row.addWidget(self.edit)
