"""Long work: how far it is, and a way to stop it. Knows no toolkit and no thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeAlias

#: done, total, what: ``what`` is a short text to show, "" to leave the one before.
#: ``total`` 0 means that the end is not known yet.
Progress: TypeAlias = Callable[[int, int, str], None]


class Cancelled(Exception):  # noqa: N818 - no error: the person asked for it
    """The work stopped because it was asked to. Nothing was left half done."""


class Cancel:
    """A token that the window sets and the work asks. Safe from any thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        self._event.set()

    @property
    def wanted(self) -> bool:
        return self._event.is_set()

    def check(self) -> None:
        """Raises Cancelled once ``set`` was called."""
        if self._event.is_set():
            raise Cancelled


def silent(done: int, total: int, what: str) -> None:
    """A progress that nobody watches."""
