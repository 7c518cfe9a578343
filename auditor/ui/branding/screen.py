"""Branding: looks and templates at the left, a sample that follows them at the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.domain.changes import Changes
from auditor.ui.branding.look import LookPanel
from auditor.ui.branding.parts import PartsPanel
from auditor.ui.branding.preview import Preview
from auditor.ui.commands.branding import Loaded, load
from auditor.ui.context import AppContext
from auditor.ui.kit.card import EmptyState, Line, ScrollArea
from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.kit.field import Select
from auditor.ui.kit.header import Header
from auditor.ui.kit.tabs import Tabs
from auditor.ui.report.pdf import Opened
from auditor.ui.screen import Screen
from auditor.ui.undo import undo_of
from auditor.ui.undo_buttons import UndoButtons

#: The left side, and what it is where the window is narrow.
SIDE, NARROW_SIDE, WIDE = 460, 400, 1120


@dataclass(frozen=True, slots=True)
class Place:
    client: int
    brand: int
    tab: int
    template: int


class BrandingScreen(Screen):
    """``closed()`` back to the clients."""

    closed = Signal()

    def __init__(
        self, context: AppContext, client_id: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._client, self._brand = client_id, 0
        self._given_up = False
        self._clients: tuple[tuple[int, str], ...] = ()
        words = context.words
        self.header = Header(words("Branding of reports"), back=words("Back to the clients"))
        self.header.back.clicked.connect(self.closed)
        self.undo_buttons = UndoButtons(context)
        self.header.add(self.undo_buttons)
        self.client = Select()
        self.client.setAccessibleName(words("Client"))
        self.client.setMinimumWidth(context.theme.px(220))
        self.client.activated.connect(self._choose_client)
        self.header.add(self.client)
        self.client.hide()
        self.tabs = Tabs((words("Looks"), words("Templates")), words("Branding of reports"))
        self.look, self.parts = LookPanel(context), PartsPanel(context)
        self.preview = Preview(context)
        self._lay_out()
        self.tabs.changed.connect(self._turn)
        for panel in (self.look, self.parts):
            panel.changed.connect(self._wear)
            panel.kept.connect(self.load)
        self.preview.maker.made.connect(self._show_outline)
        context.changed.connect(self._changed)
        self.undo = undo_of(context)
        self.undo.bind(self)

    def _lay_out(self) -> None:
        self._areas = [ScrollArea(margins=(20, 14, 16, 20), spacing=0) for _ in range(2)]
        for area, panel in zip(self._areas, (self.look, self.parts), strict=True):
            area.body.addWidget(panel)
        self._pages = QStackedWidget()
        for area in self._areas:
            self._pages.addWidget(area)
        self._none = EmptyState("layers", self.context.words("No client yet"), self.context.words(
            "Add a client and a brand first: the looks of reports are theirs."))  # fmt: skip
        self._none.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._none, 1)
        self._body = QWidget()
        column.addWidget(self._body, 1)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._side = QWidget()
        row.addWidget(self._side)
        row.addWidget(Line(upright=True))
        row.addWidget(self.preview, 1)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.tabs)
        side.addWidget(self._pages, 1)

    # data

    def load(self) -> None:
        self.context.ask(load, self._client, self.context.language, done=self._show)

    def _changed(self, changes: Changes) -> None:
        if changes.places or changes.programs:
            self.load()

    def _show(self, loaded: Loaded) -> None:
        branding = loaded.branding
        usable = branding is not None and bool(branding.brands)
        self._fill_clients(loaded)
        self._none.setVisible(not usable)
        self._body.setVisible(usable)
        if branding is None:
            return
        self._client = branding.id
        self.look.show_branding(branding, loaded.templates)
        if self._brand:
            self.look.choose_brand(self._brand)
            self._brand = 0
        self.parts.show_templates(loaded.templates, branding.template_id)

    def _fill_clients(self, loaded: Loaded) -> None:
        if loaded.clients != self._clients:
            self._clients = loaded.clients
            self.client.clear()
            for key, name in loaded.clients:
                self.client.addItem(name, key)
        if loaded.branding is not None:
            self.client.setCurrentIndex(self.client.findData(loaded.branding.id))
        self.client.setVisible(len(loaded.clients) > 1)

    # the sample

    def _turn(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        self._wear()

    def _wear(self) -> None:
        dress = self.look.dress()
        if dress is None:
            return
        if self.tabs.index == 1:
            dress = replace(dress, template=self.parts.given())
        self.preview.wear(dress)

    def _show_outline(self, pdf: Opened) -> None:
        self.parts.show_outline(pdf)

    def _choose_client(self) -> None:
        wanted = self.client.currentData()
        if wanted != self._client and self.look.commit():
            self._client = wanted
            self.load()
        else:
            self.client.setCurrentIndex(self.client.findData(self._client))

    # leaving

    def leave(self) -> bool:
        """True once what was typed is on its way to the disk; else it is asked whether to lose
        it."""
        if self._given_up or self.look.branding is None or self.look.commit():
            self.preview.maker.stop()
            self.undo.forget(self)
            return True
        words = self.context.words
        dialog = ConfirmDialog(
            words("Not everything is saved"),
            words("A colour or the footer cannot be kept as it is typed. Leave and lose it?"),
            words("Leave and lose"), words("Stay"), self, danger=True,
        )  # fmt: skip
        dialog.accepted.connect(self._give_up)
        dialog.open()
        return False

    def _give_up(self) -> None:
        self._given_up = True
        self.closed.emit()

    # shape and place

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.context.theme.px(WIDE)
        width = self.context.theme.px(SIDE if wide else NARROW_SIDE)
        self._side.setFixedWidth(max(NARROW_SIDE, min(width, self.width() // 2)))

    def place(self) -> Place:
        template = 0 if self.parts.record is None else self.parts.record.id
        return Place(self._client, self.look.brand_id, self.tabs.index, template)

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self._client, self._brand = place.client, place.brand
            self.parts.want(place.template)
            self.tabs.choose(place.tab)
            self._pages.setCurrentIndex(place.tab)

    def focus_first(self) -> None:
        QTimer.singleShot(0, self, self._focus)

    def _focus(self) -> None:
        self.tabs.tabs[self.tabs.index].setFocus(Qt.FocusReason.OtherFocusReason)
