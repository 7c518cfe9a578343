"""A newer version of the checklist: what it would change, and the move."""
