"""Filling a visit: sections at the left, one section as cards, the check before submit."""
