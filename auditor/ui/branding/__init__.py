"""How a client's reports look, with a sample that follows every change."""
