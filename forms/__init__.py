"""The checklist: what is asked, what may be answered, what it scores.

Imports nothing from ``reports`` or ``auditor``, never Qt, never a database.
This file stays empty of imports so that light parts (words, answers) load fast.
"""
