"""What every hostile case must keep: its time, its memory, and a sentence in both languages."""

from __future__ import annotations

import errno
import os
import re
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from auditor.domain.errors import UserError
from forms.problems import FormsError, Problem
from reports.errors import ReportError

#: Seconds of the processor for one case on an idle machine, twice as many on a busy one; and
#: seconds of the clock, which only something that waits can need.
SECONDS, STILL = 2 * 2.0, 60.0
MEGABYTES = 300
#: What the system says in English, which has no place in a Vietnamese sentence.
SYSTEM = tuple(os.strerror(number) for number in sorted(errno.errorcode))
#: Names of things that only a programmer knows.
INSIDE = re.compile(r"Traceback|Errno|Error\b|Exception|<class|object at 0x|NoneType")


class OverrunError(Exception):
    """A case took longer than it may."""


@contextmanager
def in_time(seconds: float = SECONDS, still: float = STILL) -> Iterator[None]:
    """Raises OverrunError in the main thread after ``seconds`` of work or ``still`` of waiting."""

    def stop(signal_: int, frame: object) -> None:
        raise OverrunError(signal.Signals(signal_).name)

    before = signal.signal(signal.SIGPROF, stop), signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, still)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGPROF, before[0])
        signal.signal(signal.SIGALRM, before[1])


def refusal(act: Callable[[], object], seconds: float = SECONDS) -> str:
    """The code with which ``act`` is refused, "" when it is not; anything else it raises is a bug
    and passes through. Every sentence is checked."""
    try:
        with in_time(seconds):
            act()
    except (UserError, ReportError) as error:
        check_sentences(error.text("en"), error.text("vi"))
        return error.code
    except FormsError as error:
        check_problems(error.problems)
        return error.problems[0].code
    return ""


def check_problems(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        check_sentences(problem.text("en"), problem.text("vi"))
        assert "\n" not in problem.line("vi")


def check_sentences(english: str, vietnamese: str) -> None:
    """Two sentences, each in its own language, that say nothing of the program's inside."""
    assert english
    assert vietnamese != english
    for text in (english, vietnamese):
        assert not INSIDE.search(text), text
        assert text.encode("utf-8", "surrogatepass")
    said = [words for words in SYSTEM if words in vietnamese]
    assert not said, f"{said[0]!r} in {vietnamese!r}"


@dataclass(frozen=True, slots=True)
class Spent:
    """What one case took: seconds of the processor, and megabytes over what was there before."""

    seconds: float
    megabytes: float


def measured(act: Callable[[], object]) -> Spent:
    """Run ``act``; the peak of the memory is that of this process since now."""
    Path("/proc/self/clear_refs").write_text("5")
    before, began = _kilobytes("VmRSS"), time.process_time()
    act()
    taken = time.process_time() - began
    return Spent(taken, (_kilobytes("VmHWM") - before) / 1024)


def _kilobytes(name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1])


def cap_memory(megabytes: int) -> None:
    """No more address space than now and ``megabytes``: what breaks out cannot hurt the machine."""
    most = (_kilobytes("VmSize") + megabytes * 1024) * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
