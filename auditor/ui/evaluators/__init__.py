"""Evaluators: who they are, what they can, what they did and have to do."""
