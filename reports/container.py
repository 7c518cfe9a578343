"""A PDF file while it is written: ReportLab's canvas and document, and what goes behind them.

ReportLab writes the pages, the catalog, the document information, and fonts and pictures, which it
is given as they stand in the file. What there are hundreds of (links, lines of the outline,
elements of the structure tree) goes as text into one compressed object stream behind that, and the
table of references becomes a stream too (PDF 1.7, 7.5.7 and 7.5.8): as objects of ReportLab they
would take longer than the drawing. The same calls give the same bytes.

What is used of ReportLab beyond its guide stands here and in ``reports.embedding``, and
``tests/reports/test_container.py`` tells when a new ReportLab no longer has it:

``Canvas._doc``
    the document, which the canvas does not hand out.
``PDFDocument.Reference``, ``objectcounter``, ``numberToId``, ``idToObjectNumberAndVersion``,
``idToOffset``
    numbers and places of its objects, for what refers to them from behind.
``PDFDocument.delayedFonts``
    realized before the last number is taken.
``PDFDocument.Outlines``
    is asked at the end whether there is an outline.
``PDFDocument.Catalog``, ``Pages``, ``info``, ``signature``
    the catalog leads to the structure tree, the pages of a pack change their order, the information
    is told again as XMP, and the signature is the file's ``ID``.
``PDFPage.__NoDefault__``, ``stream``, ``Contents``, ``Resources``, ``Annots``
    the names that a page writes, which lack those of a tagged page; its operators, packed at once
    and in half the time; what it uses.
``PDFObject``, ``TTFont.State``, ``PDFDocument.fontMapping``, ``idToObject``
    fonts: see ``reports.embedding``.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, count, pairwise, repeat
from typing import Final
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject, PDFOutlines, PDFPage
from reportlab.pdfgen.canvas import Canvas

from reports.embedding import Written, stream
from reports.tagging import PACKED, pdf_text
from reports.typeface import INITIAL, faces

_NAME: Final = "Mystery Auditor"
_VERSION: Final = (1, 7)
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a document says of itself."""

    title: str
    subject: str
    author: str
    keywords: str
    language: str


@dataclass(frozen=True, slots=True)
class _Link:
    """``head`` is all of it but where it leads."""

    head: str
    key: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the outline."""

    title: str
    key: str
    level: int
    closed: bool


class _Outline(PDFOutlines):  # type: ignore[misc]  # ReportLab has no types
    """In place of ReportLab's, which would take the reference to ours out of the catalog."""

    ready = 1

    def prepare(self, document: PDFDocument, canvas: Canvas) -> None: ...


