"""Qt's own words in our language: the menu of a text field, the file dialog, the calendar.

Qt ships no Vietnamese; these few are what a person can meet here.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from auditor.words import Words, mark

STANDARD = {
    "&Undo": mark("Undo"),
    "&Redo": mark("Redo"),
    "Cu&t": mark("Cut"),
    "&Copy": mark("Copy"),
    "&Paste": mark("Paste"),
    "Delete": mark("Delete"),
    "Select All": mark("Select all"),
    "&Open": mark("Open"),
    "Open": mark("Open"),
    "&Save": mark("Save"),
    "Save": mark("Save"),
    "Cancel": mark("Cancel"),
    "&Cancel": mark("Cancel"),
    "Close": mark("Close"),
    "Choose": mark("Choose"),
    "&Choose": mark("Choose"),
    "&Yes": mark("Yes"),
    "&No": mark("No"),
    "&Look in:": mark("Folder:"),
    "Look in:": mark("Folder:"),
    "All Files (*)": mark("All files (*)"),
    "All files (*)": mark("All files (*)"),
    "Kind": mark("Kind"),
    "List View": mark("List"),
    "Detail View": mark("Details"),
    "Go back": mark("Back"),
    "Go forward": mark("Forward"),
    "Go to the parent directory": mark("Folder above"),
    "Create a New Folder": mark("New folder"),
    "File &name:": mark("File name:"),
    "Files of type:": mark("Kind of file:"),
    "Files of &type:": mark("Kind of file:"),
    "&File name:": mark("File name:"),
    "Directory:": mark("Folder:"),
    "Back": mark("Back"),
    "Forward": mark("Forward"),
    "Parent Directory": mark("Folder above"),
    "Create New Folder": mark("New folder"),
    "&New Folder": mark("New folder"),
    "&Rename": mark("Rename"),
    "&Delete": mark("Delete"),
    "Name": mark("Name"),
    "Size": mark("Size"),
    "Type": mark("Kind"),
    "Folder": mark("Folder"),
    "File": mark("File"),
    "Drive": mark("Drive"),
    "OK": mark("OK"),
    "&OK": mark("OK"),
    "%1\nFile not found.\nPlease verify the correct file name was given.": mark(
        "%1\nThere is no such file. Look at its name again."
    ),
    "Date Modified": mark("Changed"),
    "Computer": mark("Computer"),
    "%1 already exists.\nDo you want to replace it?": mark(
        "%1 already exists.\nDo you want to replace it?"
    ),
}


class StandardWords(QTranslator):
    """Asked by Qt for each of its texts; what it does not know comes back as it is."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        _context: str,
        source: str,
        _disambiguation: str | None = None,
        _n: int = -1,
    ) -> str:
        known = STANDARD.get(source)
        if known is None or self._words.language == "en":
            return source  # an empty answer would be taken for the translation
        return self._words(known)


def speak(words: Words) -> StandardWords:
    """Let Qt use our words; keep what is returned for as long as it should."""
    translator = StandardWords(words)
    QCoreApplication.installTranslator(translator)
    use_locale(words)
    return translator


def use_locale(words: Words) -> None:
    """Month and day names of the calendar."""
    QLocale.setDefault(QLocale(words.language))
