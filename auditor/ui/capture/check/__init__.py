"""The check before submit."""
