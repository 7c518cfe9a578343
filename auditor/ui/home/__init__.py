"""My visits: what is due, what is begun, what is done."""
