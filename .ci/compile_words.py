"""Compiles each package's ``locale/*/LC_MESSAGES/*.po`` beside itself, where it is older.

A hatchling build hook (wheels and editable installs), and a script for a checkout.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGES = ("auditor", "forms", "reports")


def compile_words(root: Path) -> None:
    for package in PACKAGES:
        for po in sorted((root / package / "locale").glob("*/LC_MESSAGES/*.po")):
            mo = po.with_suffix(".mo")
            if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
                _compile(po, mo)


def _compile(po: Path, mo: Path) -> None:
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name, domain=po.stem)
    part = mo.with_suffix(".mo.part")
    with part.open("wb") as target:
        write_mo(target, catalogue)
    part.replace(mo)


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # compiling needs Babel alone
    pass
else:

    class WordsHook(BuildHookInterface):  # type: ignore[type-arg]
        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            compile_words(Path(self.root))


if __name__ == "__main__":
    compile_words(Path(__file__).resolve().parent.parent)
