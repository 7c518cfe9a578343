"""Collects the words of each package into its Vietnamese catalogue, keeping what is translated.

``make words`` runs it; it lists what still lacks a translation. Messages are English text passed to
the functions of ``KEYWORDS``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).resolve().parent))
from compile_words import PACKAGES, compile_words

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "mark": None,
    "words": None,
    "text": (2,),
    "UserError": (2,),
    "WorkspaceError": (2,),
    "NotSavedError": (2,),
    "NotFoundError": (2,),
    "RefusedError": (2,),
    "ReportError": (2,),
}
#: ``words.plural(one, many, n)`` and ``WORDS.plural(language, one, many, n)``.
PLURALS = ((1, 2), (2, 3))
#: Headers that change with the time or the machine.
VOLATILE = ('"POT-Creation', '"PO-Revision', '"Last-Translator', '"Generated-By', '"Report-Msgid')
Message = str | tuple[str, ...]


@cache
def messages(package: str) -> frozenset[Message]:
    """Every message in the code of ``package``; a plural is a tuple of its two forms."""
    found: set[Message] = set()
    for places in PLURALS:
        keywords = {**KEYWORDS, "plural": places}
        rows = extract_from_dir(
            str(ROOT / package), method_map=[("**.py", "python")], keywords=keywords
        )
        found |= {message for _, _, message, _, _ in rows if message}
    return frozenset(found)


def catalogue_path(package: str, language: str = "vi") -> Path:
    return ROOT / package / "locale" / language / "LC_MESSAGES" / f"{package}.po"


def read(package: str) -> Catalog:
    with catalogue_path(package).open("rb") as source:
        return read_po(source, locale="vi", domain=package)


def translated(catalogue: Catalog, message: Message) -> bool:
    entry = catalogue.get(message)
    if entry is None:
        return False
    words = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
    return all(words)


def missing(package: str) -> Iterator[Message]:
    catalogue = read(package)
    return (m for m in sorted(messages(package), key=str) if not translated(catalogue, m))


def update(package: str) -> None:
    old, new = read(package), Catalog(locale="vi", domain=package, project="mystery-auditor")
    new.header_comment = f"# Vietnamese words of {package}."
    for message in messages(package):
        entry = old.get(message)
        new.add(message, entry.string if entry else "")
    buffer = BytesIO()
    write_po(buffer, new, no_location=True, sort_output=True, width=98)
    lines = buffer.getvalue().decode().splitlines()
    kept = [line for line in lines if not line.startswith(VOLATILE)]
    catalogue_path(package).write_text("\n".join(kept).rstrip() + "\n", encoding="utf-8")


def main() -> int:
    left = 0
    for package in PACKAGES:
        update(package)
        for message in missing(package):
            left += 1
            sys.stdout.write(f"{package}: no Vietnamese for {message!r}\n")
    compile_words(ROOT)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
