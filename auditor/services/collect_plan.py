"""What one file of many visits is called and where it goes, before the first visit is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.services.collecting import Product
from auditor.services.program_reports import file_name, pack_key, pack_name
from auditor.services.report_files import Place, Shelf
from auditor.services.report_names import alternatives
from reports.program.report import mark_of
from reports.stamp import made_of

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

ENDINGS = {
    Product.PROGRAM: ".pdf",
    Product.BOUND: "-locations.pdf",
    Product.BOOK: ".xlsx",
    Product.ANSWERS: ".csv",
}
#: Names of files of visits of no wave.
PLAIN = {
    Product.BOUND: "location-reports.pdf",
    Product.BOOK: "visits.xlsx",
    Product.ANSWERS: "answers.csv",
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """``program`` is the JSON of the wave's snapshot with its pictures, where it is needed;
    ``made_of`` is of the program report that would be made now."""

    product: Product
    name: str
    key: str
    program: tuple[str, dict[str, Path]] | None = None
    made_of: str = ""


def prepare(
    workspace: Workspace, product: Product, language: str, wave_id: int | None = None
) -> Prepared:
    """Raises NotFoundError, as for a wave without visits. A program report needs its wave."""
    if wave_id is None:
        return Prepared(product, PLAIN[product], "pack")
    reports = workspace.program_reports
    if product in (Product.PROGRAM, Product.BOOK):
        snapshot = reports.snapshot(wave_id, language)
        images = reports.images(snapshot)
        name = file_name(snapshot).removesuffix(".pdf") + ENDINGS[product]
        given = (snapshot.to_json(), images)
        return Prepared(product, name, mark_of(snapshot), given, made_of(snapshot, images))
    program, wave = reports.named(wave_id)
    bound = pack_name(program.name, wave.name)
    name = bound.removesuffix(ENDINGS[Product.BOUND]) + ENDINGS[product]
    return Prepared(product, name, pack_key(program, wave))


def place_of(prepared: Prepared, folder: Path) -> Place:
    """Where the file goes: a PDF replaces its own older self, a table never replaces any file,
    since people work in theirs."""
    if prepared.product in (Product.PROGRAM, Product.BOUND):
        shelf = Shelf(folder, again=prepared.product is Product.BOUND)
        return shelf.place(prepared.name, prepared.key, lambda: prepared.made_of)
    names = (folder / name for name in alternatives(prepared.name))
    return Place(next(path for path in names if not path.exists()))
