"""The report of a program: a wave over all its locations, on the parts of the location report."""
