"""What a window tells at its foot."""

from PySide6.QtWidgets import QWidget

from auditor.ui.kit.toast import Toast


def standing(host: QWidget) -> Toast | None:
    """The message in the window of ``host``; those it replaced may live a moment on."""
    shown = [each for each in host.window().findChildren(Toast) if not each.isHidden()]
    return shown[-1] if shown else None


def toast(host: QWidget) -> Toast:
    found = standing(host)
    assert found is not None
    return found


def told(host: QWidget) -> str:
    return toast(host).accessibleName()
