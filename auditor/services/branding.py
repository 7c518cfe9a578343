"""How reports look: a brand has a logo and two colours; a client has a footer, a page and a
template, from which a program may differ. Every change can be taken back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from sqlalchemy import select

from auditor.domain.branding import (
    LONGEST_FOOTER,
    BrandLook,
    ClientBranding,
    PageFormat,
    TemplateInput,
    clean_colour,
)
from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.places import Step
from auditor.services import evidence as evidence_rows
from auditor.services import logos
from auditor.services.evidence import Evidence
from auditor.services.logos import Logo
from auditor.services.pictures import BROKEN
from auditor.services.typed import one_line
from auditor.services.writing import Writing, row_of
from auditor.store.evidence import EvidenceFiles
from auditor.store.queries import branding as branding_queries
from auditor.store.queries.branding import VisitLook
from auditor.store.tables import BRAND, CLIENT, REPORT_TEMPLATE
from auditor.store.units import Store

if TYPE_CHECKING:
    from reports.snapshot import Brand, PageSize, Template


class Brandings:
    """``last`` is the step of the newest change, for ``undo``."""

    def __init__(self, store: Store, evidence: Evidence) -> None:
        self._store = store
        self._files: EvidenceFiles = evidence.files
        self._writing = Writing(store, Changes(places=True))

    @property
    def last(self) -> Step | None:
        return self._writing.last

    def undo(self, step: Step) -> Step:
        """As ``Places.undo``."""
        return self._writing.undo(step)

    # reading

    def clients(self) -> list[tuple[int, str]]:
        """Id and name of the active clients, by name."""
        return self._store.read(branding_queries.clients_with_brands)

    def of(self, client_id: int) -> ClientBranding:
        """Raises NotFoundError."""
        return self._store.read(branding_queries.client_branding, client_id, self._files)

    # a brand

    def set_colours(self, brand_id: int, colour: str, colour2: str) -> None:
        """``#RRGGBB``. Raises NotFoundError, RefusedError ``colour``."""
        values = {"colour": _colour(colour), "colour2": _colour(colour2)}
        self._change_brand(brand_id, "brand.colours", values)

    def keep_logo(self, logo: Logo) -> Logo:
        """Make its files durable; any thread may call it. Raises NotSavedError."""
        return logos.keep_logo(self._store.folder, logo)

    def set_logo(self, brand_id: int, logo: Logo | None) -> None:
        """The files of ``logo`` are durable (``keep_logo``) before the brand names it; None takes
        it away. The file that stood there stays, so that this can be taken back.

        Raises NotFoundError, NotSavedError.
        """
        if logo is not None and not logo.prepared.kept:
            logo = self.keep_logo(logo)
        sha256 = None if logo is None else logo.prepared.sha256
        self._change_brand(brand_id, "brand.logo", {"logo": sha256}, logo)

    def _change_brand(
        self, brand_id: int, kind: str, values: dict[str, Any], logo: Logo | None = None
    ) -> None:
        with self._writing.change(kind, str(brand_id), **values) as (unit, journal):
            row = row_of(unit, BRAND, brand_id, _no_brand())
            if logo is not None:
                evidence_rows.insert_row(unit, logo.prepared)
            if any(row[name] != value for name, value in values.items()):
                journal.update(BRAND.name, row, values | {"version": row["version"] + 1})

    # a client

    def set_footer(self, client_id: int, footer: str) -> None:
        """What stands at the foot of every page. Raises NotFoundError, RefusedError footer_long."""
        self._change_client(client_id, {"footer": clean_footer(footer)})

    def set_page(self, client_id: int, page: PageFormat) -> None:
        """Raises NotFoundError."""
        self._change_client(client_id, {"page": page.value})

    def set_template(self, client_id: int, template_id: int | None) -> None:
        """None: every part, in the design's order. Raises NotFoundError."""
        self._change_client(client_id, {"template_id": template_id})

    def _change_client(self, client_id: int, values: dict[str, Any]) -> None:
        with self._writing.change("client.report", str(client_id), **values) as (unit, journal):
            missing = NotFoundError("client", "There is no such client here.")
            row = row_of(unit, CLIENT, client_id, missing)
            template = values.get("template_id")
            if template is not None:
                here = select(REPORT_TEMPLATE.c.id).where(REPORT_TEMPLATE.c.id == template)
                if unit.execute(here).scalar() is None:
                    raise NotFoundError("template", "There is no such report template here.")
            if any(row[name] != value for name, value in values.items()):
                journal.update(CLIENT.name, row, values | {"version": row["version"] + 1})

    # reports

    def for_report(self, visit_id: int) -> VisitLook:
        """What the report of a visit takes from its brand, client and program. Raises
        NotFoundError."""
        return self._store.read(branding_queries.visit_look, visit_id, self._files)


def suggested(picture: Path) -> tuple[str, ...]:
    """The colours of a logo that is kept; () where it cannot be read. Not for the window's
    thread."""
    try:
        with Image.open(io.BytesIO(picture.read_bytes()), formats=("PNG", "JPEG")) as image:
            return logos.colours(image)
    except BROKEN:
        return ()


def clean_footer(footer: str) -> str:
    """As it is kept. Raises RefusedError ``footer_long``."""
    kept = one_line(footer)
    if len(kept) > LONGEST_FOOTER:
        raise RefusedError(
            "footer_long",
            "The footer has {count} characters; one line holds {most}. Shorten it.",
            count=len(kept),
            most=LONGEST_FOOTER,
        )
    return kept


def _colour(colour: str) -> str:
    kept = clean_colour(colour)
    if not kept:
        raise RefusedError("colour", "{colour} is no colour. Write it like #1A5FB4.", colour=colour)
    return kept


def _no_brand() -> NotFoundError:
    return NotFoundError("brand", "There is no such brand here.")


# as the paper takes it


def paper_brand(look: BrandLook, footer: str) -> Brand:
    from reports.snapshot import Brand

    return Brand(look.name, look.colour, look.colour2, look.logo, footer)


def paper_template(given: TemplateInput | None) -> Template:
    """None: every part, in the design's order."""
    from reports.snapshot import PartName, Template

    if given is None:
        return Template()
    parts = tuple(PartName(part.value) for part in given.parts)
    return Template(given.name, parts, given.cover, given.blank_actions)


def paper_page(page: PageFormat) -> PageSize:
    from reports.snapshot import PageSize

    return PageSize(page.value)