class Pdf:
    """First the pages, then ``settle``, then what refers to them, then ``close``."""

    def __init__(self, told: Told) -> None:
        faces()
        canvas = self._canvas = Canvas(
            "report.pdf",
            pageCompression=1,
            invariant=1,
            pdfVersion=_VERSION,
            initialFontName=INITIAL,
            lang=told.language,
        )
        self.document: PDFDocument = canvas._doc
        self._language = told.language
        canvas.setTitle(told.title)
        canvas.setSubject(told.subject)
        canvas.setAuthor(told.author)
        canvas.setKeywords(told.keywords)
        canvas.setCreator(_NAME)
        canvas.setProducer(_NAME)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        #: Pages as they were drawn, each with its links.
        self._drawn: list[tuple[PDFPage, range]] = []
        self._targets: dict[str, tuple[int, float]] = {}
        self._outline: list[_Entry] = []
        self._links: list[_Link] = []
        #: Name and reference of each picture, by what tells it apart; those of the page.
        self._pictures: dict[str, tuple[str, str]] = {}
        self._page_pictures: dict[str, str] = {}
        self._behind = Behind(0)

    def keywords(self, words: str) -> None:
        self._canvas.setKeywords(words)

    # pages

    @property
    def page_number(self) -> int:
        """Of the page that is drawn, from 1."""
        return len(self._drawn) + 1

    def add_page(self, wide: float, high: float, content: str, key: int) -> None:
        """``content`` are its operators in Latin-1; ``key`` is that of its marks in the tree."""
        canvas = self._canvas
        canvas.setPageSize((wide, high))
        canvas.addLiteral(content)
        canvas.showPage()
        page = self.document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = str(key), "/S"
        packed = zlib.compress(page.stream.encode("latin-1"), PACKED)
        page.Contents, page.stream = self._stream("/Filter/FlateDecode", packed), None
        page.Resources = self._resources()
        begun = self._drawn[-1][1].stop if self._drawn else 0
        self._drawn.append((page, range(begun, len(self._links))))

    def _resources(self) -> str:
        """Of the page that was drawn."""
        pictures = "".join([f"/{name} {at}" for name, at in self._page_pictures.items()])
        self._page_pictures.clear()
        used = f"/XObject<<{pictures}>>" if pictures else ""
        return f"<</Font {self._number('BasicFonts')} 0 R{used}>>"

    def _number(self, name: str) -> int:
        """Of an object that ReportLab knows under this name."""
        return int(self.document.idToObjectNumberAndVersion[name][0])

    def move_to_front(self, pages: int) -> None:
        """The last so many pages come before the others."""
        all_pages: list[PDFPage] = self.document.Pages.pages
        all_pages[:] = [*all_pages[-pages:], *all_pages[:-pages]]

    def target(self, key: str, y: float) -> None:
        """Links and lines of the outline lead to this height of the page that is drawn."""
        self._targets[key] = (len(self._drawn), y)

    def outline(self, title: str, key: str, level: int, *, closed: bool = False) -> None:
        self._outline.append(_Entry(title, key, level, closed))

    @property
    def link_number(self) -> int:
        """Of the next link, from 0."""
        return len(self._links)

    def link(self, area: str, words: str, key: str, parent: int) -> None:
        """On the page that is drawn: to the target ``key``, which may be set later. ``parent`` is
        its key in the tree."""
        head = (
            f"<</Type/Annot/Subtype/Link/Rect[{area}]/Border[0 0 0]/F 4"
            f"/Contents{pdf_text(words)}/StructParent {parent}"
        )
        self._links.append(_Link(head, key))

    # pictures

    def picture(self, key: str) -> str:
        """The name of a picture that the document has already, on this page too; else empty."""
        name, at = self._pictures.get(key, ("", ""))
        if name:
            self._page_pictures[name] = at
        return name

    def add_picture(
        self,
        key: str,
        size: tuple[int, int],
        about: str,
        data: bytes,
        alpha: bytes | None = None,
    ) -> str:
        """``about``: its colours and filter; ``alpha``: packed rows of its transparency."""
        wide, high = size
        told = f"/Type/XObject/Subtype/Image/Width {wide}/Height {high}/BitsPerComponent 8"
        if alpha is not None:
            mask = self._stream(f"{told}/ColorSpace/DeviceGray/Filter/FlateDecode", alpha)
            about = f"{about}/SMask {mask}"
        name = f"Im{len(self._pictures) + 1}"
        self._pictures[key] = (name, self._stream(f"{told}{about}", data))
        return self.picture(key)

    def _stream(self, about: str, data: bytes) -> str:
        """A reference to it. Its number is taken here, not while the file is written."""
        return self._reference(Written(stream(about, data)))

    def _reference(self, of: PDFObject) -> str:
        return str(self.document.Reference(of).format(self.document), "ascii")

    # the end

    def settle(self) -> Behind:
        """All pages are drawn: from here on objects are numbered behind those of ReportLab, the
        links first."""
        document = self.document
        for font in document.delayedFonts:
            font.addObjects(document)
        document.delayedFonts.clear()
        catalog = document.Catalog
        for each in (document.Pages, catalog, catalog.ViewerPreferences, document.info):
            document.Reference(each)
        behind = self._behind = Behind(document.objectcounter + 1)
        behind.pages = [self._number(f"Page{at}") for at in range(1, len(self._drawn) + 1)]
        first = behind.reserve(len(self._links))
        for page, links in self._drawn:
            page.Annots = [" ".join([f"{first + at} 0 R" for at in links])] if links else []
        behind.put_all(first, [f"{link.head}{self._to(link.key)}>>" for link in self._links])
        return behind

    def _to(self, key: str) -> str:
        page, y = self._targets[key]
        return f"/Dest[{self._behind.pages[page]} 0 R/XYZ 0 {y:.2f} 0]"

    def close(self, tree: int, day: date) -> bytes:
        """The whole file; ``tree`` is the number of the root of the structure tree, ``day`` the
        file's only clock."""
        canvas, document, behind = self._canvas, self.document, self._behind
        catalog = document.Catalog
        catalog.MarkInfo = "<</Marked true>>"
        catalog.StructTreeRoot = f"{tree} 0 R"
        if self._outline:
            document.Outlines = _Outline()
            catalog.Outlines = f"{self._close_outline()} 0 R"
            canvas.showOutline()
        catalog.Metadata = f"{behind.after + 1} 0 R"
        created = f"D:{day:%Y%m%d}000000+00'00'"
        canvas.setDateFormatter(lambda *_: created)
        data: bytes = canvas.getpdfdata()
        if len(document.numberToId) != behind.first - 1:
            late = sorted(document.numberToId.items())[behind.first - 1 :]
            raise RuntimeError(f"ReportLab took numbers while it wrote the file: {late}")
        return self._whole(data, day)

    def _whole(self, data: bytes, day: date) -> bytes:
        """``data`` without its table of references, then what is behind, and the table of all."""
        document, behind = self.document, self._behind
        end = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
        packed = _stream(behind.after, *behind.packed())
        about = _stream(behind.after + 1, "/Type/Metadata/Subtype/XML", self._metadata(day))
        table = end + len(packed) + len(about)
        offsets = [document.idToOffset[document.numberToId[n]] for n in range(1, behind.first)]
        entries = [_ENTRY(0, 0, 65535), *[_ENTRY(1, at, 0) for at in offsets]]
        packed_at = range(len(behind.objects))
        entries += map(_ENTRY, repeat(2), repeat(behind.after), packed_at)
        entries += [_ENTRY(1, at, 0) for at in (end, end + len(packed), table)]
        digest = document.signature.hexdigest()
        catalog, info = self._reference(document.Catalog), self._reference(document.info)
        told = (
            f"/Type/XRef/Size {len(entries)}/W[1 4 2]/Root {catalog}/Info {info}"
            f"/ID[<{digest}><{digest}>]/Filter/FlateDecode"
        )
        last = _stream(behind.after + 2, told, zlib.compress(b"".join(entries), PACKED))
        foot = b"startxref\n%d\n%%%%EOF\n" % table
        return b"".join((memoryview(data)[:end], packed, about, last, foot))

    def _close_outline(self) -> int:
        """The number of its root."""
        behind = self._behind
        root, first = behind.reserve(), behind.reserve(len(self._outline))
        line = _Line(root)
        lines, path = [line], [line]
        for number, entry in enumerate(self._outline, first):
            del path[entry.level + 1 :]
            line = _Line(number, path[-1].number, closed=entry.closed)
            path[-1].kids.append(line)
            path.append(line)
            lines.append(line)
        told = [f"<</Type/Outlines{lines[0].family()}/Count {lines[0].shown()}>>"]
        for line, entry in zip(lines[1:], self._outline, strict=True):
            below = f"/Count {'-' if line.closed else ''}{line.shown()}" if line.kids else ""
            told.append(
                f"<</Title{pdf_text(entry.title)}/Parent {line.parent} 0 R{line.beside}"
                f"{line.family()}{below}{self._to(entry.key)}>>",
            )
        behind.put_all(root, told)
        return root

    def _metadata(self, day: date) -> bytes:
        """Not compressed, so that every program finds it."""
        info = self.document.info
        told = {
            name: escape(str(getattr(info, name)))
            for name in ("title", "author", "subject", "keywords", "producer", "creator")
        }
        packet = _XMP.format(**told, language=escape(self._language), day=day.isoformat())
        return packet.encode()


