"""From the click on a finished visit's report to its first page painted, in the real window.

``python -m tests.bench preview``; goal 0.5 s (issue 6, "Speed"). 70 questions, 6 photos, 5 earlier
visits. Each round is a window of its own: the first report of a session (its process is started
while one looks at the list), the next one, another language. While the clock runs a second process
computes, as on a machine that has other things to do. The ratio is to drawing the same report once,
in a process that has all it needs.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def main() -> int:
    """Imports here: a worker process runs this file again, as it does the app's light ``main``."""
    from tests.bench.preview import measure

    return measure()


if __name__ == "__main__":
    raise SystemExit(main())
