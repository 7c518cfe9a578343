"""The form of a program: its parts, what is typed in them, and how it reaches the disk.

One change is under way at a time; what is typed meanwhile follows it. A part that cannot be read,
or that was refused, keeps what is on disk and says why beside itself; the others are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from auditor.domain.programs import ProgramInput
from auditor.domain.records import ProgramRecord
from auditor.ui.commands import studies
from auditor.ui.commands.acts import Act
from auditor.ui.context import AppContext

#: Nothing was refused.
NONE = object()
_TERMS = ("target", "quota", "rotation", "lockout_days", "most_visits", "fee", "expense_cap",
          "currency")  # fmt: skip
#: Which part a refusal is about, by its code.
_PARTS = {
    "empty_name": "name",
    "program_taken": "name",
    "photos_least": "rules.photos_least",
    "windows": "rules.windows",
    **{name: f"terms.{name}" for name in _TERMS},
}


@dataclass
class Part:
    """``key`` is a name of ProgramInput, or "rules." or "terms." and a name of these. ``read``
    raises ValueError where what stands there cannot be kept; it says so itself."""

    key: str
    read: Callable[[], Any]
    show: Callable[[Any], None]
    say: Callable[[str | None], None]
    refused: Any = field(default=NONE)


def get(given: ProgramInput, key: str) -> Any:
    inside, _, name = key.rpartition(".")
    return getattr(getattr(given, inside) if inside else given, name)


def put(given: ProgramInput, key: str, value: Any) -> ProgramInput:
    inside, _, name = key.rpartition(".")
    if not inside:
        return replace(given, **{name: value})
    return replace(given, **{inside: replace(getattr(given, inside), **{name: value})})


class ProgramForm(QObject):
    """``kept(ProgramRecord, Act)`` after each change that is on disk."""

    kept = Signal(object, object)

    def __init__(self, context: AppContext, program: ProgramRecord, parent: QObject) -> None:
        super().__init__(parent)
        self.context, self.program = context, program
        self.parts: dict[str, Part] = {}
        self._under_way: ProgramInput | None = None
        self._again = False

    def add(self, part: Part) -> None:
        self.parts[part.key] = part
        part.show(get(self.program.given, part.key))

    @property
    def settled(self) -> bool:
        return self._under_way is None

    @property
    def draft(self) -> ProgramInput:
        """What is typed, with what is on disk where that cannot be kept."""
        draft = self.program.given
        for part in self.parts.values():
            value = self._value(part)
            if value is not NONE:
                draft = put(draft, part.key, value)
        return draft

    def _value(self, part: Part) -> Any:
        try:
            value = part.read()
        except ValueError:
            return NONE
        if part.refused is not NONE and value == part.refused:
            return NONE
        part.refused = NONE
        return value

    @property
    def wrong(self) -> bool:
        """Something stands there that cannot be kept."""
        return any(self._value(part) is NONE for part in self.parts.values())

    @property
    def unsaved(self) -> bool:
        return self.wrong or self.draft != self.program.given

    def keep(self) -> None:
        """Put what is typed on disk."""
        if self._under_way is not None:
            self._again = True
            return
        draft = self.draft
        if draft == self.program.given:
            return
        self._under_way, self._again = draft, False
        studies.change_program(
            self.context, self.program.id, draft, self.program.version, self._kept, self._refused
        )

    def take(self, program: ProgramRecord) -> None:
        """The program as it is on disk now; what is being typed stays."""
        before, self.program = self.program.given, program
        for part in self.parts.values():
            held, now = get(before, part.key), get(program.given, part.key)
            if held != now and self._value(part) == held:
                part.show(now)

    def _kept(self, act: Act) -> None:
        sent, self._under_way = self._under_way, None
        if sent is not None:
            self._say_kept(sent)
        program: ProgramRecord = act.value
        self.program = program
        self.kept.emit(program, act)
        if self._again:
            self.keep()

    def _say_kept(self, sent: ProgramInput) -> None:
        """Beside what was kept nothing is wrong any more."""
        for part in self.parts.values():
            if self._value(part) == get(sent, part.key):
                part.say(None)

    def _refused(self, error: Any) -> None:
        sent, self._under_way = self._under_way, None
        code = getattr(error, "code", "")
        part = self.parts.get(_PARTS.get(code, ""))
        if code == "changed_meanwhile":
            studies.read_program(self.context, self.program.id, self._start_again)
        elif part is None or sent is None:
            self._show_again()
            self.context.report_error(error)
        else:
            part.refused = get(sent, part.key)
            part.say(self.context.sentence(error))
            self.keep()

    def _start_again(self, program: ProgramRecord) -> None:
        """It was changed elsewhere: on top of that."""
        self.take(program)
        self.keep()

    def _show_again(self) -> None:
        for part in self.parts.values():
            part.show(get(self.program.given, part.key))
