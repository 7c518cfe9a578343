"""One question as a card: what it asks, how it is answered, what stands below."""
