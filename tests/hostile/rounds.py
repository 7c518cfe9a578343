"""How long to fuzz: a few examples by default, ``AUDITOR_FUZZ=20000`` for a night."""

from __future__ import annotations

import os
from collections.abc import Iterable

from hypothesis import HealthCheck, Phase, settings

#: Examples of each property, where nothing is said otherwise.
EXAMPLES = int(os.environ.get("AUDITOR_FUZZ", "0"))


def examples(usual: int) -> settings:
    """``usual`` examples, or as many as the environment asks for."""
    return settings(
        max_examples=EXAMPLES or usual,
        deadline=None,
        # Explaining traces every line: what is quick is slow then.
        phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


def chosen(cases: Iterable[str], *usual: str) -> list[str]:
    """All of ``cases`` in a long round, else the ``usual`` ones: each once was, or could be, the
    first to break out."""
    known = list(cases)
    assert set(usual) <= set(known)
    return known if EXAMPLES else list(usual)
