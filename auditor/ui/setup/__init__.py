"""Start my program: client and brand, first locations, checklist."""
