"""Report templates: which parts a report has, in which order. Every change can be taken back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from auditor.domain.branding import (
    LONGEST_TEMPLATE,
    ReportPart,
    TemplateInput,
    TemplateRecord,
)
from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.folding import folded
from auditor.domain.places import Step
from auditor.services.typed import bounded, required
from auditor.services.writing import Writing, require_version, row_of
from auditor.store.queries import branding as branding_queries
from auditor.store.queries.branding import template_parts
from auditor.store.tables import META, REPORT_TEMPLATE
from auditor.store.units import Store, Unit
from auditor.words import WORDS, mark

#: The fact in the workspace that says: the starting points were made once.
_MADE = "report_templates_made"
_STARTING = (
    TemplateInput(mark("Full report"), tuple(ReportPart)),
    TemplateInput(mark("One page"), ()),
    TemplateInput(
        mark("Without the ledger"),
        tuple(part for part in ReportPart if part is not ReportPart.LEDGER),
    ),
)
_COPY = mark("{name} (copy)")
_COPY_NUMBER = mark("{name} (copy {number})")


class Templates:
    """``last`` is the step of the newest change, for ``undo``."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writing = Writing(store, Changes(programs=True))

    @property
    def last(self) -> Step | None:
        return self._writing.last

    def undo(self, step: Step) -> Step:
        """As ``Places.undo``."""
        return self._writing.undo(step)

    def all(self, language: str) -> list[TemplateRecord]:
        """By name. On first need three starting points are made, named in ``language``; who
        deletes them does not get them again."""
        if self._store.write and not self._store.read(_made):
            self._make(language)
        return self._store.read(branding_queries.templates)

    def _make(self, language: str) -> None:
        with self._writing.change("template.made", "") as (unit, journal):
            for given in _STARTING:
                name = WORDS.text(language, given.name)
                if _free(unit, name):
                    journal.insert(REPORT_TEMPLATE.name, {"name": name, **_values(given)})
            unit.execute(META.insert().values(key=_MADE, value="1"))

    def get(self, template_id: int) -> TemplateRecord:
        """Raises NotFoundError."""
        for found in self._store.read(branding_queries.templates):
            if found.id == template_id:
                return found
        raise _gone()

    def add(self, given: TemplateInput) -> TemplateRecord:
        """Raises RefusedError: empty_name, too_long, template_taken."""
        name = _named(given.name)
        with self._writing.change("template.added", name) as (unit, journal):
            _require_free(unit, name)
            key = journal.insert(REPORT_TEMPLATE.name, {"name": name, **_values(given)})
        return self.get(key)

    def copy(self, template_id: int, language: str) -> TemplateRecord:
        """The same under a name that is free. Raises NotFoundError."""
        source = self.get(template_id)
        return self.add(
            TemplateInput(
                self._copy_name(source.name, language),
                source.parts, source.cover, source.blank_actions,
            )
        )  # fmt: skip

    def _copy_name(self, name: str, language: str) -> str:
        taken = {folded(each.name) for each in self._store.read(branding_queries.templates)}
        room = name[: LONGEST_TEMPLATE - 20]
        found, number = WORDS.text(language, _COPY, name=room), 1
        while folded(found) in taken:
            number += 1
            found = WORDS.text(language, _COPY_NUMBER, name=room, number=number)
        return found

    def change(self, template_id: int, given: TemplateInput, version: int) -> TemplateRecord:
        """``version`` is that of the record which the person looked at. Raises NotFoundError,
        RefusedError: changed_meanwhile, empty_name, too_long, template_taken."""
        name = _named(given.name)
        with self._writing.change("template.changed", name) as (unit, journal):
            row = row_of(unit, REPORT_TEMPLATE, template_id, _gone())
            require_version(row, version, row["name"])
            if folded(row["name"]) != folded(name):
                _require_free(unit, name)
            values = {"name": name, **_values(given)}
            if any(row[key] != value for key, value in values.items()):
                journal.update(REPORT_TEMPLATE.name, row, values | {"version": row["version"] + 1})
        return self.get(template_id)

    def delete(self, template_id: int) -> None:
        """Raises NotFoundError, RefusedError ``template_used`` that names who uses it."""
        record = self.get(template_id)
        if record.used_by:
            raise RefusedError(
                "template_used",
                "“{name}” is used by {users}. Choose another template there, then delete it.",
                name=record.name,
                users=", ".join(record.used_by),
            )
        with self._writing.change("template.deleted", record.name) as (unit, journal):
            row = row_of(unit, REPORT_TEMPLATE, template_id, _gone())
            journal.delete(REPORT_TEMPLATE.name, row)


def _made(connection: Any) -> bool:
    query = select(META.c.key).where(META.c.key == _MADE)
    return connection.execute(query).scalar() is not None


def _values(given: TemplateInput) -> dict[str, Any]:
    parts = tuple(dict.fromkeys(given.parts))
    return {
        "parts": template_parts(parts, blank_actions=given.blank_actions),
        "cover": given.cover,
    }


def _named(name: str) -> str:
    return bounded(required(name), LONGEST_TEMPLATE)


def _free(unit: Unit, name: str) -> bool:
    taken = unit.execute(select(REPORT_TEMPLATE.c.name)).scalars()
    return folded(name) not in {folded(each) for each in taken}


def _require_free(unit: Unit, name: str) -> None:
    if not _free(unit, name):
        raise RefusedError("template_taken", "A template named {name} is here already.", name=name)


def _gone() -> NotFoundError:
    return NotFoundError("template", "There is no such report template here.")
