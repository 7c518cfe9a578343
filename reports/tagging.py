"""Tags: what the marks on a page are, for readers that do not see it (ISO 32000-1, 14.7 and 14.8).

The pen writes every mark inside of an element of the structure tree or as an artifact. A section's
``draw`` says which, with ``pen.tags``; the tree is read in the order in which elements are made.

``open(kind, key)``    a group: ``Table``, ``TR``, ``L``, ``LI``, ``Sect``, ``Div``, ``Caption``.
                       With a key the group of that key is gone on with: so a table or a row that
                       is drawn in pieces, over pages, is one element.
``close()``            back to the group around it.
``leaf(kind, …)``      words that are drawn from here on: ``H1`` ``H2`` ``H3`` ``P`` ``TH`` ``TD``
                       ``LBody`` ``Caption``. Ends the leaf before it. A leaf that is
                       drawn later: ``at = leaf(…)`` in its order, then ``into(at)``.
``figure(alt, box)``   as a leaf, and shapes and pictures belong to it too: ``alt`` says in words
                       what the figure shows, with its numbers.
``end()``              ends the leaf.
``skip()``             words are an artifact until ``leaf``, ``end`` or the end of the block: what
                       is said elsewhere in words already.

Shapes, icons and pictures outside of a figure are artifacts. Words outside of a leaf are a ``P``
of their own for each call of the pen: no word is ever lost. The document around the blocks makes
``Sect`` of bookmarks, and artifacts of header, footer and header rows that are drawn again. What
a ``draw`` leaves open is closed after it.

A row of a table::

    tags = pen.tags
    tags.open("Table", "questions")
    tags.open("TR", entry.key)
    tags.leaf("TH", ROW)
    pen.put(x, y, entry.ref, BODY)
    tags.leaf("TD")
    pen.lines(x + 30, y, lines, BODY)
    tags.close(2)

All rows of a table have as many cells; ``span`` makes one count as several. A cell without words
is a ``leaf`` with nothing drawn. An icon that means something: ``pen.icon(…, means="Critical")``.
A link: ``pen.link`` after the words of a leaf, which become its words.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Final, TypeAlias

#: Attributes of header cells: for the row to their right, for the column below.
ROW: Final = "/A<</O/Table/Scope/Row>>"
COLUMN: Final = "/A<</O/Table/Scope/Column>>"

#: How hard streams are packed: half the time of zlib's usual 6, one part in ten larger.
PACKED: Final = 3

#: Left, upper edge, width and height, in points from the page's upper left corner.
Box: TypeAlias = tuple[float, float, float, float]


def span(columns: int, scope: str = "") -> str:
    """Attributes of a cell over several columns; ``scope`` is ``Row`` or ``Column`` of a ``TH``."""
    scope = f"/Scope/{scope}" if scope else ""
    return f"/A<</O/Table/ColSpan {columns}{scope}>>"


def pdf_text(words: str) -> str:
    """``words`` as a PDF string: plain where that says them, else in UTF-16."""
    if _PLAIN(words):
        return f"({words})"
    return f"<feff{words.encode('utf-16-be').hex()}>"


#: ASCII without what a PDF string would have to escape.
_PLAIN: Final = re.compile(r"[ -'*-\[\]-~]*").fullmatch


class Element:
    """One element of the tree. ``kids`` are elements, marks on ``page`` (int), marks on another
    page (page, mark), and numbers of links, from 0 (str)."""

    page = -1
    drawn = False
    #: Of its object, once it is written.
    number = 0
    #: Of an artifact: how it begins.
    begin = ""
    keyed: dict[Hashable, Element] | None = None

    def __init__(self, kind: str, parent: Element | None, extra: str = "") -> None:
        self.kind = kind
        self.parent = parent
        self.extra = extra
        self.kids: list[Element | int | tuple[int, int] | str] = []


def _artifact(begin: str) -> Element:
    made = Element("", None)
    made.begin = begin
    return made


NOTHING: Final = _artifact("")
ARTIFACT: Final = _artifact("/Artifact BMC")
HEADER: Final = _artifact("/Artifact <</Type/Pagination/Subtype/Header>> BDC")
FOOTER: Final = _artifact("/Artifact <</Type/Pagination/Subtype/Footer>> BDC")
_PARAGRAPH: Final = _artifact("")
_SPOKEN: Final = _artifact("")


class Tags:
    """The tree of one document while its pages are drawn. ``out`` are the page's operators.

    ``opened`` is what the last marks belong to, ``for_words`` and ``for_shapes`` what the next
    ones do: the pen compares them before each mark and calls ``words`` or ``shape`` on a change.
    ``spoke`` is what the last words belong to.
    """

    def __init__(self, out: list[str], height: float) -> None:
        self._out = out
        self._height = height
        self.root = Element("Document", None)
        #: All of the tree, as they were made.
        self.elements = [self.root]
        self._groups = [self.root]
        self._leaf: Element | None = None
        self._muted = False
        self.opened = self.spoke = NOTHING
        self.for_words = _PARAGRAPH
        self.for_shapes = ARTIFACT
        #: For each key of the parent tree: the elements of a page's marks, or of an annotation.
        self.parents: list[list[Element] | Element] = []
        #: The key of each page.
        self.page_keys: list[int] = []
        self._marks: list[Element] = []

    # what a block says

    def open(self, kind: str, key: Hashable = None, extra: str = "") -> Element:
        self.end()
        group = self._child(kind, key, extra)
        self._groups.append(group)
        return group

    def close(self, groups: int = 1) -> None:
        self.end()
        del self._groups[-groups:]

    def leaf(self, kind: str, extra: str = "", key: Hashable = None) -> Element:
        if key is not None or self._muted:
            leaf = self._child(kind, key, extra)
            self.into(leaf)
            return leaf
        group = self._groups[-1]
        self._leaf = self.for_words = leaf = Element(kind, group, extra)
        group.kids.append(leaf)
        self.elements.append(leaf)
        self.for_shapes = ARTIFACT
        return leaf

    def figure(self, alt: str, box: Box, within: Element | None = None) -> Element:
        """``within``: among the words of that leaf; go back to it with ``into``."""
        described = self._described(alt, box)
        if within is None or self._muted:
            figure = self._child("Figure", None, described)
        else:
            figure = Element("Figure", within, described)
            within.kids.append(figure)
            self.elements.append(figure)
        figure.drawn = True
        self.into(figure)
        return figure

    def into(self, leaf: Element) -> None:
        """Go on with a leaf that was made before."""
        if self._muted:
            return
        self._leaf = self.for_words = leaf
        self.for_shapes = leaf if leaf.drawn else ARTIFACT

    def end(self) -> None:
        if self._muted:
            return
        self._leaf = None
        self.for_words, self.for_shapes = _PARAGRAPH, ARTIFACT

    @property
    def is_muted(self) -> bool:
        """Whether this block is an artifact as a whole."""
        return self._muted

    def mute(self) -> None:
        """The block is an artifact as a whole, whatever its ``draw`` says."""
        self.skip()
        self._muted = True

    def skip(self, artifact: Element = ARTIFACT) -> None:
        """What is drawn is said elsewhere, or to nobody."""
        self._leaf = None
        self.for_words = self.for_shapes = artifact

    # what the pen says

    @property
    def is_loose(self) -> bool:
        """Whether words that come now belong to no leaf yet."""
        return self.for_words is _PARAGRAPH

    def words(self) -> None:
        target = self.for_words
        self._switch(self._child("P", None, "") if target is _PARAGRAPH else target)

    def spoken(self, words: str) -> bool:
        """The next mark alone is read as ``words``; False in an artifact, where nothing is read."""
        target = self.for_words
        if target.begin:
            return False
        if target is _PARAGRAPH:
            target = self._child("P", None, "")
        if self.spoke is target:
            words = f" {words}"
        self.spoke = target
        self._switch(target, f"/ActualText{pdf_text(words)}")
        self.opened = _SPOKEN
        return True

    def shape(self) -> None:
        self._switch(self.for_shapes)

    def sign(self, alt: str, box: Box) -> None:
        """The next mark alone is a figure within the words around it."""
        if self.for_words.begin or self.for_words.drawn:
            self._switch(self.for_words)
            return
        inside = self._leaf or self._groups[-1]
        figure = Element("Figure", inside, self._described(alt, box))
        inside.kids.append(figure)
        self.elements.append(figure)
        self._switch(figure)

    def annotation(self, number: int) -> int:
        """That link, over the words that the leaf has so far; returns its key."""
        link = self._linked()
        if link.page < 0:
            link.page = len(self.page_keys)
        link.kids.append(str(number))
        self.parents.append(link)
        return len(self.parents) - 1

    def _linked(self) -> Element:
        leaf = self._leaf
        link = Element("Link", leaf or self._groups[-1])
        self.elements.append(link)
        if leaf is None:
            self._groups[-1].kids.append(link)
            return link
        link.kids, link.page = leaf.kids, leaf.page
        leaf.kids = [link]
        for kid in link.kids:
            if isinstance(kid, Element):
                kid.parent = link
        for marks in (self._marks, *(of for of in self.parents if isinstance(of, list))):
            marks[:] = [link if each is leaf else each for each in marks]
        self.opened = _SPOKEN if self.opened is leaf else self.opened
        return link

    # what the document says

    def resize(self, height: float) -> None:
        """The pages to come are this high."""
        self._height = height

    def section(self, level: int) -> None:
        """A ``Sect`` begins; 0 is the outermost."""
        del self._groups[level + 1 :]
        self.open("Sect")

    def depth(self) -> int:
        return len(self._groups)

    def settle(self, depth: int) -> None:
        """Close what a block left open."""
        self._muted = False
        self.end()
        del self._groups[depth:]

    def end_page(self) -> int:
        """Close what is open in the page's operators; returns the page's key."""
        if self.opened is not NOTHING:
            self._out.append("EMC")
        self.opened = NOTHING
        self.parents.append(self._marks)
        self._marks = []
        self.page_keys.append(len(self.parents) - 1)
        return self.page_keys[-1]

    # how

    def _child(self, kind: str, key: Hashable, extra: str) -> Element:
        group = self._groups[-1]
        if self._muted:
            return Element(kind, group, extra)
        if key is not None:
            if group.keyed is None:
                group.keyed = {}
            found = group.keyed.get((kind, key))
            if found is not None:
                return found
        child = Element(kind, group, extra)
        group.kids.append(child)
        self.elements.append(child)
        if key is not None and group.keyed is not None:
            group.keyed[kind, key] = child
        return child

    def _switch(self, target: Element, more: str = "") -> None:
        end = "" if self.opened is NOTHING else "EMC "
        self.opened = target
        if target.begin:
            self._out.append(f"{end}{target.begin}")
            return
        marks, page = self._marks, len(self.page_keys)
        mark = len(marks)
        marks.append(target)
        kind = "Span" if more else target.kind
        self._out.append(f"{end}/{kind}<</MCID {mark}{more}>>BDC")
        if target.page < 0:
            target.page = page
        target.kids.append(mark if target.page == page else (page, mark))

    def _described(self, alt: str, box: Box) -> str:
        x, y, wide, high = box
        low = self._height - y - high
        corners = f"{x:.2f} {low:.2f} {x + wide:.2f} {low + high:.2f}"
        return f"/Alt{pdf_text(alt)}/A<</O/Layout/Placement/Block/BBox[{corners}]>>"
