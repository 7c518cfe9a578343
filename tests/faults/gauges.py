"""What a process holds: memory, handles, threads, Python and Qt objects. Linux: read in /proc."""

from __future__ import annotations

import ctypes
import gc
import os
import re
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

PROC = Path("/proc")
_libc = ctypes.CDLL(None)


@dataclass(frozen=True, slots=True)
class Held:
    """One look. ``before`` and ``memory``: megabytes of this process before and after everything
    was let go; ``heap``: what C and C++ hold of it; ``workers``: megabytes of its children.
    ``handles`` are what they lead to, ``kinds`` the living Qt objects that Python knows by class,
    ``types`` all Python objects that the collector tracks."""

    before: float
    memory: float
    heap: float
    blocks: int
    objects: int
    qt: int
    widgets: int
    timers: int
    handles: Counter[str]
    threads: int
    processes: int
    scratch: float
    workers: float
    kinds: Counter[str]
    types: Counter[str]


def look(scratch: Path) -> Held:
    """Everything that waits to be deleted is gone first, cycles included. ``scratch`` is where
    temporary files go."""
    before = resident(os.getpid())
    tidy()
    tracked = gc.get_objects()
    types = Counter(type(each).__qualname__ for each in tracked)
    count = len(tracked) + gc.get_freeze_count()
    del tracked
    living = [each for each in shiboken6.getAllValidWrappers() if _stays(each)]
    kinds = Counter(type(each).__qualname__ for each in living)
    timers = sum(isinstance(each, QTimer) and each.isActive() for each in living)
    mine = children()
    return Held(
        before=before,
        memory=resident(os.getpid()),
        heap=heap(),
        blocks=sys.getallocatedblocks(),
        objects=count,
        qt=len(living),
        widgets=len(QApplication.allWidgets()),
        timers=timers,
        handles=handles(),
        threads=len(list((PROC / "self" / "task").iterdir())),
        processes=len(mine),
        scratch=sum(size(each) for each in below(scratch)) / 1e6,
        workers=sum(resident(each) for each in mine),
        kinds=kinds,
        types=types,
    )


def _stays(thing: object) -> bool:
    """Neither a timer that ends by itself, nor an icon, of which a cache keeps a fixed number."""
    if isinstance(thing, QTimer):
        return not thing.isSingleShot()
    return isinstance(thing, QObject) and not isinstance(thing, QSvgRenderer)


def tidy() -> None:
    """Deferred deletions, then cycles, and again what one of them brings about in the other."""
    for _ in range(3):
        pass_events()
        gc.collect()
    _libc.malloc_trim(0)


def pass_events() -> None:
    """As the loop of the application does: what was to be deleted later is deleted."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def resident(process: int) -> float:
    """Megabytes of ``process`` in memory, swapped out ones too; 0 when it ended."""
    try:
        told = (PROC / str(process) / "status").read_text()
    except OSError:
        return 0.0
    return sum(int(kb) for kb in re.findall(r"Vm(?:RSS|Swap):\s*(\d+) kB", told)) / 1024


def handles() -> Counter[str]:
    """Of this process, without the one that reads them."""
    found: Counter[str] = Counter()
    for each in os.listdir("/proc/self/fd"):  # noqa: PTH208 - names, not paths to look up
        with suppress(OSError):
            found[re.sub(r"\d{3,}", "N", os.readlink(f"/proc/self/fd/{each}"))] += 1  # noqa: PTH115
    return found


def heap() -> float:
    """Megabytes that C and C++ asked malloc for and did not give back, of all threads."""
    read, write = os.pipe()
    told = bytearray()

    def drain() -> None:
        while part := os.read(read, 65536):
            told.extend(part)

    reader = threading.Thread(target=drain)
    reader.start()
    _libc.fdopen.restype = ctypes.c_void_p
    stream = ctypes.c_void_p(_libc.fdopen(write, b"w"))
    _libc.malloc_info(0, stream)
    _libc.fclose(stream)
    reader.join()
    os.close(read)
    return _in_use(told.decode().rpartition("</heap>")[2]) / 1e6


def _in_use(totals: str) -> int:
    """Of the sums over all arenas: what the system gave, less what is free, plus what is mapped."""
    free = sum(int(n) for n in re.findall(r'type="(?:fast|rest)" count="\d+" size="(\d+)"', totals))
    mapped = sum(int(n) for n in re.findall(r'type="mmap" count="\d+" size="(\d+)"', totals))
    given = re.search(r'<system type="current" size="(\d+)"', totals)
    return (int(given[1]) if given else 0) - free + mapped


def children() -> list[int]:
    """The processes that this one started and that still run."""
    found = []
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def below(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file())


def size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
