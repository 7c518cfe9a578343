"""The expression language of checklists: docs/expressions.md says what every expression means."""
