"""Words to the codes of a document's fonts."""

from __future__ import annotations

from reportlab.pdfbase.pdfdoc import PDFDocument

from reports.embedding import CODES
from reports.typeface import MISSING, Face


class Encoder:
    """Characters of one face to the codes of its subsets in one document; those that the face
    lacks are kept in ``missing``."""

    def __init__(self, face: Face, document: PDFDocument, missing: dict[str, None]) -> None:
        self._face = face
        self._missing = missing
        self._document = document
        self._far: dict[str, tuple[int, str]] = {}

    def _code(self, character: str) -> tuple[int, str]:
        """Subset and hexadecimal code."""
        near = CODES.get(character)
        if near is not None:
            return 0, near
        if character not in self._far:
            self._far[character] = self._learn(character)
        return self._far[character]

    def name(self, subset: int) -> str:
        return str(self._face.font.getSubsetInternalName(subset, self._document))

    def _learn(self, character: str) -> tuple[int, str]:
        if character not in self._face.widths:
            self._missing[character] = None
            return 0, CODES[MISSING]
        [(subset, code)] = self._face.font.splitString(character, self._document)
        return subset, code.hex()

    def runs(self, text: str) -> list[tuple[int, str]]:
        """(subset, hexadecimal) pieces that show ``text``."""
        runs: list[tuple[int, str]] = []
        for character in text:
            subset, code = self._code(character)
            if runs and runs[-1][0] == subset:
                runs[-1] = (subset, runs[-1][1] + code)
            else:
                runs.append((subset, code))
        return runs
