"""The report of a visit: made, looked at, saved."""
