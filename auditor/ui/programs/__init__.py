"""Programs: their waves, their rules, what is read before a visit."""
