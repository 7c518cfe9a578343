"""What a report is asked to hold, put into its snapshot; what it tells beside its pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.branding import ReportPart, TemplateInput, TemplateRecord
from auditor.domain.folding import folded
from auditor.domain.report_choice import About, Safety, Worn
from auditor.services.branding import paper_template
from auditor.store.queries import reports as report_queries
from auditor.store.queries import visits as visit_queries
from forms.compiled import CompiledChecklist
from reports.snapshot import ReportSnapshot, Template

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

#: 14:05, 14h05, 14 giờ 05, 2:05 pm: not a length (5:30 phút) nor a share.
_CLOCK = re.compile(
    r"(?<![\d:.,])([01]?\d|2[0-3])\s?(?:[:hg]|giờ)\s?[0-5]\d(?!\s*(?:phút|giây|min|sec))(?![\d:])"
)
#: A name shorter than that is a code or an initial, found everywhere.
_NAME = 4


@dataclass(frozen=True, slots=True)
class Dressed:
    """A snapshot with the parts that were asked for, its pictures, and what it tells."""

    snapshot: ReportSnapshot
    images: dict[str, Path]
    about: About


def dressed(workspace: Workspace, visit_id: int, language: str, worn: Worn) -> Dressed:
    """Raises as ``Reports.snapshot`` does. A template that is gone counts as not asked for."""
    snapshot = workspace.reports.snapshot(visit_id, language)
    look = workspace.brandings.for_report(visit_id)
    templates = tuple(workspace.templates.all(language))
    template = _template(worn, templates)
    if template is not None:
        snapshot = replace(snapshot, template=template)
    images = workspace.reports.images(snapshot)
    about = About(
        client=snapshot.client,
        colours=(snapshot.brand.colour, snapshot.brand.colour2),
        own=look.template,
        worn=_input(snapshot.template),
        templates=templates,
        revision=snapshot.visit.revision,
        score=snapshot.scorecard.score,
        target=snapshot.comparison.target,
        safety=_safety(workspace, visit_id, snapshot, images),
    )
    return Dressed(snapshot, images, about)


def client_of(workspace: Workspace, visit_id: int) -> str:
    """Its name. Raises NotFoundError."""
    return workspace.read(report_queries.surroundings, visit_id).client


def worn_snapshot(workspace: Workspace, visit_id: int, language: str, worn: Worn) -> ReportSnapshot:
    """The snapshot alone, for a run of many."""
    snapshot = workspace.reports.snapshot(visit_id, language)
    template = _template(worn, tuple(workspace.templates.all(language))) if worn.is_own else None
    return snapshot if template is None else replace(snapshot, template=template)


def _template(worn: Worn, templates: tuple[TemplateRecord, ...]) -> Template | None:
    if worn.given is not None:
        return paper_template(worn.given)
    named = (each for each in templates if each.id == worn.template_id)
    found = next(named, None)
    return None if found is None else paper_template(found.input)


def _input(template: Template) -> TemplateInput:
    parts = tuple(ReportPart(part.value) for part in template.parts)
    return TemplateInput(template.name, parts, template.cover, template.blank_actions)


# what the client does not get


def _safety(
    workspace: Workspace, visit_id: int, snapshot: ReportSnapshot, images: Mapping[str, Path]
) -> Safety:
    record = workspace.read(visit_queries.visit, visit_id)
    compiled = workspace.checklists.get(record.checklist_version_id)
    photos = {photo.sha256 for said in snapshot.answers for photo in said.photos}
    clock = snapshot.visit.time is not None
    name = "" if snapshot.visit.evaluator else record.evaluator
    return Safety(
        evaluator=snapshot.visit.evaluator,
        clock=clock,
        photos=len(photos),
        files=sum(said.files for said in snapshot.answers),
        missing=len(photos - images.keys()),
        timed=() if clock else tuple(_saying(snapshot, compiled, _tells_time)),
        named=tuple(_saying(snapshot, compiled, partial(_tells_name, folded(name)))),
    )


def _tells_time(words: str) -> bool:
    return _CLOCK.search(words) is not None


def _tells_name(name: str, words: str) -> bool:
    """Whatever the case and the marks."""
    return len(name) >= _NAME and re.search(rf"\b{re.escape(name)}\b", folded(words)) is not None


def _saying(
    snapshot: ReportSnapshot, compiled: CompiledChecklist, tells: Callable[[str], bool]
) -> Iterator[str]:
    """Numbers of the questions whose comment or written answer does."""
    items = {item.id: item for item in compiled.items}
    for said in snapshot.answers:
        item = items[said.question]
        written = said.value if item.question.type == "text" else ""
        if tells(f"{said.comment}\n{written or ''}"):
            yield item.number
