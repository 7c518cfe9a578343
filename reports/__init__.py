"""The paper: a frozen snapshot in, PDF out. Never Qt, never a database."""
