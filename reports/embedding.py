"""The typeface in a PDF.

The characters that nearly all reports are written with have fixed codes in a first subset that
every report embeds alike: it is cut out of the font and packed once per process, and words become
codes in one call. What else the font has goes into further subsets, as ReportLab makes them.
"""

from __future__ import annotations

import codecs
import re
import zlib
from typing import Any, Final

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDocument,
    PDFObject,
    PDFObjectReference,
    PDFStream,
    PDFTrueTypeFont,
    PDFZCompress,
)
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, TTFont, makeToUnicodeCMap

_ASCII: Final = "".join(map(chr, range(32, 127)))
_VIETNAMESE: Final = (
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
)
_SIGNS: Final = "–—‘’“”…·•−×÷±°₫¤©®²½«»§€™¼"
#: The first subset: what stands at each code. 0 is what no character has.
TABLE: Final = [0, *map(ord, (_VIETNAMESE + _SIGNS)[:31]), *map(ord, _ASCII)]
TABLE.extend(map(ord, (_VIETNAMESE + _SIGNS)[31:]))
assert len(TABLE) == 256
_MAP: Final = codecs.charmap_build("".join(map(chr, TABLE)))
#: Each character of the first subset to its code, in hexadecimal.
CODES: Final = {chr(code): f"{at:02x}" for at, code in enumerate(TABLE) if at} | {"\u00a0": "20"}


#: What a PDF string must not hold as it is.
_UNSAFE: Final = re.compile(r"[()\\\r]")
_SAFE: Final = {"(": r"\(", ")": r"\)", "\\": r"\\", "\r": r"\r"}


def encoded(text: str) -> str:
    """A PDF string of codes of the first subset; UnicodeEncodeError where it lacks a character."""
    codes = codecs.charmap_encode(text.replace("\u00a0", " "), "strict", _MAP)[0].decode("latin-1")
    if ")" in codes or "(" in codes or "\r" in codes or "\\" in codes:
        codes = _UNSAFE.sub(_escaped, codes)
    return f"({codes})"


def _escaped(match: re.Match[str]) -> str:
    return _SAFE[match[0]]


class _State(TTFont.State):  # type: ignore[misc]  # ReportLab has no types
    """Which characters of a font a document uses."""

    def __init__(self, name: str) -> None:
        self.assignments = {code: at for at, code in enumerate(TABLE)}
        self.subsets = [list(TABLE)]
        self.nextCode = len(TABLE)
        self.internalName = name
        self.frozen = 0


class Written(PDFObject):  # type: ignore[misc]
    """An object that is written already but for the references in it."""

    __RefOnly__ = 1

    def __init__(self, data: bytes, **references: PDFObjectReference) -> None:
        self._data = data
        self._references = references

    def format(self, document: PDFDocument) -> bytes:
        if not self._references:
            return self._data
        told = (b"/%s %s" % (k.encode(), r.format(document)) for k, r in self._references.items())
        return self._data.replace(b"<<", b"<<" + b"".join(told), 1)


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """``short`` is its name in page contents. Holds nothing of a document that is done."""

    def __init__(self, name: str, path: str, short: str) -> None:
        super().__init__(name, path)
        self._short = short
        self._first: _First | None = None

    def begin(self, document: PDFDocument) -> None:
        """The document uses this font."""
        if document not in self.state:
            self.state[document] = _State(self._short)
            document.fontMapping[self.fontName] = f"/{self._short}"
            document.delayedFonts.append(self)

    def splitString(self, text: str, doc: PDFDocument, encoding: str = "utf-8") -> Any:  # noqa: N802
        self.begin(doc)
        return super().splitString(text, doc, encoding)

    def getSubsetInternalName(self, subset: int, doc: PDFDocument) -> str:  # noqa: N802
        self.begin(doc)
        return f"/{self._short}+{subset}"

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802
        state = self.state.pop(doc)
        if self._first is None:
            self._first = _First(self)
        self._first.add(doc, f"{self._short}+0")
        for number, subset in enumerate(state.subsets[1:], 1):
            self._add(doc, number, subset)

    def base_name(self, number: int) -> str:
        """The font's name with the six letters that mark a subset."""
        letters = f"AAAA{chr(65 + number // 26)}{chr(65 + number % 26)}"
        return f"{letters}+{self.face.name.decode('ascii')}"

    def _add(self, doc: PDFDocument, number: int, subset: list[int]) -> None:
        """As ReportLab's own ``addObjects`` for one subset."""
        name, base = f"{self._short}+{number}", self.base_name(number)
        font = PDFTrueTypeFont()
        font.Name, font.BaseFont = name, base
        font.FirstChar, font.LastChar = 0, len(subset) - 1
        font.Widths = PDFArray([self.face.getCharWidth(code) for code in subset])
        words = PDFStream(content=makeToUnicodeCMap(base, subset), filters=[PDFZCompress])
        font.ToUnicode = doc.Reference(words, f"toUnicodeCMap:{base}")
        font.FontDescriptor = self.face.addSubsetObjects(doc, base, subset)
        doc.Reference(font, name)
        doc.idToObject["BasicFonts"].dict[name] = font


class _First:
    """The objects of the first subset of a font, for all documents."""

    def __init__(self, font: EmbeddedFont) -> None:
        face, base = font.face, font.base_name(0)
        program = face.makeSubset(TABLE)
        self._base = base
        self._program = _packed(program, f"/Length1 {len(program)}")
        self._words = _packed(makeToUnicodeCMap(base, TABLE).encode("ascii"))
        flags = (face.flags & ~FF_NONSYMBOLIC) | FF_SYMBOLIC
        box = " ".join(map(str, face.bbox))
        self._descriptor = (
            f"<</Type/FontDescriptor/FontName/{base}/Flags {flags}/FontBBox[{box}]"
            f"/Ascent {face.ascent}/Descent {face.descent}/CapHeight {face.capHeight}"
            f"/ItalicAngle {face.italicAngle}/StemV {face.stemV}/MissingWidth {face.defaultWidth}>>"
        ).encode("ascii")
        widths = " ".join(str(face.getCharWidth(code)) for code in TABLE)
        self._font = (
            f"<</Type/Font/Subtype/TrueType/BaseFont/{base}/FirstChar 0/LastChar 255"
            f"/Widths[{widths}]>>"
        ).encode("ascii")

    def add(self, doc: PDFDocument, name: str) -> None:
        program = doc.Reference(Written(self._program), f"fontFile:{self._base}")
        words = doc.Reference(Written(self._words), f"toUnicodeCMap:{self._base}")
        described = Written(self._descriptor, FontFile2=program)
        descriptor = doc.Reference(described, f"fontDescriptor:{self._base}")
        font = Written(self._font, ToUnicode=words, FontDescriptor=descriptor)
        doc.Reference(font, name)
        doc.idToObject["BasicFonts"].dict[name] = font


def stream(about: str, data: bytes) -> bytes:
    """A stream as it stands in a file, but for its number."""
    head = f"<<{about}/Length {len(data)}>>\nstream\n".encode("ascii")
    return b"".join((head, data, b"\nendstream"))


def _packed(data: bytes, about: str = "") -> bytes:
    return stream(f"{about}/Filter/FlateDecode", zlib.compress(data, 9))