class Behind:
    """Small objects, numbered from ``first``, of ASCII."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.objects: list[str] = []
        #: The numbers of pages, as they were drawn.
        self.pages: list[int] = []

    @property
    def after(self) -> int:
        """The number after the last."""
        return self.first + len(self.objects)

    def reserve(self, many: int = 1) -> int:
        """The first of so many numbers in a row."""
        number = self.after
        self.objects += [""] * many
        return number

    def put_all(self, first: int, written: list[str]) -> None:
        """Objects that are numbered from ``first``."""
        at = first - self.first
        self.objects[at : at + len(written)] = written

    def packed(self) -> tuple[str, bytes]:
        """The object stream: what tells of it, and its bytes."""
        objects = self.objects
        places = accumulate([len(written) + 1 for written in objects], initial=0)
        index = [f"{number} {at}" for number, at in zip(count(self.first), places, strict=False)]
        head = " ".join(index[:-1]) + "\n"
        data = zlib.compress((head + "\n".join(objects)).encode("ascii"), PACKED)
        return f"/Type/ObjStm/N {len(objects)}/First {len(head)}/Filter/FlateDecode", data


_ENTRY = struct.Struct(">BIH").pack


class _Line:
    """A line of the outline among the others."""

    def __init__(self, number: int, parent: int = 0, *, closed: bool = False) -> None:
        self.number, self.parent, self.closed = number, parent, closed
        self.kids: list[_Line] = []
        self.beside = ""

    def shown(self) -> int:
        """How many lines one sees below it when it is open."""
        return sum([1 if kid.closed else 1 + kid.shown() for kid in self.kids])

    def family(self) -> str:
        """Its first and last kid; the kids learn who stands beside them."""
        kids = self.kids
        for one, other in pairwise(kids):
            one.beside += f"/Next {other.number} 0 R"
            other.beside += f"/Prev {one.number} 0 R"
        return f"/First {kids[0].number} 0 R/Last {kids[-1].number} 0 R" if kids else ""


def _stream(number: int, about: str, data: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, stream(about, data))
