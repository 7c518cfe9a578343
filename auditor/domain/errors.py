"""Expected failures. Anything else that is raised is a bug and reaches the excepthook.

UserError                 a named code and a sentence that says what to do
├── WorkspaceError        the folder cannot be used: damaged, newer, foreign, locked, read-only
├── NotSavedError         a change did not reach the disk: full, read-only, failing
├── NotFoundError         no such visit, location, checklist, file
└── RefusedError          the domain's rules say no: submitted is read-only, illegal move
"""

from __future__ import annotations

from auditor.words import WORDS


class UserError(Exception):
    """``message`` is English text marked for translation, with named values."""

    def __init__(self, code: str, message: str, **values: object) -> None:
        super().__init__(WORDS.text("en", message, **values))
        self.code = code
        self.message = message
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """So that it travels between processes."""
        return (_again, (type(self), self.code, self.message, self.values))

    def text(self, language: str) -> str:
        """The sentence in ``language``."""
        return WORDS.text(language, self.message, **self.values)


class WorkspaceError(UserError):
    """The workspace folder cannot be used."""


class NotSavedError(UserError):
    """A change did not reach the disk; what the person typed is still in the window."""


class NotFoundError(UserError):
    """What was named does not exist."""


class RefusedError(UserError):
    """The rules of the domain do not allow it."""


def _again(kind: type[UserError], code: str, message: str, values: dict[str, object]) -> UserError:
    return kind(code, message, **values)
