"""The checklists of the sessions: a long one, and one that hides a question, in two versions."""

from __future__ import annotations

QUESTIONS = 60
_HEAD = """
format: auditor-checklist/1
id: long
version: "1"
title: Long
languages: [vi]
sections:
  - id: all
    title: All
    questions:
      - {id: shown, type: photo, label: Shown}
"""
LONG = (
    _HEAD + "".join(f"      - {{id: q{n}, type: text, label: Q{n}}}\n" for n in range(1, 61))
).encode()

_DOOR = """
format: auditor-checklist/1
id: door
version: "1"
title: Door
languages: [vi]
scoring: {total: weighted, bands: [{min: 50, id: A, label: A}, {min: 0, id: B, label: B}]}
sections:
  - id: door
    title: Door
    questions:
      - id: greeted
        type: choice
        label: Greeted?
        required: true
        choices: [{id: "yes", label: Yes, points: 3}, {id: "no", label: No, points: 0}]
      - {id: why, type: text, label: Why?, relevant: "${greeted} = 'no'"}
      - {id: queue, type: photo, label: Queue}
"""
DOOR = _DOOR.encode()
DOOR_2 = (
    _DOOR.replace('version: "1"', 'version: "2"') + "      - {id: more, type: text, label: More}\n"
).encode()
