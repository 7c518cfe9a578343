"""What decides on the looks of a report: brands, clients, templates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select, union_all

from auditor.domain.branding import (
    BrandLook,
    ClientBranding,
    PageFormat,
    ReportPart,
    TemplateRecord,
)
from auditor.domain.errors import NotFoundError
from auditor.store.evidence import EvidenceFiles
from auditor.store.tables import BRAND, CLIENT, LOCATION, PROGRAM, REPORT_TEMPLATE, VISIT, WAVE

#: Among the parts of a template: findings without an action get a row to write on.
BLANK_ACTIONS = "blank_actions"


@dataclass(frozen=True, slots=True)
class VisitLook:
    """What a visit's report takes from its brand, its client and its program."""

    brand: BrandLook
    footer: str
    page: PageFormat
    template: TemplateRecord | None


def template_parts(record: tuple[ReportPart, ...], *, blank_actions: bool) -> list[str]:
    """As a row holds them."""
    return [*map(str, record), *([BLANK_ACTIONS] if blank_actions else [])]


def client_branding(connection: Connection, client_id: int, files: EvidenceFiles) -> ClientBranding:
    """With its active brands by name. Raises NotFoundError."""
    query = select(
        CLIENT.c.id, CLIENT.c.name, CLIENT.c.footer, CLIENT.c.page, CLIENT.c.template_id
    ).where(CLIENT.c.id == client_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError("client", "There is no such client here.")
    mine = (
        select(BRAND.c.id, BRAND.c.name, BRAND.c.colour, BRAND.c.colour2, BRAND.c.logo)
        .where(BRAND.c.client_id == client_id, BRAND.c.active)
        .order_by(BRAND.c.name)
    )
    brands = tuple(
        BrandLook(*brand, logo_picture=_picture(files, brand.logo))
        for brand in connection.execute(mine)
    )
    return ClientBranding(
        row.id, row.name, row.footer, PageFormat(row.page), row.template_id, brands
    )


def _picture(files: EvidenceFiles, logo: str | None) -> str | None:
    found: Path | None = None if logo is None else files.printed_logo(logo)
    return None if found is None else str(found)


def clients_with_brands(connection: Connection) -> list[tuple[int, str]]:
    """Id and name of the active clients, by name."""
    query = select(CLIENT.c.id, CLIENT.c.name).where(CLIENT.c.active).order_by(CLIENT.c.name)
    return [(row.id, row.name) for row in connection.execute(query)]


def templates(connection: Connection) -> list[TemplateRecord]:
    """By name, each with who uses it."""
    used = defaultdict(list)
    users = union_all(
        select(CLIENT.c.template_id, CLIENT.c.name),
        select(PROGRAM.c.template_id, PROGRAM.c.name),
    )
    for template, name in connection.execute(users):
        if template is not None:
            used[template].append(name)
    query = select(REPORT_TEMPLATE).order_by(REPORT_TEMPLATE.c.name)
    return [
        template_record(dict(row), tuple(used[row["id"]]))
        for row in connection.execute(query).mappings()
    ]


def template_record(row: dict[str, object], used_by: tuple[str, ...] = ()) -> TemplateRecord:
    """A part of a newer version, whose name is unknown here, is left out."""
    parts = row["parts"]
    assert isinstance(parts, list | tuple)
    known = {str(part): part for part in ReportPart}
    return TemplateRecord(
        id=int(str(row["id"])),
        name=str(row["name"]),
        parts=tuple(known[part] for part in parts if part in known),
        cover=bool(row["cover"]),
        blank_actions=BLANK_ACTIONS in parts,
        used_by=used_by,
        version=int(str(row["version"])),
    )


def visit_look(connection: Connection, visit_id: int, files: EvidenceFiles) -> VisitLook:
    """The program's template goes before that of the client. Raises NotFoundError."""
    query = (
        select(
            BRAND.c.id, BRAND.c.name, BRAND.c.colour, BRAND.c.colour2, BRAND.c.logo,
            CLIENT.c.footer, CLIENT.c.page, CLIENT.c.template_id.label("of_client"),
            PROGRAM.c.template_id.label("of_program"),
        )
        .select_from(
            VISIT.join(LOCATION, VISIT.c.location_id == LOCATION.c.id)
            .join(BRAND, LOCATION.c.brand_id == BRAND.c.id)
            .join(CLIENT, BRAND.c.client_id == CLIENT.c.id)
            .outerjoin(WAVE, VISIT.c.wave_id == WAVE.c.id)
            .outerjoin(PROGRAM, WAVE.c.program_id == PROGRAM.c.id)
        )
        .where(VISIT.c.id == visit_id)
    )  # fmt: skip
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError("visit", "There is no visit {number} here.", number=visit_id)
    brand = BrandLook(*row[:5], logo_picture=_picture(files, row.logo))
    chosen = row.of_program if row.of_program is not None else row.of_client
    return VisitLook(brand, row.footer, PageFormat(row.page), _template(connection, chosen))


def _template(connection: Connection, template_id: int | None) -> TemplateRecord | None:
    if template_id is None:
        return None
    query = select(REPORT_TEMPLATE).where(REPORT_TEMPLATE.c.id == template_id)
    return template_record(dict(connection.execute(query).mappings().one()))
