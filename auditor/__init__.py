"""The people: visits, storage, workflow, screens, command line."""

__version__ = "0.1.0"
