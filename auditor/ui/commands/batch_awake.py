"""Keep the computer from falling asleep while reports are made; where it cannot be, it is not.

What holds it ends with this process, however that ends: Windows keeps it to the thread, the two
programs watch the process or a pipe from it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress

#: From winbase.h.
_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001


class Awake:
    """Hold and let go on one thread; both as often as one likes."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self.held = False

    def hold(self, why: str) -> None:
        """``why`` is shown by the system to whoever asks what keeps it awake."""
        if self.held:
            return
        self.held = True
        if sys.platform == "win32":
            _tell_windows(_CONTINUOUS | _SYSTEM_REQUIRED)
        elif (command := holder(sys.platform, why)) is not None:
            with suppress(OSError):
                self._child = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )

    def let_go(self) -> None:
        if self.held and sys.platform == "win32":
            _tell_windows(_CONTINUOUS)
        self.held = False
        child, self._child = self._child, None
        if child is not None:
            assert child.stdin is not None
            child.stdin.close()
            child.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.wait(1.0)


def holder(platform: str, why: str) -> list[str] | None:
    """The program that holds a computer of that kind awake as long as it runs; None: there is
    none."""
    if platform == "darwin":
        found = shutil.which("caffeinate")
        return None if found is None else [found, "-i", "-w", str(os.getpid())]
    found, cat = shutil.which("systemd-inhibit"), shutil.which("cat")
    if not platform.startswith("linux") or found is None or cat is None:
        return None
    told = ["--what=sleep:idle", "--who=Mystery Auditor", f"--why={why}", "--mode=block"]
    return [found, *told, cat]  # cat ends with the pipe


def _tell_windows(state: int) -> None:
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetThreadExecutionState(state)
