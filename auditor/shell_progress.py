"""Progress in the shell: a line on standard error, cancelled by Ctrl+C."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from auditor.domain.work import Cancel


@contextmanager
def shell_progress(title: str) -> Iterator[tuple[Callable[[int, int, str], None], Cancel]]:
    """A progress callable ``(done, total, what)`` and the token that Ctrl+C sets.

    On a terminal one line is rewritten; elsewhere nothing is printed, so that logs stay clean.
    """
    cancel = Cancel()
    shown = sys.stderr.isatty()

    def tell(done: int, total: int, what: str) -> None:
        if shown:
            share = f"{100 * done // total:3d} %" if total else ""
            sys.stderr.write(f"\r\x1b[K{title} {share} {what}"[:120])
            sys.stderr.flush()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        cancel.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield tell, cancel
    finally:
        signal.signal(signal.SIGINT, before)
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
