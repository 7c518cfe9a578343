"""How the letters of a text file are stored: guessed, or as a person says."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache

import charset_normalizer

from auditor.domain.errors import RefusedError
from auditor.services.sheets.old_vietnamese import TCVN, VISCII

#: What a person may choose, most likely first.
ENCODINGS = (
    "utf-8",
    "windows-1258",
    "utf-16-le",
    "utf-16-be",
    "tcvn",
    "viscii",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
    "cp874",
)
#: These are so like others that nothing is told by guessing them.
_NOT_GUESSED = frozenset({"windows-1250", "cp874"})
_TABLES = {"tcvn": TCVN, "viscii": VISCII}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Bytes that are looked at to guess.
_SAMPLE = 1 << 16
_VIETNAMESE = ("windows-1258", "tcvn", "viscii")
_SYLLABLE = re.compile(
    r"(ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"[aăâeêioôơuưy]{1,3}(ng|nh|ch|[cmnpt])?"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 0.6


def decoded(content: bytes, encoding: str | None, name: str) -> tuple[str, str]:
    """The text and the name of its encoding, guessed where ``encoding`` is None.

    Raises RefusedError ``encoding`` when the file is not of the encoding that was chosen.
    """
    if encoding is None:
        return _guessed(content)
    try:
        return _decode(content, encoding), encoding
    except (UnicodeDecodeError, LookupError) as error:
        raise RefusedError(
            "encoding",
            "The letters of {name} are not stored as {encoding}. Choose another encoding.",
            name=name,
            encoding=encoding,
        ) from error


def _guessed(content: bytes) -> tuple[str, str]:
    for encoding in _candidates(content):
        try:
            return _decode(content, encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("windows-1252", "replace"), "windows-1252"


def _candidates(content: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return [encoding]
    wide = _wide(content[:_SAMPLE])
    if wide is not None:
        return [wide]
    if _is_utf8(content):
        return ["utf-8"]
    sample = _telling(content)
    return [*_vietnamese(sample), *_others(sample)]


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of most letters is 0."""
    odd, even = start[1::2].count(0), start[::2].count(0)
    if max(odd, even) * 8 < len(start) or len(start) < 4:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _telling(content: bytes) -> bytes:
    """The lines that tell encodings apart: those beyond ASCII."""
    start = content[: 16 * _SAMPLE]
    return b"\n".join(line for line in start.splitlines() if not line.isascii())[:_SAMPLE]


def _vietnamese(sample: bytes) -> list[str]:
    """Those in which most words beyond ASCII are Vietnamese syllables, the best first."""
    shares = {encoding: _share(sample, encoding) for encoding in _VIETNAMESE}
    good = [encoding for encoding, share in shares.items() if share >= _ENOUGH]
    return sorted(good, key=lambda encoding: shares[encoding], reverse=True)


def _share(sample: bytes, encoding: str) -> float:
    try:
        return share_of_syllables(_decode(sample, encoding))
    except UnicodeDecodeError:
        return 0.0


def share_of_syllables(decoded_text: str) -> float:
    """Of the words beyond ASCII, how many are Vietnamese syllables."""
    text = unicodedata.normalize("NFC", decoded_text)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    strange = sum(not char.isascii() and not char.isalpha() for char in text)
    return sum(map(_is_syllable, words)) / (len(words) + strange) if words else 0.0


def _is_syllable(word: str) -> bool:
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    apart = unicodedata.normalize("NFD", word.lower())
    toneless = unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES))
    tones = sum(c in _TONES for c in apart)
    return tones < 2 and _SYLLABLE.fullmatch(toneless) is not None


def _others(sample: bytes) -> list[str]:
    """What charset-normalizer holds likely, among those that a person may choose."""
    names = {codecs.lookup(name).name: name for name in ENCODINGS if name not in _TABLES}
    allowed = [
        codec.replace("-", "_")
        for codec, name in names.items()
        if not codec.startswith("utf") and name not in _NOT_GUESSED
    ]
    found = charset_normalizer.from_bytes(sample, cp_isolation=allowed, preemptive_behaviour=False)
    likely = [names.get(codecs.lookup(match.encoding).name) for match in found]
    return [name for name in likely if name is not None] or ["windows-1252"]


def _decode(content: bytes, encoding: str) -> str:
    """Raises UnicodeDecodeError, LookupError."""
    if encoding in _TABLES:
        return codecs.charmap_decode(content, "strict", _table(encoding))[0]
    return content.decode(encoding).removeprefix("\ufeff")


@cache
def _table(encoding: str) -> str:
    return _TABLES[encoding]
