"""Words and phrases that say that a visit went badly, in each language; a firm may edit them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComplaintWords:
    """Phrases by language, as people write them."""

    vi: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    @classmethod
    def default(cls) -> ComplaintWords:
        return cls()
