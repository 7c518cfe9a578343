"""Hashes of what a PDF holds, so that two files can be compared however their bytes were written:
numbers of objects, order of keys and packing of streams make no difference.

A file that unpacks to more than any report holds raises ReportError ``unreadable``. pikepdf is
loaded on first use.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from reports.errors import ReportError
from reports.words import mark

if TYPE_CHECKING:
    from pikepdf import Pdf

#: Bytes of one stream, unpacked, and of all: the largest of ours is a logo of 1,600 pixels square.
_LARGEST: Final = 32_000_000
_MOST: Final = 1_000_000_000
TOO_MUCH = mark("This file unpacks to far more than any report holds.")
#: Nothing of ours lies so many arrays and dictionaries deep.
_DEEPEST: Final = 60
#: Where an object hangs and how it is packed, which nobody sees.
_UNSEEN: Final = frozenset(
    {"/Type", "/Parent", "/P", "/StructParent", "/StructParents", "/Length"}
    | {"/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/NM", "/M"}
)
_PACKING: Final = frozenset({"/Filter", "/DecodeParms"})
#: What a page takes from those above it, and what it has when nothing is said.
_INHERITED: Final = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_BOXES: Final = ("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
#: What there is of a page besides: its own hash, or what nobody sees.
_APART: Final = frozenset({"/Contents", "/Annots", "/Tabs", *_INHERITED, *_BOXES})
_EMPTY: Final = hashlib.sha256(b"{}").digest()


class Fingerprints:
    """Of one open file: what many pages share is read once."""

    def __init__(self, pdf: Pdf) -> None:
        import pikepdf

        self._stream, self._dictionary = pikepdf.Stream, pikepdf.Dictionary
        self._array, self._name, self._string = pikepdf.Array, pikepdf.Name, pikepdf.String
        self._left = _MOST
        self._pages = [page.obj for page in pdf.pages]
        self._drawn = [self._operators(page) for page in self._pages]
        self._known: dict[tuple[int, int], bytes] = {}
        self._tree = pdf.Root.get("/StructTreeRoot")

    def pages(self) -> tuple[str, ...]:
        """All that decides on how each page looks, and where its links lead."""
        both = zip(self._pages, self._drawn, strict=True)
        return tuple(self._page(page, drawn).hex() for page, drawn in both)

    def tags(self) -> str:
        """What a screen reader is told: the structure tree. "" where there is none."""
        return "" if self._tree is None else self._of(self._tree).hex()

    def _page(self, page: Any, drawn: bytes) -> bytes:
        held = {key: inherited(page, key) for key in _INHERITED}
        whole = held["/CropBox"] = held["/CropBox"] or held["/MediaBox"]
        held |= {key: page.get(key, whole) for key in _BOXES[1:]}
        held["/Rotate"] = held["/Rotate"] or 0
        held |= {str(key): page[key] for key in page.keys() if key not in _APART}  # noqa: SIM118
        notes = b"".join(self._of(note) for note in page.get("/Annots", []) if not _is_seal(note))
        return _hash(self._held(held, 0), drawn, notes)

    def _operators(self, page: Any) -> bytes:
        """They are one stream, or several, or none."""
        contents = page.get("/Contents", self._array())
        streams = list(contents) if isinstance(contents, self._array) else [contents]
        return hashlib.sha256(b"\n".join(self._unpacked(each)[0] for each in streams)).digest()

    def _of(self, thing: Any, depth: int = 0) -> bytes:
        at = getattr(thing, "objgen", (0, 0))
        if at == (0, 0):
            return self._read(thing, depth)
        if at not in self._known:
            self._known[at] = b"itself"  # where it leads back to itself
            self._known[at] = self._read(thing, depth)
        return self._known[at]

    def _read(self, thing: Any, depth: int) -> bytes:
        if depth > _DEEPEST:
            return b"deep"
        if isinstance(thing, self._stream):
            return self._read_stream(thing, depth)
        if isinstance(thing, self._dictionary):
            leads = thing.get("/Type") == "/Page"  # known by what is drawn on it, wherever it is
            return b"page" + self._operators(thing) if leads else self._held(thing, depth)
        if isinstance(thing, self._array):
            return _hash(b"[", *(self._of(each, depth + 1) for each in thing))
        if isinstance(thing, self._string):
            return b"(" + bytes(thing) + b")"
        if isinstance(thing, int | Decimal) and not isinstance(thing, bool):
            return f"{float(thing):.3f}".encode()
        return str(thing).encode("utf-8", "surrogatepass")

    def _read_stream(self, stream: Any, depth: int) -> bytes:
        data, whole = self._unpacked(stream)
        unseen = _PACKING if whole else frozenset[str]()
        about = {key: stream[key] for key in stream.keys() if key not in unseen}  # noqa: SIM118
        return _hash(self._held(about, depth), hashlib.sha256(data).digest())

    def _unpacked(self, stream: Any) -> tuple[bytes, bool]:
        """The bytes as they are meant, and True; in a packing other than ours as they stand."""
        packing = stream.get("/Filter")
        if isinstance(packing, self._array) and len(packing) == 1:
            packing = packing[0]
        if packing is None:
            return stream.read_raw_bytes(), True
        if packing != "/FlateDecode" or "/DecodeParms" in stream:
            return stream.read_raw_bytes(), False
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(stream.read_raw_bytes(), min(self._left, _LARGEST) + 1)
        self._left -= len(data)
        if len(data) > _LARGEST or self._left < 0:
            raise ReportError("unreadable", TOO_MUCH)
        return data, True

    def _held(self, of: Mapping[str, Any] | Any, depth: int) -> bytes:
        told = sorted(key for key in of.keys() if key not in _UNSEEN)  # noqa: SIM118
        return _hash(b"{", *self._pairs(of, told, depth)) if told else _EMPTY

    def _pairs(self, of: Any, keys: list[str], depth: int) -> Iterator[bytes]:
        for key in keys:
            yield str(key).encode()
            yield self._of(of[key], depth + 1)


def inherited(page: Any, key: str) -> Any:
    """What a page says, else those above it in the tree of pages; None where none does."""
    seen = 0
    while page is not None and seen < _DEEPEST:
        if key in page:
            return page[key]
        page, seen = page.get("/Parent"), seen + 1
    return None


def _is_seal(note: Any) -> bool:
    """An invisible signature: one that shows lies over the page as any note does."""
    if note.get("/FT") != "/Sig" or {"/A", "/AA"} & set(note.keys()):
        return False
    left, low, right, high = (float(each) for each in note.get("/Rect", [0, 0, 0, 0]))
    return left == right or low == high


def _hash(*parts: bytes) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"%d " % len(part) + part)
    return digest.digest()
