"""Many reports in one go."""
