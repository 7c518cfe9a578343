"""Photos and files of a visit: attached, shown, moved, captioned, turned."""
