"""What the demo is made of: an invented brand, its locations, their stories and pictures."""
