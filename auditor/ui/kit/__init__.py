"""The widgets that every screen is made of."""

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Banner, Card, EmptyState, Line, ScrollArea, clear
from auditor.ui.kit.chip import Badge, Chip, Icon, KeyCap, LeadIcon
from auditor.ui.kit.dialog import ConfirmDialog, Dialog
from auditor.ui.kit.field import CheckBox, DateEdit, Field, Labelled, Select
from auditor.ui.kit.header import Header
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.rail import AppMark, Destination, Rail, RailItem
from auditor.ui.kit.ring import ProgressLine, Ring
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import ElidedLabel, Label, restyle
from auditor.ui.kit.toast import Toast

__all__ = [
    "AppMark",
    "Badge",
    "Banner",
    "Button",
    "Card",
    "CheckBox",
    "Chip",
    "ConfirmDialog",
    "DateEdit",
    "Destination",
    "Dialog",
    "ElidedLabel",
    "EmptyState",
    "Field",
    "Header",
    "Icon",
    "KeyCap",
    "Kind",
    "Label",
    "Labelled",
    "LeadIcon",
    "Line",
    "ProgressLine",
    "Rail",
    "RailItem",
    "Ring",
    "ScrollArea",
    "Segmented",
    "Select",
    "Toast",
    "clear",
    "restyle",
    "rounded",
]
