"""Dialogs, opened with ``open()``: they never block the event loop."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type, current

#: What the window shows of itself around a dialog that fills it, both sides together.
BESIDE = 16


class Dialog(QDialog):
    """A title, a body (``body`` layout), and a row of buttons at the right of the foot."""

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 440) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(current().px(width))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        # Qt would hold the window as high as its words are in a narrow column.
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(Label(title, Type.TITLE, wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        outer.addLayout(self.body, 1)
        outer.addSpacing(4)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addStretch(1)
        outer.addLayout(self.foot)

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.fit()
        super().showEvent(event)

    def fit(self) -> None:
        """As high as its words need at its width, and no larger than the window it belongs to."""
        for label in self.findChildren(QLabel):
            label.ensurePolished()
        layout = self.layout()
        if layout is not None:
            layout.activate()
            parent = self.parentWidget()
            most = parent.window().size() if parent is not None else self.maximumSize()
            self.setMinimumWidth(min(self.minimumWidth(), most.width() - BESIDE))
            width = max(self.minimumWidth(), layout.sizeHint().width())
            width = min(width, most.width() - BESIDE)
            height = layout.sizeHint().height()
            if layout.hasHeightForWidth():
                height = layout.totalHeightForWidth(width)
            self.resize(width, min(height, most.height() - BESIDE))

    def say(self, text: str, ink: Ink = Ink.TEXT2) -> Label:
        label = Label(text, Type.BODY, ink, wrap=True)
        self.body.addWidget(label)
        return label

    def add_button(self, button: Button) -> Button:
        self.foot.addWidget(button)
        return button


class ConfirmDialog(Dialog):
    """``accepted`` when the person agrees. ``yes`` and ``no`` are verbs, never "OK".

    What cannot be undone has ``danger``: then *no* has the focus.
    """

    def __init__(
        self,
        title: str,
        text: str,
        yes: str,
        no: str,
        parent: QWidget | None = None,
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(title, parent)
        self.say(text)
        self.no = self.add_button(Button(no, Kind.OUTLINE))
        self.yes = self.add_button(Button(yes, Kind.DANGER if danger else Kind.PRIMARY))
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        first = self.no if danger else self.yes
        first.setDefault(True)
        first.setFocus()
