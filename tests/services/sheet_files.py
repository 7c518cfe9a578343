"""Workbooks made byte by byte, where no program here writes them, and such as none would write."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from xlsxwriter import Workbook

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{name}="{uri}"'
    for name, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }.items()
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def zipped(parts: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ods(*sheets: tuple[str, str], encrypted: bool = False) -> bytes:
    """``sheets``: name, and its rows as markup."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>{rows}</table:table>" for name, rows in sheets
    )
    manifest = "<m><encryption-data/></m>" if encrypted else "<m/>"
    return zipped(
        {
            "mimetype": _ODS,
            "content.xml": f'<?xml version="1.0"?><office:document-content {_SPACES}><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
            "META-INF/manifest.xml": manifest,
        }
    )


def ods_row(*cells: str, repeated: int = 1) -> str:
    start = f'<table:table-row table:number-rows-repeated="{repeated}">'
    return f"{start}{''.join(cells)}</table:table-row>"


def ods_text(text: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{escape(text)}</text:p>'
        "</table:table-cell>"
    )


def ods_number(value: float, shown: str) -> str:
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def ods_error(shown: str) -> str:
    return (
        '<table:table-cell table:formula="of:=[.A9]" office:value-type="string" '
        f'office:string-value="" calcext:value-type="error"><text:p>{shown}</text:p>'
        "</table:table-cell>"
    )


def xlsx_sheet(inner: str, **parts: bytes | str) -> bytes:
    """A workbook of XlsxWriter whose one sheet holds ``inner``; ``parts`` by their last name take
    the place of others."""
    out = io.BytesIO()
    with Workbook(out) as workbook:
        workbook.add_worksheet("S").write(0, 0, "x")
    with zipfile.ZipFile(out) as made:
        content: dict[str, bytes | str] = {name: made.read(name) for name in made.namelist()}
    content["xl/worksheets/sheet1.xml"] = (
        f'<?xml version="1.0"?><worksheet {_MAIN}>{inner}</worksheet>'
    )
    for name in list(content):
        last = name.rpartition("/")[2].partition(".")[0]
        if last in parts:
            content[name] = parts[last]
    return zipped(content)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _wide(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


XlsCell = tuple[int, int, str | float | None]


def xls(
    cells: Sequence[XlsCell], *, digits: int = 0, merged: Sequence[tuple[int, ...]] = ()
) -> bytes:
    """An .xls of one sheet "Bảng"; None is #REF!, numbers are shown with ``digits`` digits."""
    formats = _record(0x41E, struct.pack("<H", 164) + _wide("0" * digits)) if digits else b""
    style = struct.pack("<HH16x", 0, 164 if digits else 0)
    start = _record(0x809, struct.pack("<HHHHLL", 0x600, 5, 0, 0, 0, 6)) + formats
    start += _record(0xE0, style)
    name = "Bảng".encode("utf-16-le")
    end = _record(0x0A, b"")
    listed = len(start) + 4 + 8 + len(name)
    start += _record(0x85, struct.pack("<LBBBB", listed + len(end), 0, 0, 4, 1) + name) + end
    sheet = _record(0x809, struct.pack("<HHHHLL", 0x600, 0x10, 0, 0, 0, 6))
    sheet += b"".join(_xls_cell(*cell) for cell in cells)
    if merged:
        ranges = b"".join(struct.pack("<HHHH", *each) for each in merged)
        sheet += _record(0xE5, struct.pack("<H", len(merged)) + ranges)
    return compound({"Workbook": start + sheet + end})


def _xls_cell(row: int, column: int, value: str | float | None) -> bytes:
    at = struct.pack("<HHH", row, column, 0)
    if value is None:
        return _record(0x205, at + b"\x17\x01")
    if isinstance(value, str):
        return _record(0x204, at + _wide(value))
    return _record(0x203, at + struct.pack("<d", value))


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of streams of 4,096 bytes and more."""
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for name, content in streams.items():
        content += bytes(max(0, 4096 - len(content)))
        first = len(sectors)
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        sectors += pieces
        chains += [*range(first + 1, first + len(pieces)), 0xFFFFFFFE]
        entries.append(_entry(name, 2, first, len(content)))
    directory = b"".join(entries).ljust(512, b"\0")
    first_directory = len(sectors)
    sectors.append(directory)
    chains.append(0xFFFFFFFE)
    count = -(-(len(chains) + 1) // 127)
    fat_at = len(sectors)
    chains += [0xFFFFFFFD] * count
    chains += [0xFFFFFFFF] * (count * 128 - len(chains))
    fat = struct.pack(f"<{len(chains)}L", *chains)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<LLLLLLLLL", 0, count, first_directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    places = [fat_at + at for at in range(count)]
    header += struct.pack("<109L", *places, *[0xFFFFFFFF] * (109 - count))
    return header + b"".join(sectors) + fat


def _entry(name: str, kind: int, first: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    none = 0xFFFFFFFF
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBLLL", len(wide), kind, 1, none, none, child)
        + bytes(36)
        + struct.pack("<LQ", first, size)
    )


#: As systems on the web write it: times of no day, cells that go on, a row that is hidden.
SPREADSHEET = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Bìa"><Table/></Worksheet>
<Worksheet ss:Name="Cửa hàng"><Table>
<Row><Cell><Data ss:Type="String">Mã</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">Giờ
</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:MergeDown="1"><Data ss:Type="String">007</Data></Cell>
<Cell><Data ss:Type="Number">903123456</Data></Cell>
<Cell><Data ss:Type="DateTime">1899-12-31T07:30:00.000</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="Number">2.50</Data></Cell></Row>
</Table></Worksheet></Workbook>"""
