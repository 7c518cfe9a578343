"""What a person asks one report to hold, and what a report tells of itself. No storage."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from auditor.domain.branding import TemplateInput, TemplateRecord


@dataclass(frozen=True, slots=True)
class Worn:
    """Instead of what the client and the program set: a named template, or what was ticked
    (``given`` goes first). Neither: as they set it."""

    template_id: int | None = None
    given: TemplateInput | None = None

    @property
    def is_own(self) -> bool:
        """Something differs from what is set."""
        return self.template_id is not None or self.given is not None


#: As the client and the program set it.
AS_SET = Worn()

#: In place of a language: a report in each.
BOTH = "both"
LANGUAGES = ("vi", "en")


def languages_of(choice: str) -> tuple[str, ...]:
    """Those of the reports that are made for ``choice``, a language or ``BOTH``."""
    return LANGUAGES if choice == BOTH else (choice,)


@dataclass(frozen=True, slots=True)
class Safety:
    """What of a visit its client does not get, and what an editor should look at before.

    ``evaluator`` is the code that is printed ("" for a name, which is not); ``clock``: the hour
    of the visit stands on paper. ``photos`` have lost camera data and place; ``files`` are
    recordings and other files that paper cannot show, ``not_asked`` answers of questions that a
    rule left out. ``missing`` photos are not on disk. ``timed`` and ``named`` are numbers of
    questions whose words tell a time of day or the evaluator's name.
    """

    evaluator: str = ""
    clock: bool = False
    photos: int = 0
    files: int = 0
    missing: int = 0
    timed: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """Of one report, beside its pages. ``own`` is the template that the client or the program
    set, None where they left it; ``worn`` what this report has; ``templates`` are all, by name.
    ``revision`` is its letter; ``target`` the score to reach."""

    client: str
    colours: tuple[str, str]
    own: TemplateRecord | None
    worn: TemplateInput
    templates: tuple[TemplateRecord, ...] = ()
    revision: str = "A"
    score: Decimal | None = None
    target: Decimal | None = None
    safety: Safety = Safety()
