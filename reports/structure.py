"""The structure tree as objects behind what ReportLab wrote."""

from __future__ import annotations

from reports.container import Behind
from reports.tagging import Element, Tags


def write(behind: Behind, tags: Tags) -> int:
    """The number of the root. The same tree gives the same objects."""
    elements = tags.elements
    root = behind.reserve(2 + len(elements))
    for number, element in enumerate(elements, root + 2):
        element.number = number
    pages = [f"/Pg {number} 0 R" for number in behind.pages]
    head = (
        f"<</Type/StructTreeRoot/K {root + 2} 0 R/ParentTree {root + 1} 0 R"
        f"/ParentTreeNextKey {len(tags.parents)}>>"
    )
    links = behind.first
    told = [_element(e, root, pages, links) for e in elements]
    behind.put_all(root, [head, _parents(tags), *told])
    for element in elements:
        element.parent = None  # so that nobody has to look for the circle
    return root


def _parents(tags: Tags) -> str:
    entries = [
        f"{key} {of.number} 0 R"
        if of.__class__ is Element
        else f"{key}[{' '.join([f'{each.number} 0 R' for each in of])}]"  # type: ignore[union-attr]
        for key, of in enumerate(tags.parents)
    ]
    return f"<</Nums[{' '.join(entries)}]>>"


def _element(of: Element, root: int, pages: list[str], links: int) -> str:
    kids = of.kids
    if len(kids) == 1:
        kid = kids[0]
        under = f"/K {kid}" if kid.__class__ is int else f"/K {_kid(kid, pages, links)}"
    elif kids:
        under = f"/K[{' '.join([_kid(kid, pages, links) for kid in kids])}]"
    else:
        under = ""
    parent = root if of.parent is None else of.parent.number
    page = pages[of.page] if of.page >= 0 else ""
    return f"<</S/{of.kind}/P {parent} 0 R{page}{under}{of.extra}>>"


def _kid(kid: Element | int | tuple[int, int] | str, pages: list[str], links: int) -> str:
    """An element, a mark, an annotation, or a mark on another page than the element's first."""
    if isinstance(kid, Element):
        return f"{kid.number} 0 R"
    if isinstance(kid, int):
        return str(kid)
    if isinstance(kid, str):
        return f"<</Type/OBJR/Obj {links + int(kid)} 0 R>>"
    page, mark = kid
    return f"<</Type/MCR{pages[page]}/MCID {mark}>>"
