"""Corrective actions: what is done about a finding, by whom, until when. No storage."""

from __future__ import annotations

from enum import StrEnum


class ActionStatus(StrEnum):
    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"  # says its owner
    CLOSED = "closed"  # seen by the office
    DROPPED = "dropped"


class Cause(StrEnum):
    """The root cause, so that an action goes to whoever can act."""

    PEOPLE = "people"
    PROCESS = "process"
    PRODUCT = "product"
    SYSTEM = "system"
