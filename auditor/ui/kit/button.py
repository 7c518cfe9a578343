"""Buttons that paint themselves: caption, icon, and a quieter key hint in one control."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current


class Kind(StrEnum):
    """One PRIMARY a screen; OUTLINE in headers; SOFT in rows; TEXT where quiet; DANGER erases."""

    PRIMARY = "primary"
    OUTLINE = "outline"
    SOFT = "soft"
    TEXT = "text"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class _Look:
    fill: QColor | None
    border: QColor | None
    ink: QColor
    hint: QColor


@lru_cache(maxsize=1024)
def _width(text: str, size: int, weight: int, family: str) -> int:
    font = QFont(family)
    font.setPixelSize(size)
    font.setWeight(QFont.Weight(weight))
    return QFontMetrics(font).horizontalAdvance(text)


def _advance(text: str, font: QFont) -> int:
    """Asked for at every layout: measured once."""
    return _width(text, font.pixelSize(), int(font.weight()), font.family())


class Button(QPushButton):
    """``icon`` and ``trailing`` are Lucide names; ``hint`` is a key, painted quieter.

    The accessible name is the caption, or ``name`` for a button that is only an icon (it is its
    tool tip too). ``height`` is the least height at 100 %.
    """

    def __init__(
        self,
        text: str = "",
        kind: Kind = Kind.OUTLINE,
        *,
        icon: str | None = None,
        trailing: str | None = None,
        hint: str = "",
        name: str = "",
        height: int = 36,
        type: Type = Type.BODY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._trailing, self._hint = icon, trailing, hint
        self._hint_shown = True
        self._compact = False
        self._kind, self._height, self._type = kind, height, type
        self._side = 14 if text else 8
        self._align = Qt.AlignmentFlag.AlignHCenter
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._caption = ""
        if name and not text:
            self.setToolTip(f"{name} ({hint})" if hint else name)
        self.set_caption(text, name)

    @property
    def caption(self) -> str:
        return self._caption

    def set_caption(self, text: str, name: str = "") -> None:
        """Change the words; ``name`` is the accessible name where it should say more."""
        self._caption = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(name or text)
        if self._compact:
            self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str | None) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        self.updateGeometry()
        self.update()

    def show_hint(self, on: bool) -> None:
        """Paint the hint, or only keep its room: hints stand on the current card alone."""
        self._hint_shown = on
        self.update()

    @property
    def folds(self) -> bool:
        """Whether it has an icon that can stand for its caption."""
        return bool(self._icon and self._caption)

    def set_compact(self, compact: bool) -> None:
        """Only the icon, where room is short; the tool tip says the rest."""
        if compact != self._compact:
            self._compact = compact
            self.setToolTip(self.accessibleName() if compact else "")
            self.updateGeometry()
            self.update()

    @property
    def kind(self) -> Kind:
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        self._kind = kind
        self.update()

    def align_left(self) -> None:
        self._align = Qt.AlignmentFlag.AlignLeft

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses what has the focus, in dialogs and out of them."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    # measures

    def _font(self) -> QFont:
        return current().font(self._type, 600 if self._kind is Kind.PRIMARY else 500)

    def _hint_font(self) -> QFont:
        return current().font(Type.HINT, 400)

    def _parts(self) -> list[tuple[str, int]]:
        """(part, width) from left to right."""
        size = self._icon_size()
        if self._compact and self.folds:
            return [("icon", size)]
        parts = [("icon", size)] if self._icon else []
        if self._caption:
            parts.append(("text", _advance(self._caption, self._font())))
        if self._hint and self._caption:
            parts.append(("hint", _advance(self._hint, self._hint_font())))
        if self._trailing:
            parts.append(("trailing", size))
        return parts

    def _icon_size(self) -> int:
        return current().px(16 if self._caption else 18)

    def sizeHint(self) -> QSize:
        parts = self._parts()
        bare = not self._caption or (self._compact and self.folds)
        side = 8 if bare and self._caption else self._side
        width = sum(width for _, width in parts) + 8 * (len(parts) - 1) + 2 * side
        height = max(current().reach(self._height), 28)
        return QSize(max(width, height if bare else 0), height)

    def whole_width(self) -> int:
        """With its caption, whether that is shown now or not."""
        compact, self._compact = self._compact, False
        width = self.sizeHint().width()
        self._compact = compact
        return width

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # paint

    def _look(self) -> _Look:
        t = current().tokens
        hot = self.underMouse() and self.isEnabled()
        none: QColor | None = None
        fill, border, ink, hint = none, none, t.text, t.text3
        if self._kind is Kind.PRIMARY:
            fill = colour(t.accent_hover if hot or self.isDown() else t.accent)
            ink = hint = t.on_accent
        elif self._kind is Kind.DANGER:
            fill, border = colour(t.danger_soft if hot else t.surface), colour(t.danger)
            ink = hint = t.danger
        elif self._kind is Kind.OUTLINE:
            fill = colour(t.surface2 if hot or self.isDown() else t.surface)
            border = colour(t.border_strong)
        elif self._kind is Kind.SOFT:
            fill = colour(t.neutral_soft if hot or self.isDown() else t.surface2)
        else:
            fill = colour(t.surface2) if hot or self.isDown() else None
            ink = t.accent if self._caption else t.text2
        if self.isCheckable() and self.isChecked():
            fill, ink = colour(t.accent_soft), t.accent
        if not self.isEnabled():
            ink = hint = t.text3
            fill = colour(t.surface2) if self._kind is not Kind.TEXT else None
            border = None
        return _Look(fill, border, colour(ink), colour(hint))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._look()
        rect = QRectF(self.rect())
        rounded(painter, rect, RADIUS_CONTROL, look.fill, look.border)
        self._paint_focus(painter, rect)
        self._paint_parts(painter, look)

    def _paint_focus(self, painter: QPainter, rect: QRectF) -> None:
        if not self.hasFocus():
            return
        t = current().tokens
        if self._kind is Kind.PRIMARY and self.isEnabled():
            inner = rect.adjusted(3, 3, -3, -3)
            rounded(painter, inner, RADIUS_CONTROL - 3, None, colour(t.on_accent), 1.5)
        else:
            rounded(painter, rect, RADIUS_CONTROL, None, colour(t.accent), 2)

    def _paint_parts(self, painter: QPainter, look: _Look) -> None:
        parts = self._parts()
        total = sum(width for _, width in parts) + 8 * (len(parts) - 1)
        left = self._align is Qt.AlignmentFlag.AlignLeft
        x = self._side if left else max((self.width() - total) // 2, 2)
        for part, width in parts:
            self._paint_part(painter, part, x, width, look)
            x += width + 8

    def _paint_part(self, painter: QPainter, part: str, x: int, width: int, look: _Look) -> None:
        if part in ("icon", "trailing"):
            name = self._icon if part == "icon" else self._trailing
            box = QRectF(x, (self.height() - width) // 2, width, width)
            icons.paint(painter, name or "", look.ink, box)
            return
        if part == "hint" and not self._hint_shown:
            return
        painter.setFont(self._font() if part == "text" else self._hint_font())
        painter.setPen(look.ink if part == "text" else look.hint)
        box = QRectF(x, 0, width + 2, self.height())
        text = self._caption if part == "text" else self._hint
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)
