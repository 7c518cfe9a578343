"""What an SVG may hold to be drawn as a logo: shapes, and nothing that runs, loads or explodes.

Read by expat without entities; nothing is fetched. Refused are scripts, handlers, references out
of the file, pictures, text (its faces are not in the file), and drawings too large to draw.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.parsers import expat

from auditor.domain.errors import RefusedError
from auditor.words import mark

SPACE = "http://www.w3.org/2000/svg"
MOST_SHAPES, DEEPEST, LONGEST_VALUE = 20_000, 64, 1_000_000
#: Elements that only hold words or the notes of drawing programs.
_SILENT = frozenset({"title", "desc", "metadata"})
_SHAPES = frozenset(
    (
        "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line",
        "polyline", "polygon", "style", "clipPath", "mask", "linearGradient", "radialGradient",
        "stop", "pattern", "marker",
    )
)  # fmt: skip
_REFERS = re.compile(r"url\(\s*['\"]?\s*(?!#)", re.IGNORECASE)
_CSS_OUT = re.compile(r"@import|expression\(|javascript:|\\", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,]+")
_NARROWEST = 0.02


@dataclass(frozen=True, slots=True)
class Shapes:
    """The size that the drawing names, in any unit."""

    width: float
    height: float


class _RefusedError(Exception):
    """Raised inside the parser; ``code`` names the sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class _Reader:
    depth: int = 0
    shapes: int = 0
    #: Depth at which a silent element began; None outside of them.
    silent: int | None = None
    root: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    #: Open elements with an id, the innermost last.
    held_in: list[str | None] = field(default_factory=list)
    #: Shapes directly inside each id (or the drawing, ""), and what is used inside it.
    own: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    uses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    style: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _RefusedError("deep")
        space, _, local = name.rpartition(" ")
        if self.silent is None and (space != SPACE or local in _SILENT):
            self.silent = self.depth
        self.names.append(local)
        if self.silent is not None:
            self.held_in.append(None)
            if self.depth == 1:
                raise _RefusedError("not_svg")
            return
        if self.depth == 1:
            if local != "svg":
                raise _RefusedError("not_svg")
            self.root = dict(attributes)
        self._look_at(local, attributes)

    def _look_at(self, local: str, attributes: dict[str, str]) -> None:
        if local in ("script", "foreignObject", "iframe", "handler", "listener"):
            raise _RefusedError("script")
        if local in ("image", "feImage"):
            raise _RefusedError("picture")
        if local in ("text", "tspan", "textPath", "font", "font-face"):
            raise _RefusedError("text")
        if local not in _SHAPES:
            raise _RefusedError("strange")
        key = attributes.get("id")
        self.held_in.append(key)
        for holder in self._holders():
            self.own[holder] += 1
        self.shapes += 1
        if self.shapes > MOST_SHAPES:
            raise _RefusedError("many")
        for name, value in attributes.items():
            self._attribute(name.rpartition(" ")[2], value)

    def _holders(self) -> list[str]:
        return ["", *(key for key in self.held_in if key)]

    def _attribute(self, name: str, value: str) -> None:
        if len(value) > LONGEST_VALUE:
            raise _RefusedError("many")
        if name.lower().startswith("on"):
            raise _RefusedError("script")
        if name == "href":
            if not value.strip().startswith("#"):
                raise _RefusedError("outside")
            for holder in self._holders():
                self.uses[holder].append(value.strip()[1:])
        elif name == "style" or "(" in value:
            _require_inside(value)

    def end(self, _name: str) -> None:
        if self.silent == self.depth:
            self.silent = None
        self.depth -= 1
        self.names.pop()
        self.held_in.pop()

    def text(self, data: str) -> None:
        if self.silent is None and self.names and self.names[-1] == "style":
            self.style.append(data)

    def entity(self, *_: object) -> None:
        raise _RefusedError("entities")

    def instruction(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise _RefusedError("outside")


def _require_inside(css: str) -> None:
    if _REFERS.search(css) or _CSS_OUT.search(css):
        raise _RefusedError("outside")


def looks_like_svg(content: bytes) -> bool:
    head = content[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    return head.startswith(b"<") and b"<" in head


def checked(content: bytes, name: str) -> Shapes:
    """Raises RefusedError that says what is in the way."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.entity
    parser.ProcessingInstructionHandler = reader.instruction
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(content, True)
        _require_inside("".join(reader.style))
        _require_few(reader)
        return _size(reader.root)
    except _RefusedError as refused:
        raise _refusal(refused.code, name) from refused
    except (expat.ExpatError, ValueError) as error:
        raise _refusal("broken", name) from error


def _refusal(code: str, name: str) -> RefusedError:
    sentence = _SENTENCES[code]
    return RefusedError(f"svg_{code}", sentence, name=name)


def _require_few(reader: _Reader) -> None:
    """What is drawn in all once every ``use`` is followed; a circle never ends."""
    known: dict[str, int] = {}

    def drawn(key: str, above: frozenset[str]) -> int:
        if key in above or len(above) > DEEPEST:
            raise _RefusedError("many")
        if key not in known:
            total = reader.own.get(key, 0)
            for used in reader.uses.get(key, ()):
                total += drawn(used, above | {key})
                if total > MOST_SHAPES:
                    raise _RefusedError("many")
            known[key] = total
        return known[key]

    drawn("", frozenset())


def _size(root: dict[str, str]) -> Shapes:
    width, height = (_length(root.get(name, "")) for name in ("width", "height"))
    box = [part for part in _BETWEEN.split(root.get("viewBox", "").strip()) if part]
    if len(box) == 4:
        sides = float(box[2]), float(box[3])
        width, height = (width, height) if width and height else sides
    if not (width and height) or max(width, height) > 1e7:
        raise _RefusedError("size")
    if min(width, height) / max(width, height) < _NARROWEST:
        raise _RefusedError("size")
    return Shapes(width, height)


_POINTS = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
}


def _length(text: str) -> float:
    """0 where none is given, or only a part of something else."""
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _POINTS[(found[2] or "").lower()] if found else 0.0


_SENTENCES = {
    "script": mark(
        "{name} holds a program, which a logo must not. Export it as plain SVG, or choose a PNG."
    ),
    "outside": mark(
        "{name} refers to another file or address, which is not loaded. Export it with all that it "
        "needs, or choose a PNG."
    ),
    "picture": mark(
        "{name} holds a picture instead of shapes. Choose that picture itself, as PNG or JPEG."
    ),
    "text": mark(
        "{name} holds text whose typeface may not be on this computer. Turn the text into paths, "
        "or choose a PNG."
    ),
    "entities": mark(
        "{name} declares entities, which may make it grow without end. Export it as plain SVG."
    ),
    "many": mark("{name} has too many shapes to be drawn. Simplify it, or choose a PNG."),
    "deep": mark("{name} is nested too deeply. Simplify it, or choose a PNG."),
    "strange": mark(
        "{name} holds effects that cannot be printed (filters, animations). Export it as plain "
        "SVG, or choose a PNG."
    ),
    "size": mark("{name} does not say how large it is. Export it again, or choose a PNG."),
    "not_svg": mark("{name} is no SVG file. Choose a PNG, JPEG or SVG file."),
    "broken": mark("{name} is damaged: it cannot be read as SVG. Export it again."),
}
