"""Reading the structure of a PDF back, with pikepdf: the tree, and what every mark belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

#: Operators that put something on the page.
SHOWN = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "EI"}
WORDS = {"Tj", "TJ", "'", '"'}


@dataclass(eq=False)
class Node:
    """``marks`` are (page from 0, mark); ``links`` counts annotations."""

    kind: str
    parent: Node | None
    alt: str = ""
    attributes: dict[str, object] = field(default_factory=dict)
    kids: list[Node] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    links: int = 0

    def all(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            yield from kid.all()

    def each(self, kind: str) -> list[Node]:
        return [node for node in self.all() if node.kind == kind]

    @property
    def span(self) -> int:
        return int(str(self.attributes.get("/ColSpan", 1)))


@dataclass
class Structure:
    root: Node
    #: By page: the marks that its operators open, and words or shapes outside of any.
    marks: list[list[int]]
    stray: list[str]
    #: By page and mark: the node that the parent tree names.
    named: dict[tuple[int, int], Node]


def structure(path: Path) -> Structure:
    with pikepdf.open(path) as pdf:
        tree = pdf.Root.StructTreeRoot
        pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        nodes: dict[tuple[int, int], Node] = {}
        root = _node(tree.K, None, pages, nodes)
        marks, stray = [], []
        for at, page in enumerate(pdf.pages):
            marks.append(list(_opened(page, at, stray)))
        numbers = list(tree.ParentTree.Nums)
        parents = {int(key): of for key, of in zip(numbers[::2], numbers[1::2], strict=True)}
        named = {}
        for at, page in enumerate(pdf.pages):
            for mark, element in enumerate(parents[int(page.obj.StructParents)]):
                named[at, mark] = nodes[element.objgen]
        for page in pdf.pages:
            for note in page.obj.get("/Annots", []):
                assert nodes[parents[int(note.StructParent)].objgen].kind == "Link"
        return Structure(root, marks, stray, named)


def _node(
    of: pikepdf.Object,
    parent: Node | None,
    pages: dict[tuple[int, int], int],
    nodes: dict[tuple[int, int], Node],
) -> Node:
    attributes = {str(key): value for key, value in dict(of.get("/A", {})).items()}
    node = Node(str(of.S)[1:], parent, str(of.get("/Alt", "")), attributes)
    nodes[of.objgen] = node
    kids = of.get("/K", [])
    for kid in kids if isinstance(kids, list | pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            node.marks.append((pages[of.Pg.objgen], int(kid)))
        elif "/S" in kid:
            assert kid.P.objgen == of.objgen
            node.kids.append(_node(kid, node, pages, nodes))
        elif kid.Type == "/MCR":
            node.marks.append((pages[kid.Pg.objgen], int(kid.MCID)))
        else:
            assert kid.Obj.Subtype == "/Link"
            assert str(kid.Obj.Contents)
            node.links += 1
    return node


def _opened(page: pikepdf.Page, at: int, stray: list[str]) -> Iterator[int]:
    stack: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BMC", "BDC"):
            stack.append(str(operands[0]))
            if name == "BDC" and "/MCID" in operands[1]:
                assert all(each == "/Span" for each in stack[:-1])
                yield int(operands[1].MCID)
        elif name == "EMC":
            stack.pop()
        elif name in SHOWN and not stack:
            stray.append(f"page {at + 1}: {name} {list(operands)!r}"[:120])
        elif name in ("BT", "ET"):
            assert name == "BT" or "BT" not in stack
    assert not stack
