"""Locations: their list, one of them, regions, imports, clients and brands."""
