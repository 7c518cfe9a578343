"""Corrective actions: the board, one action, and the findings of a visit."""
