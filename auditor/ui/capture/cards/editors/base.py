"""What every editor can do. A card asks; an editor answers through the draft."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.head import Mark
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.photos.file_kinds import PHOTO, FileKind
from forms.compiled import Item


class Editor(QWidget):
    """The part of a card where its question is answered.

    It changes answers by ``self.draft`` alone and shows what the draft holds in ``refresh``.
    ``left`` says that the person left a field: what is wrong may be said now.
    """

    left = Signal()
    #: Return was pressed in a field and its text is an answer: the focus goes back to the card.
    done = Signal()
    #: Keys act on another row now.
    moved = Signal()
    #: It needs the width of the card: comment and photo stand below it.
    wide: bool = False
    #: The card offers its own N/A button beside it, where N/A is allowed.
    offers_na: bool = True
    #: The answer is its evidence, and this editor shows it.
    shows_evidence: ClassVar[bool] = False
    #: What an unscored question of this type says in its chip (English, marked); "" for none.
    unscored: ClassVar[str] = ""

    #: What P attaches, and what is dropped and pasted, where the answer is its evidence.
    what: ClassVar[FileKind] = PHOTO

    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.draft = desk.draft
        self.words = desk.words
        self.group = group

    @property
    def current(self) -> Item:
        """The item that keys act on."""
        return self.group.first

    def refresh(self) -> None:
        """Show what the draft holds."""

    def marks(self) -> tuple[Mark, ...]:
        """Chips that only this editor knows of."""
        return ()

    @property
    def takes_more(self) -> bool:
        """Where the answer is its evidence: there may be one more."""
        return True

    def pick(self, _digit: int) -> bool:
        """A digit, or 10, was typed on the card. False: not mine."""
        return False

    def has_ten(self) -> bool:
        """Whether a 1 that was just picked may be the first of a 10."""
        return False

    def unpick(self, _digit: int) -> None:
        """The digit just picked was the first of ten: take it back where it stays otherwise."""

    def not_applicable(self) -> bool:
        """N was typed. True when this editor has an N/A of its own and took it."""
        return False

    def clear(self) -> None:
        """Backspace: no value, not N/A; comment and evidence stay."""
        self.draft.clear(self.current)

    def step(self, _delta: int) -> bool:
        """↑ ↓ inside the card. False: go to the next card."""
        return False

    def come_in(self, _delta: int) -> None:
        """The card becomes the current one from above (1), below (-1) or elsewhere (0)."""

    def go_to(self, _item_id: str) -> None:
        """Make the item (a row) the one that keys act on."""

    def focus_moved(self, _widget: QWidget) -> None:
        """The focus is on a part of the card: its row is the one that keys act on."""

    def enter(self) -> bool:
        """Return was pressed on the card: go into the field. False: there is none."""
        return False

    def type_text(self, _text: str) -> bool:
        """A digit or a sign was typed on the card: go into the field with it. False: no field."""
        return False

    def complaint(self) -> str:
        """What is wrong with text that is no answer yet; "" when nothing is."""
        return ""

    def stopwatch(self) -> bool:
        """T was typed. False: there is none."""
        return False

    def show_hints(self, _on: bool) -> None:
        """Key hints: on the current card only."""

    def commit_input(self) -> None:
        """Take what fields and input methods still hold."""

    def lock(self) -> None:
        """The visit is read-only: what is shown stays readable."""
        self.setEnabled(False)

    def foot(self) -> QWidget | None:
        """What stands at the left of comment and photo, below a wide editor."""
        return None
