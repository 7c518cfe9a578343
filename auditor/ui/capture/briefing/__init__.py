"""What is read before the visit."""
