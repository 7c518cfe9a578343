"""What is said across the top of the window about the workspace: read only, a bad folder, a
backup that failed. At most two at a time, the weightiest first; the others wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.ui.kit.card import clear
from auditor.ui.notices import NoticeBar
from auditor.ui.theme import Tone, current
from auditor.words import Words

SHOWN = 2
#: Below this height of the window the weightiest stands alone.
ROOMY = 560


@dataclass(frozen=True, slots=True)
class Act:
    """A button of a notice; ``caption`` is marked English. What it was said for is dealt with
    when ``ends``."""

    caption: str
    run: Callable[[], object]
    icon: str | None = None
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """``text`` gives the sentence in a language; ``closed`` hears that the person closed it; a
    notice without it stays as long as it is true. ``weight``: the greatest stands first."""

    text: Callable[[Words], str]
    tone: Tone
    icon: str
    weight: int
    acts: tuple[Act, ...] = ()
    closed: Callable[[], object] | None = None


class Across(QWidget):
    """``put`` and ``drop`` by key; rebuilt by ``restyle`` in the present words and sizes."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._said: dict[str, Said] = {}
        #: What the person closed, and is not told again about this workspace.
        self.closed: set[str] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.bars: dict[str, NoticeBar] = {}

    def put(self, key: str, said: Said) -> None:
        self._said[key] = said
        self._show()

    def drop(self, *keys: str) -> None:
        for key in keys:
            self._said.pop(key, None)
        self._show()

    def replace(self, said: dict[str, Said], *keys: str) -> None:
        """``said`` in place of all ``keys``; what stays as it was is left alone."""
        for key in keys:
            self._said.pop(key, None)
        self._said |= said
        self._show()

    def clear(self) -> None:
        """Another workspace: nothing of what was said holds."""
        self._said.clear()
        self.closed.clear()
        self._show()

    def said(self, key: str) -> bool:
        return key in self._said

    def _weighty(self) -> list[str]:
        shown = SHOWN if self.window().height() >= current().px(ROOMY) else 1
        return sorted(self._said, key=lambda key: -self._said[key].weight)[:shown]

    def _show(self) -> None:
        """A bar that says the same is not built anew under the pointer."""
        wanted = {key: self._said[key].text(self.words) for key in self._weighty()}
        if wanted != {key: bar.label.text() for key, bar in self.bars.items()}:
            self.restyle()

    def restyle(self) -> None:
        focus = next((key for key, bar in self.bars.items() if _has_focus(bar)), "")
        clear(self._column)
        self.bars = {key: self._bar(key, self._said[key]) for key in self._weighty()}
        for bar in self.bars.values():
            self._column.addWidget(bar)
        if focus in self.bars and self.bars[focus].buttons:
            self.bars[focus].buttons[0].setFocus()

    def _bar(self, key: str, said: Said) -> NoticeBar:
        bar = NoticeBar(said.text(self.words), said.tone, said.icon)
        for index, act in enumerate(said.acts):
            button = bar.add(self.words(act.caption), act.icon)
            button.setProperty("act", (key, index))
            button.clicked.connect(self._run)
        if said.closed is not None:
            button = bar.add_close(self.words("Close"))
            button.setProperty("act", (key, -1))
            button.clicked.connect(self._close)
        return bar

    def _run(self) -> None:
        key, index = self.sender().property("act")
        act = self._said[key].acts[index]
        if act.ends:
            self.drop(key)
        act.run()

    def _close(self) -> None:
        key, _ = self.sender().property("act")
        said = self._said[key]
        self.closed.add(key)
        self.drop(key)
        if said.closed is not None:
            said.closed()


def _has_focus(bar: NoticeBar) -> bool:
    return any(button.hasFocus() for button in bar.buttons)
