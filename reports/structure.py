"""The structure tree, and what else a tagged PDF needs, as bytes behind what ReportLab wrote.

The elements, a thousand or so, go into one compressed object stream, and the table of references
becomes a stream too: written as objects of their own by ReportLab they would take three times as
long as the drawing, and 100 kB.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from reports.tagging import PACKED, Element, Tags

#: Stand in the catalog for references that are known at the end, with room for the number.
_ROOT: Final = "/TagRootIsWritten"
_METADATA: Final = "/MetadataIsWritten"
VERSION = (1, 7)

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
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
class About:
    """What the metadata say, beside the document information; ``day`` is ``YYYY-MM-DD``."""

    language: str
    day: str


def prepare(canvas: Canvas) -> None:
    """Let the catalog lead to what ``finish`` writes."""
    catalog = canvas._doc.Catalog
    catalog.MarkInfo = "<</Marked true>>"
    catalog.StructTreeRoot = _ROOT
    catalog.Metadata = _METADATA


def finish(canvas: Canvas, tags: Tags, about: About) -> bytes:
    """The whole file. The same document gives the same bytes."""
    data: bytes = canvas.getpdfdata()
    document = canvas._doc
    body = data[: data.rindex(b"xref\n", 0, data.rindex(b"startxref"))]
    first = len(document.numberToId) + 1
    body = _refer(body, _ROOT, first)
    packed = _Tree(document, tags, first).objects()
    stream = first + len(packed)
    body = _refer(body, _METADATA, stream + 1)
    offsets = [document.idToOffset[document.numberToId[n]] for n in range(1, first)]
    parts = [body]
    at = len(body)
    for part in (_object_stream(stream, first, packed), _metadata(stream + 1, document, about)):
        offsets.append(at)
        parts.append(part)
        at += len(part)
    offsets.append(at)
    parts.append(_references(document, offsets, first, len(packed), stream))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
    return b"".join(parts)


def _refer(body: bytes, placeholder: str, number: int) -> bytes:
    """Of the same length, so that the places of all objects stay as they are."""
    return body.replace(placeholder.encode(), f"{number} 0 R".ljust(len(placeholder)).encode(), 1)


class _Tree:
    """The root, the parent tree and the elements as objects, numbered from ``first``."""

    def __init__(self, document: PDFDocument, tags: Tags, first: int) -> None:
        self._numbers: dict[str, tuple[int, int]] = document.idToObjectNumberAndVersion
        self._tags = tags
        self._first = first
        self._elements = list(_walk(tags.root))
        self._places = {id(e): first + 2 + at for at, e in enumerate(self._elements)}
        names = [f"Page{number}" for number in range(1, len(tags.page_keys) + 1)]
        self._pages = [f"{self._numbers[name][0]} 0 R" for name in names]

    def objects(self) -> list[str]:
        return [self._root(), self._parents(), *map(self._element, self._elements)]

    def _root(self) -> str:
        document, parents = self._first + 2, self._first + 1
        return (
            f"<</Type/StructTreeRoot/K {document} 0 R/ParentTree {parents} 0 R"
            f"/ParentTreeNextKey {len(self._tags.parents)}>>"
        )

    def _parents(self) -> str:
        places = self._places
        entries = [
            f"{key} {places[id(of)]} 0 R"
            if isinstance(of, Element)
            else f"{key}[{' '.join([f'{places[id(each)]} 0 R' for each in of])}]"
            for key, of in enumerate(self._tags.parents)
        ]
        return f"<</Nums[{' '.join(entries)}]>>"

    def _element(self, of: Element) -> str:
        places = self._places
        kids = [
            f"{places[id(kid)]} 0 R"
            if kid.__class__ is Element
            else str(kid)
            if kid.__class__ is int
            else self._apart(kid)
            for kid in of.kids
        ]
        parent = self._first if of.parent is None else places[id(of.parent)]
        page = f"/Pg {self._pages[of.page]}" if of.page >= 0 else ""
        under = f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]" if kids else ""
        return f"<</S/{of.kind}/P {parent} 0 R{page}{under}{of.extra}>>"

    def _apart(self, kid: object) -> str:
        """An annotation, or a mark on another page than the element's first."""
        if isinstance(kid, str):
            return f"<</Type/OBJR/Obj {self._numbers[kid][0]} 0 R>>"
        assert isinstance(kid, tuple)
        page, mark = kid
        return f"<</Type/MCR/Pg {self._pages[page]}/MCID {mark}>>"


def _walk(root: Element) -> Iterator[Element]:
    """The element and all under it, in reading order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in reversed(element.kids) if isinstance(kid, Element)]


def _object_stream(number: int, first: int, objects: list[str]) -> bytes:
    index, at = [], 0
    for place, written in enumerate(objects, first):
        index.append(f"{place} {at}")
        at += len(written) + 1
    head = " ".join(index) + "\n"
    data = zlib.compress((head + "\n".join(objects)).encode("ascii"), PACKED)
    about = f"/Type/ObjStm/N {len(objects)}/First {len(head)}/Filter/FlateDecode"
    return _stream(number, about, data)


def _stream(number: int, about: str, data: bytes) -> bytes:
    head = f"{number} 0 obj\n<<{about}/Length {len(data)}>>\nstream\n".encode()
    return head + data + b"\nendstream\nendobj\n"


def _metadata(number: int, document: PDFDocument, about: About) -> bytes:
    """Not compressed, so that every program finds it."""
    info = document.info
    told = {
        name: escape(str(getattr(info, name)))
        for name in ("title", "author", "subject", "keywords", "producer", "creator")
    }
    packet = _XMP.format(**told, language=escape(about.language), day=about.day)
    return _stream(number, "/Type/Metadata/Subtype/XML", packet.encode())


def _references(
    document: PDFDocument, offsets: list[int], first: int, packed: int, stream: int
) -> bytes:
    """``offsets`` are those of all but the packed objects, this stream last."""
    alone, behind = offsets[: first - 1], offsets[first - 1 :]
    entries = [struct.pack(">BIH", 0, 0, 65535)]
    entries += [struct.pack(">BIH", 1, at, 0) for at in alone]
    entries += [struct.pack(">BIH", 2, stream, at) for at in range(packed)]
    entries += [struct.pack(">BIH", 1, at, 0) for at in behind]
    digest = document.signature.hexdigest()
    root = document.Reference(document.Catalog).format(document).decode()
    info = document.Reference(document.info).format(document).decode()
    about = (
        f"/Type/XRef/Size {len(entries)}/W[1 4 2]/Root {root}/Info {info}"
        f"/ID[<{digest}><{digest}>]/Filter/FlateDecode"
    )
    return _stream(stream + 2, about, zlib.compress(b"".join(entries), PACKED))
