"""Tables of evaluators and of assignments: which column is what, and what importing would do."""
