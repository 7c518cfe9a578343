"""What a person can do, apart from the widgets that offer it. Each runs on the database lane."""
