"""The visit in memory: answers and notes, their undo, and their way to the disk."""
