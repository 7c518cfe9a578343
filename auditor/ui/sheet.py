"""The one style sheet: text roles, fields, lists, menus, scroll bars. Buttons paint themselves."""

from __future__ import annotations

from string import Template

from auditor.ui.theme import RADIUS_CONTROL, SIZES, Ink, Theme

_FIXED = Template("""
QWidget#screen, QMainWindow, QStackedWidget#screens { background: $bg; }
QDialog { background: $surface; }
QLabel { background: transparent; color: $text; }
QToolTip { background: $surface; color: $text; border: 1px solid $border_strong;
           padding: 2px 4px; font-size: ${px13}px; }
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox {
    background: $surface; color: $text; border: 1px solid $border_strong; border-radius: ${r}px;
    padding: 3px 11px; placeholder-text-color: $text3;
    selection-background-color: $accent; selection-color: $on_accent;
    font-size: ${px14}px; }
QLineEdit, QAbstractSpinBox { min-height: ${line}px; }
QPlainTextEdit, QTextEdit { padding: 5px 7px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus {
    border: 2px solid $accent; }
QLineEdit:focus, QAbstractSpinBox:focus { padding: 2px 10px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 4px 6px; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QAbstractSpinBox[invalid="true"] {
    border-color: $danger; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $surface2; }
QLineEdit:disabled, QAbstractSpinBox:disabled { color: $text3; background: $surface2;
    border-color: $border; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QDateEdit::drop-down { width: 32px; border: none; background: transparent; }
QDateEdit::down-arrow { image: none; width: 0; height: 0; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }
QAbstractItemView { background: $surface; color: $text; border: none; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; }
QComboBoxPrivateContainer { background: $surface; border: 1px solid $border_strong; }
QListView#popup { padding: 4px; }
QTableView { background: transparent; border: 1px solid $border; gridline-color: $border; }
QTableView#visits { border: none; }
QTableView#places { border-color: $border_strong; border-radius: ${r}px; }
QTableView#places:focus { border: 2px solid $accent; }
QTableView::item { padding: 0 5px; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QTableView QLineEdit { border-radius: 0; padding: 0 6px; min-height: 0; }
QTableView QLineEdit:focus { padding: 0 5px; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $text2; border: none;
    border-bottom: 1px solid $border; padding: 6px 8px; font-weight: 600;
    font-size: ${px13}px; }
QTableCornerButton::section { background: transparent; border: none;
    border-bottom: 1px solid $border; }
QMenu { background: $surface; color: $text; border: 1px solid $border_strong; padding: 4px; }
QMenu::item { padding: ${menu}px 24px ${menu}px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border_strong; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $neutral_soft; border: none; border-radius: 4px; max-height: 8px;
    min-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QFileDialog QPushButton { background: $surface; color: $text; border: 1px solid $border_strong;
    border-radius: ${r}px; padding: 3px 14px; min-height: ${line}px; font-weight: 500; }
QFileDialog QPushButton:hover { background: $surface2; }
QFileDialog QPushButton:focus { border: 2px solid $accent; padding: 2px 13px; }
QFileDialog QPushButton:disabled { color: $text3; background: $surface2; border-color: $border; }
QFileDialog QComboBox { background: $surface; color: $text; border: 1px solid $border_strong;
    border-radius: ${r}px; padding: 3px 11px; min-height: ${line}px; }
QFileDialog QComboBox:focus { border: 2px solid $accent; padding: 2px 10px; }
QFileDialog QComboBox::drop-down { border: none; width: 28px; }
QFileDialog QToolButton { background: transparent; border: none; border-radius: 6px; padding: 6px; }
QFileDialog QToolButton:hover, QFileDialog QToolButton:checked { background: $surface2; }
QFileDialog QToolButton:focus { border: 2px solid $accent; padding: 4px; }
QFileDialog QTreeView::item, QFileDialog QListView::item { min-height: ${row}px; }
QCalendarWidget QWidget { background: $surface; color: $text; }
QCalendarWidget QToolButton { background: transparent; border: none; border-radius: 6px;
    padding: 4px 8px; font-weight: 600; color: $text; }
QCalendarWidget QToolButton:hover { background: $surface2; }
QCalendarWidget QTableView { border: none; }
QCalendarWidget QTableView::item { padding: 0; }
QCalendarWidget QToolButton::menu-indicator { image: none; width: 0; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent;
    selection-color: $on_accent; }
""")


def stylesheet(theme: Theme) -> str:
    tokens = theme.tokens
    values = {name: getattr(tokens, name) for name in tokens.__dataclass_fields__}
    fixed = _FIXED.substitute(
        values,
        px13=theme.px(13),
        px14=theme.px(14),
        line=theme.reach(36) - 8 if theme.touch else theme.px(28),
        row=theme.px(30),
        menu=12 if theme.touch else 6,
        r=RADIUS_CONTROL,
    )
    return fixed + _text_roles(theme)


def _text_roles(theme: Theme) -> str:
    roles = [
        f'QLabel[type="{role}"] {{ font-size: {theme.px(size)}px; font-weight: {weight}; }}'
        for role, (size, weight) in SIZES.items()
    ]
    inks = [f'QLabel[ink="{ink}"] {{ color: {getattr(theme.tokens, ink)}; }}' for ink in Ink]
    return "\n".join(roles + inks)
