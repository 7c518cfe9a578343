"""Tables in files: workbooks and text with separators, read as a person sees them, and written."""
