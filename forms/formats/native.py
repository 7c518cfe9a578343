"""The native format, YAML 1.2 or JSON: read whole, every problem with its line and column."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from forms import checks, lint
from forms.checklist import Checklist
from forms.compiled import CompiledChecklist
from forms.formats import json_tree, yaml_tree
from forms.formats.complaints import Complaint
from forms.formats.mending import made_runnable
from forms.formats.positions import key_at, node_at, placed, plain
from forms.formats.reading import Reading
from forms.formats.source import Source, load
from forms.formats.structure import Doubt, build
from forms.formats.tree import MAX_LANGUAGES, Mapping, Node, Notes
from forms.formats.yaml_tree import Progress
from forms.problems import Problem

__all__ = ["Progress", "Reading", "read"]


def read(
    source: Path | bytes | str, name: str | None = None, *, progress: Progress | None = None
) -> Reading:
    """Read a checklist from a file, its bytes or its text; ``name`` is what problems call it.

    ``progress`` hears the share done, 0 to 1, and may raise to stop. Raises UnreadableError when
    there is nothing to check: no text, too much of it, or a syntax error.
    """
    text = load(source, name)
    notes = Notes(text.name)
    root = _tree(text, notes, progress)
    if not isinstance(root, Mapping) or not {"format", "sections"} & root.entries.keys():
        notes.add("not-a-checklist", root)
        return Reading(None, notes.problems())
    checklist = _checklist(root, notes)
    return Reading(None if notes.errors else checklist, notes.problems())


def _tree(source: Source, notes: Notes, progress: Progress | None) -> Node:
    name = (source.name or "").lower()
    is_json = source.text.lstrip()[:1] in ("{", "[") and not name.endswith((".yaml", ".yml"))
    if is_json or name.endswith(".json"):
        return json_tree.parse(source, notes)
    return yaml_tree.parse(source, notes, progress)


def _bound_languages(values: dict[str, Any], root: Mapping, notes: Notes) -> None:
    """Each text is looked at in each language: too many are told once and left out."""
    languages = values.get("languages")
    if isinstance(languages, list) and len(languages) > MAX_LANGUAGES:
        path = ("languages",)
        notes.add("languages-many", node_at(root, path), path, most=str(MAX_LANGUAGES))
        del languages[MAX_LANGUAGES:]


def _checklist(root: Mapping, notes: Notes) -> Checklist | None:
    """The checklist; with stand-ins, and not to be used, when errors were noted."""
    values = cast(dict[str, Any], plain(root, notes))
    _bound_languages(values, root, notes)
    doubt = Doubt()

    def report(found: Complaint) -> None:
        place = key_at if found.at_key else node_at
        notes.add(found.code, place(root, found.path), found.path, **found.values)

    def keep(problems: Iterable[Problem]) -> None:
        for problem in problems:
            if not doubt.doubts(problem):
                notes.put(placed(problem, root, notes.file))

    checklist = build(values, doubt, report)
    if checklist is None:
        return None
    found = tuple(checks.problems(checklist))
    keep(found)
    compiled = CompiledChecklist(made_runnable(checklist, values, found))
    keep(compiled.rules.problems())
    keep(lint.warnings(compiled))
    return checklist
