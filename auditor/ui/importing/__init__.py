"""A list brought in from a table: locations, evaluators, the visits of a wave."""
