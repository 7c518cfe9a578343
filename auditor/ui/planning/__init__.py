"""Planning: the visits of a wave, who makes them and when, what is late."""
