"""What stands below a table and is no row of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from auditor.domain.folding import folded
from auditor.services.sheets.book import Row

#: "Tổng cộng", "Tổng số cửa hàng: 45", "Cộng:", "Grand total".
_TOTAL = re.compile(
    r"(tong|tong cong|tong so\b.{0,30}|cong|grand total|sub ?total|total|sum)[ :]*\d*"
)
#: "Người lập bảng", "Kế toán trưởng", "Hà Nội, ngày 5 tháng 1 năm 2027", "(Ký, ghi rõ họ tên)".
_SIGNED = re.compile(
    r"nguoi (lap|duyet|kiem|ky|phu trach)\b.*|(ke toan|giam doc|thu truong|truong phong|thu kho)"
    r"\b.*|(.*, ?)?ngay\b.*\bthang\b.*\bnam\b.*|\(?ky\b.*ho ten.*|xac nhan\b.*"
    r"|(prepared|checked|approved|signed) by\b.*"
)
#: Cells of a row that is signed with, "Người lập bảng", "Ngày 5 tháng 1".
_FEW = 2


def without_foot(rows: Iterable[Row], names: Sequence[int]) -> list[Row]:
    """The rows without those that sum up others, and without notes at the end. ``names`` are the
    columns by which a row is told."""
    kept = [row for row in rows if not _is_total(row, names)]
    while kept and _is_note(kept[-1], names):
        kept.pop()
    return kept


def _is_total(row: Row, names: Sequence[int]) -> bool:
    """Its first cell says so, and no name says anything else, but for a number."""
    first = next((cell for cell in row.cells if cell.strip()), "").strip()
    if len(first) > 60 or _TOTAL.fullmatch(folded(first).strip(" .:")) is None:
        return False
    told = (row.cells[at].strip() for at in names)
    return all(not cell or cell == first or cell.isdecimal() for cell in told)


def _is_note(row: Row, names: Sequence[int]) -> bool:
    """It is not told by any name, and hardly says anything else; or it is signed with."""
    filled = {cell for cell in row.cells if cell.strip()}
    if any(row.cells[at].strip() for at in names):
        return all(_SIGNED.fullmatch(folded(cell).strip(" .:")) for cell in filled)
    return len(filled) <= _FEW
