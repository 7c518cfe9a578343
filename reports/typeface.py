"""Be Vietnam Pro on paper: registration, widths, and lines broken once.

Widths are in thousandths of the type size. Digits in columns take a fixed advance, because the
font has no tabular figures (640; 655 from SemiBold on).
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics

from reports import fonts
from reports.embedding import EmbeddedFont
from reports.theme import Style, Weight

#: What stands in for a character that the font lacks: nothing that people write.
MISSING: Final = "¤"
#: The name under which ReportLab knows a weight: others of the process may use the typeface too.
NAMED: Final = "Report-{weight}"
INITIAL: Final = NAMED.format(weight="Regular")
#: So wide are characters at least, taken together: longer words need not be measured to know that
#: one line does not hold them.
NARROW: Final = 450
DIGITS: Final = frozenset("0123456789")


class Face:
    """One weight of the font. Shared by all reports of the process; holds no document."""

    def __init__(self, name: str, figure: int) -> None:
        self.name = name
        self.figure = figure
        weight = name.replace("BeVietnamPro-", "")
        named = NAMED.format(weight=weight)
        self.font = EmbeddedFont(named, str(fonts.FILES[name]), weight)
        pdfmetrics.registerFont(self.font)
        self.widths: dict[str, int] = {
            chr(code): round(width) for code, width in self.font.face.charWidths.items()
        }
        self._unknown = self.widths[MISSING]
        self._figure_widths = self.widths | dict.fromkeys(DIGITS, figure)

    def width(self, text: str) -> int:
        """Thousandths of the type size."""
        widths = self.widths
        try:
            return sum(map(widths.__getitem__, text))
        except KeyError:
            return sum([widths.get(c, self._unknown) for c in text])

    def ends(self, text: str) -> list[int]:
        """The width of the first 0, 1, 2 … characters."""
        widths, unknown = self.widths, self._unknown
        try:
            return list(accumulate(map(widths.__getitem__, text), initial=0))
        except KeyError:
            return list(accumulate([widths.get(c, unknown) for c in text], initial=0))

    def figures_width(self, text: str) -> int:
        """As ``width``, with each digit in its fixed cell."""
        widths = self._figure_widths
        try:
            return sum(map(widths.__getitem__, text))
        except KeyError:
            return sum([widths.get(c, self._unknown) for c in text])


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """The four weights, read and registered once per process, in the order of ``Weight``."""
    rl_config.useA85 = 0
    names = tuple(fonts.FILES)
    return tuple(Face(name, 640 if at < Weight.SEMIBOLD else 655) for at, name in enumerate(names))


def face(style: Style) -> Face:
    return faces()[style.weight]


def width(text: str, style: Style) -> float:
    """Points."""
    return face(style).width(text) * style.size / 1000


def figures_width(text: str, style: Style) -> float:
    """Points, with digits in fixed cells."""
    return face(style).figures_width(text) * style.size / 1000


def wrap(text: str, style: Style, room: float, first: float = 0.0) -> list[str]:
    """Lines no wider than ``room`` points; the first starts ``first`` points in.

    Breaks at spaces and line ends, never at NBSP; a word that is too wide breaks anywhere. Where
    only what stands before it leaves the first word no room, the first line is empty. A last line
    of one short word takes a second one from the line before.
    """
    used = face(style)
    limit = room * 1000 / style.size
    indent = first * 1000 / style.size
    if len(text) * NARROW <= limit and "\n" not in text and used.width(text) <= limit - indent:
        return [text]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        _fill(lines, paragraph, used, limit, indent)
        indent = 0.0
    return lines


def _fill(lines: list[str], text: str, used: Face, limit: float, indent: float) -> None:
    """Break one paragraph, each character measured once: ``ends[n]`` is the width of ``n``."""
    ends = used.ends(text)
    begin, edge = 0, limit - indent
    starts: list[int] = []
    while begin < len(text) and ends[-1] - ends[begin] > edge:
        over = bisect_right(ends, ends[begin] + edge, begin)
        cut = text.rfind(" ", begin + 1, over)
        starts.append(begin)
        if cut < 0 and edge < limit and _ends_within(text, ends, limit):
            lines.append("")
        elif cut < 0:  # a word that is wider than a line breaks, after at least one character
            cut = max(begin + 1, over - 1)
            lines.append(text[begin:cut])
            begin = cut
        else:
            lines.append(text[begin:cut])
            begin = cut + 1
        edge = limit
    _last(lines, text, begin, ends, limit, starts)


def _ends_within(text: str, ends: list[int], limit: float) -> bool:
    """Whether the first word is no wider than a line."""
    end = text.find(" ")
    return ends[end] <= limit


def _last(
    lines: list[str], text: str, begin: int, ends: list[int], limit: float, starts: list[int]
) -> None:
    """Close a paragraph; a short word alone gets company from the line before."""
    rest = text[begin:]
    if starts and len(rest) <= 7 and " " not in rest and lines[-1].count(" ") > 3:
        cut = text.rfind(" ", 0, begin - 1)
        if cut > starts[-1] and ends[-1] - ends[cut + 1] <= limit:
            lines[-1] = text[starts[-1] : cut]
            rest = text[cut + 1 :]
    lines.append(rest)


@lru_cache(maxsize=8192)
def wrap_label(text: str, style: Style, room: float) -> tuple[str, ...]:
    """``wrap`` for checklist text, which repeats from report to report; never for comments."""
    return tuple(wrap(text, style, room))


def balanced(text: str, style: Style, room: float) -> list[str]:
    """As few lines as ``wrap``, of about the same length: for headings."""
    lines = wrap(text, style, room)
    if len(lines) < 2:
        return lines
    low, high = room / 2, room
    for _ in range(7):
        middle = (low + high) / 2
        tried = wrap(text, style, middle)
        if len(tried) <= len(lines) and all(width(line, style) <= middle for line in tried):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def fit(text: str, style: Style, room: float) -> str:
    """``text`` on one line, cut with an ellipsis where it must be."""
    if width(text, style) <= room:
        return text
    measure = face(style).width
    left = room * 1000 / style.size - measure("…")
    kept = ""
    for character in text:
        left -= measure(character)
        if left < 0:
            break
        kept += character
    whole, space, _ = kept.rpartition(" ")
    if space and len(whole) > len(kept) * 0.6 and not text[len(kept) :].startswith(" "):
        kept = whole
    return kept.rstrip(" \u00a0,;:.–-") + "…"


def fit_lines(text: str, style: Style, room: float, most: int) -> list[str]:
    """At most ``most`` lines; the last is cut with an ellipsis where it must be."""
    lines = wrap(text, style, room)
    if len(lines) <= most:
        return lines
    rest = " ".join(lines[most - 1 :])
    return [*lines[: most - 1], fit(rest, style, room)]


def broken(name: str, style: Style, room: float) -> tuple[str, ...]:
    """A name on one line, else on two: at a blank or after a sign that joins."""
    if width(name, style) <= room:
        return (name,)
    cuts = [at for at, sign in enumerate(name, 1) if sign in " \u00a0/-–" and at < len(name)]
    fits = [at for at in cuts if width(name[:at].rstrip(), style) <= room]
    if not fits:
        return (fit(name, style, room),)
    return name[: fits[-1]].rstrip(), fit(name[fits[-1] :], style, room)
