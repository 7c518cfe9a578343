"""``auditor``: alone it opens the window; with a command it is the shell.

The window comes first: nothing heavy is imported before it (see ``auditor.bootstrap``).
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Entry point of the ``auditor`` script."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # a worker of a built app starts the app: it ends here
    arguments = sys.argv[1:]
    if not arguments or (arguments[0] == "--workspace" and len(arguments) == 2):
        from auditor.bootstrap import open_window

        return open_window(Path(arguments[1]) if arguments else None)
    from auditor.cli import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
