"""What a window tells at its foot."""

from PySide6.QtWidgets import QWidget

from auditor.ui.kit.toast import Toast


def toast(window: QWidget) -> Toast:
    """The message that stands; those it replaced may still be alive."""
    found = Toast.shown_in(window)
    assert found is not None
    return found


def told(window: QWidget) -> str:
    return toast(window).accessibleName()
