"""What the screen says while there is no location yet: how one begins."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.ui.commands.locations import Around
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import EmptyState
from auditor.words import Words


class Beginning(QWidget):
    """``first`` is the button that leads on."""

    clients_wanted = Signal()
    import_wanted = Signal()
    add_wanted = Signal()
    template_wanted = Signal()
    archived_wanted = Signal()

    def __init__(self, words: Words, around: Around) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        branded = any(b.active for client in around.clients for b in client.brands)
        column.addWidget(self._list(words) if branded else self._client(words))

    def _client(self, words: Words) -> EmptyState:
        text = words("A location belongs to a brand of a client. Add these first.")
        empty = EmptyState("building-2", words("No client yet"), text)
        self.first = Button(words("Clients and brands"), Kind.PRIMARY, height=40)
        empty.add(self.first).clicked.connect(self.clients_wanted)
        return empty

    def _list(self, words: Words) -> EmptyState:
        text = words("Import the list that the client has (Excel, LibreOffice or CSV), or add them "
                     "one by one.")  # fmt: skip
        empty = EmptyState("store", words("No locations yet"), text)
        self.first = Button(words("Import a list…"), Kind.PRIMARY, icon="import", height=40)
        one = Button(words("Add a location"), Kind.OUTLINE, icon="plus", height=36)
        sheet = Button(
            words("Save an empty list to fill in…"), Kind.TEXT, icon="download", height=36
        )
        archived = Button(words("Archived locations"), Kind.TEXT, icon="archive", height=36)
        for button, signal in (
            (self.first, self.import_wanted), (one, self.add_wanted),
            (sheet, self.template_wanted), (archived, self.archived_wanted),
        ):  # fmt: skip
            empty.add(button).clicked.connect(signal)
        return empty
