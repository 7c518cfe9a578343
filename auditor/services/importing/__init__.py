"""Locations from a table: which column is what, and what importing it would do."""
