"""The visit itself: when, whom, what was bought. Never answers."""
