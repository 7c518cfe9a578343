"""What people type, as it is kept: in one spelling (NFC), so that equal words are equal."""

from __future__ import annotations

from auditor.domain.errors import RefusedError
from forms.questions.kinds.words import nfc


def prose(words: str) -> str:
    """``words`` without blanks around; half a surrogate pair, which no file can hold, is a "?"."""
    return nfc(words.encode("utf-8", "replace").decode()).strip()


def one_line(words: str) -> str:
    """``words`` on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in nfc(words)).split())


def required(name: str) -> str:
    """``name`` on one line. Raises RefusedError empty_name."""
    shown = one_line(name)
    if not shown:
        raise RefusedError("empty_name", "The name is empty. Type a name.")
    return shown


def bounded(words: str, most: int) -> str:
    """``words`` as they are. Raises RefusedError too_long beyond ``most`` characters."""
    if len(words) > most:
        raise RefusedError(
            "too_long",
            "“{start}…” is longer than {most} characters. Shorten it.",
            start=words[:30],
            most=most,
        )
    return words
