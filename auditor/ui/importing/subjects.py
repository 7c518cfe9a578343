"""The kinds of lists that are imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.domain.places import ClientLine
from auditor.domain.records import WaveRecord
from auditor.services.evaluator_lists import KIND as EVALUATORS
from auditor.services.evaluator_lists import EvaluatorField
from auditor.services.importing import mapping
from auditor.services.importing.fields import TITLES, Field
from auditor.services.importing.plan import Defaults, LocationChange, Plan
from auditor.services.lists.assignment_fields import KIND as VISITS
from auditor.services.lists.assignment_fields import AssignmentField
from auditor.services.lists.columns import Columns, guess
from auditor.services.lists.plan import ListPlan, RowChange
from auditor.services.sheets.book import Book
from auditor.ui.importing.subject import Held, Panel, Sentences, Subject
from auditor.ui.kit.field import Field as TextField
from auditor.ui.kit.field import Labelled, Select
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


class Locations(Subject):
    """Of one client, which is chosen where there are several."""

    titles = TITLES
    code, name, service = Field.CODE, Field.NAME, "places"

    def __init__(self, words: Words) -> None:
        self.panel: LocationsPanel = LocationsPanel(words)
        self.sentences = Sentences(
            words("Import locations"),
            words("Back to the locations"),
            words("Choose a list of locations"),
            (words("Code"), words("Name")),
        )

    def look(self, workspace: Workspace) -> list[ClientLine]:
        return workspace.location_lists.clients()

    def show(self, found: Sequence[ClientLine]) -> bool:
        clients = [
            each for each in found if each.active and any(brand.active for brand in each.brands)
        ]
        self.panel.show_clients(clients)
        return bool(clients)

    def guess(self, book: Book, heading: int | None) -> Held:
        return mapping.guess(book, heading)

    def asked(self) -> tuple[int, Defaults]:
        return self.panel.client, self.panel.defaults()

    def plan(
        self, workspace: Workspace, book: Book, held: Any, asked: tuple[int, Defaults]
    ) -> Plan:
        lists, (client, defaults) = workspace.location_lists, asked
        return lists.plan(book, lists.client_of(client), held, defaults)

    def apply(self, workspace: Workspace, plan: Plan, name: str) -> None:
        workspace.location_lists.apply(plan, name)

    def template(self, workspace: Workspace, path: Path, language: str) -> Path:
        return workspace.location_lists.template(path, language)

    def named(self, change: LocationChange) -> tuple[str, str]:
        return change.code, change.after.name

    def told(self, change: LocationChange) -> Iterable[tuple[StrEnum, object, object]]:
        for field in change.fields:
            was = None if change.before is None else getattr(change.before, field.value)
            yield field, was, getattr(change.after, field.value)


class LocationsPanel(Panel):
    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._clients: tuple[ClientLine, ...] = ()
        self._filling = False
        self.whose, self._whose = self._select(words("Client"))
        self.brand, self._brand = self._select(words("Brand, where a row names none"))
        self.region = TextField(words("Region, where a row names none"))
        self.region.edit.editingFinished.connect(self.changed)
        self.region.label.setWordWrap(True)
        self.column.addWidget(self.region)
        self.clear = self.add_clear()
        self.whose.currentIndexChanged.connect(self._client_changed)
        self.brand.currentIndexChanged.connect(self._tell)

    def _select(self, label: str) -> tuple[Select, Labelled[Select]]:
        select = Select()
        field = Labelled(label, select)
        field.label.setWordWrap(True)
        self.column.addWidget(field)
        return select, field

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()

    def show_clients(self, clients: Sequence[ClientLine]) -> None:
        self._filling = True
        self._clients = tuple(clients)
        self.whose.clear()
        for client in clients:
            self.whose.addItem(client.name, client.id)
        self._whose.setVisible(len(clients) > 1)
        self._show_brands()
        self._filling = False

    def _client_changed(self) -> None:
        if not self._filling:
            self._filling = True
            self._show_brands()
            self._filling = False
            self.changed.emit()

    def _show_brands(self) -> None:
        client = next((each for each in self._clients if each.id == self.client), None)
        brands = [brand for brand in client.brands if brand.active] if client is not None else []
        self.brand.clear()
        self.brand.addItem(self.words("None: each row names it"), None)
        for brand in brands:
            self.brand.addItem(brand.name, brand.id)
        self._brand.setVisible(len(brands) > 1)

    @property
    def client(self) -> int:
        return self.whose.currentData() or 0

    def defaults(self) -> Defaults:
        return Defaults(self.brand.currentData(), self.region.text(), self.clear.isChecked())


class Evaluators(Subject):
    titles = EVALUATORS.titles
    code, name, service = EvaluatorField.CODE, EvaluatorField.NAME, "evaluators"

    def __init__(self, words: Words) -> None:
        self.panel: Panel = Panel(words)
        self._clear = self.panel.add_clear()
        self.sentences = Sentences(
            words("Import evaluators"),
            words("Back to the evaluators"),
            words("Choose a list of evaluators"),
            (words("Code"), words("Name")),
        )

    def look(self, workspace: Workspace) -> None:
        return None

    def show(self, found: None) -> bool:
        return True

    def guess(self, book: Book, heading: int | None) -> Held:
        return guess(book, EVALUATORS, heading)

    def asked(self) -> bool:
        return self._clear.isChecked()

    def plan(
        self, workspace: Workspace, book: Book, held: Columns, asked: bool
    ) -> ListPlan[Any, Any]:
        return workspace.evaluator_lists.plan(book, held, clear=asked)

    def apply(self, workspace: Workspace, plan: ListPlan[Any, Any], name: str) -> None:
        workspace.evaluator_lists.apply(plan, name)

    def template(self, workspace: Workspace, path: Path, language: str) -> Path:
        return workspace.evaluator_lists.template(path, language)

    def named(self, change: RowChange[Any, Any]) -> tuple[str, str]:
        return change.code, change.name

    def told(self, change: RowChange[Any, Any]) -> Iterable[tuple[StrEnum, object, object]]:
        return change.told


class Visits(Subject):
    """Of the wave ``wave_id``."""

    titles = VISITS.titles
    code, name, service = AssignmentField.LOCATION, AssignmentField.NAME, "planning"

    def __init__(self, words: Words, wave_id: int) -> None:
        self._wave_id = wave_id
        self._wave: WaveRecord | None = None
        self._words = words
        self.panel: Panel = Panel(words)
        self._anyway = self.panel.add_tick(words("Also rows that break rules"))
        self._clear = self.panel.add_clear()
        self.sentences = self._sentences("…")

    def _sentences(self, wave: str) -> Sentences:
        words = self._words
        return Sentences(
            words("Import visits of {wave}", wave=wave),
            words("Back to the visits"),
            words("Choose a list of visits"),
            (words("Location code"), words("Location")),
        )

    def look(self, workspace: Workspace) -> WaveRecord:
        from auditor.store.queries import visits as visit_queries

        return workspace.read(visit_queries.wave, self._wave_id)

    def show(self, found: WaveRecord) -> bool:
        self._wave = found
        self.sentences = self._sentences(found.name)
        return True

    def guess(self, book: Book, heading: int | None) -> Held:
        return guess(book, VISITS, heading)

    def asked(self) -> tuple[bool, bool]:
        return self._anyway.isChecked(), self._clear.isChecked()

    def plan(
        self, workspace: Workspace, book: Book, held: Columns, asked: tuple[bool, bool]
    ) -> ListPlan[Any, Any]:
        assert self._wave is not None
        anyway, clear = asked
        return workspace.assignment_lists.plan(book, self._wave, held, anyway=anyway, clear=clear)

    def apply(self, workspace: Workspace, plan: ListPlan[Any, Any], name: str) -> None:
        assert self._wave is not None
        workspace.assignment_lists.apply(plan, self._wave, name)

    def template(self, workspace: Workspace, path: Path, language: str) -> Path:
        return workspace.assignment_lists.template(path, language)

    def named(self, change: RowChange[Any, Any]) -> tuple[str, str]:
        return change.code, change.name

    def told(self, change: RowChange[Any, Any]) -> Iterable[tuple[StrEnum, object, object]]:
        return change.told
