"""Amounts of money as they stand on receipts. No Qt."""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.ui.capture.cards.typed import MOST_DIGITS, plain

#: ISO 4217, those that evaluators of the region meet.
CURRENCIES = (
    "VND", "USD", "EUR", "GBP", "THB", "SGD", "MYR", "IDR", "PHP", "KHR", "LAK", "CNY", "TWD",
    "HKD", "JPY", "KRW", "AUD",
)  # fmt: skip
_SIGNS = re.compile(r"(?:vnd|dong|d|usd|eur|gbp|[₫$€£¥₩฿])$|^(?:vnd|usd|eur|gbp|[₫$€£¥₩฿])")
_THOUSANDS = re.compile(r"(k|nghin|ngan)$")


def read_money(text: str) -> Decimal | None:
    """The amount of "45.000", "45,000 đ", "45k", "1.234,50", "12.5"; None when there is none.

    A separator before three digits stands between thousands: no receipt has three decimals. So
    "0.500" and "1.2345" are no amounts.
    """
    found = _SIGNS.sub("", re.sub(r"[\s\u00a0\u202f']", "", plain(text)))
    thousands = _THOUSANDS.search(found)
    found = _THOUSANDS.sub("", found)
    if len(found) > MOST_DIGITS:
        return None
    amount = _grouped(found) or _single(found)
    if amount is None:
        return None
    return amount * 1000 if thousands else amount


def _grouped(text: str) -> Decimal | None:
    """Thousands between one kind of separator, perhaps decimals after the other."""
    parts = re.fullmatch(r"([1-9]\d{0,2}(?:([.,])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d{1,2}))?", text)
    if parts is None:
        return None
    return Decimal(f"{re.sub('[.,]', '', parts[1])}.{parts[3] or '0'}").normalize() + 0


def _single(text: str) -> Decimal | None:
    """Without thousands: a comma or a point stands before one or two decimals."""
    parts = re.fullmatch(r"(\d+)(?:[.,](\d{1,2}))?", text)
    return None if parts is None else Decimal(f"{parts[1]}.{parts[2] or '0'}").normalize() + 0


def show_money(amount: Decimal, language: str) -> str:
    """Grouped as the language does: "1.234,50" in Vietnamese, "1,234.50" in English."""
    text = f"{amount:,f}"
    if "." in text:
        whole, _, cents = text.partition(".")
        cents = cents.rstrip("0")
        text = f"{whole}.{cents.ljust(2, '0')}" if cents else whole
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text
