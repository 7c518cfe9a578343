"""What a file is, by its content: its name may say otherwise."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from auditor.domain.errors import NotFoundError, RefusedError, UserError
from auditor.services.sheets.archives import Archive, password
from auditor.services.sheets.book import MAX_FILE, MEGABYTE, BookKind
from auditor.services.typed import one_line
from auditor.words import WORDS, mark

_SAVE_AS = mark(
    "{name} is {what}, which cannot be read as a table. Open it in Excel or LibreOffice, save it "
    "as .xlsx, then choose that file."
)
_EXPORT = mark(
    "{name} is {what}, which cannot be read as a table. Open it in Numbers, export it to Excel "
    "(.xlsx), then choose that file."
)
_OTHER = mark("{name} is {what}, and no table. Choose an Excel, LibreOffice or CSV file.")
#: What stands at {what}.
_WEB, _XML, _MAIL = mark("a web page"), mark("an XML file"), mark("a web page in one file")
_OLD, _BINARY = mark("a workbook of an old program"), mark("a binary workbook (.xlsb)")
_WORDS, _SLIDES = mark("a text document"), mark("a presentation")
_PDF, _PICTURE, _ARCHIVE = mark("a PDF"), mark("a picture"), mark("an archive")
_NUMBERS, _BYTES = mark("a Numbers workbook"), mark("a file of another kind")

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", _OTHER, _PDF),
    (b"\x89PNG", _OTHER, _PICTURE),
    (b"\xff\xd8\xff", _OTHER, _PICTURE),
    (b"GIF8", _OTHER, _PICTURE),
    (b"{\\rtf", _OTHER, _WORDS),
    (b"Rar!", _OTHER, _ARCHIVE),
    (b"7z\xbc\xaf", _OTHER, _ARCHIVE),
    (b"\x1f\x8b", _OTHER, _ARCHIVE),
    (b"PK\x05\x06", _OTHER, _ARCHIVE),
    (b"\x09\x00\x04\x00", _SAVE_AS, _OLD),
    (b"\x09\x02\x06\x00", _SAVE_AS, _OLD),
    (b"\x09\x04\x06\x00", _SAVE_AS, _OLD),
    (b"\x00\x00\x02\x00", _SAVE_AS, _OLD),  # Lotus 1-2-3
    (b"\x00\x00\x1a\x00", _SAVE_AS, _OLD),
)
_HTML = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|style|div|center|font|form)\b",
    re.I,
)
_TABLE = re.compile(rb"<t[dh]\b", re.I)
_EXCEL_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_XML_START = re.compile(rb"\s*<\?xml\b", re.I)
_MIME = re.compile(rb"\s*MIME-Version:", re.I)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def content_of(path: Path) -> bytes:
    """Raises NotFoundError; RefusedError: folder, no_file, file_too_big, empty_file."""
    try:
        known = path.stat()
        _require_file(path, known.st_mode)
        _require_size(path, known.st_size)
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise _unreadable(path, error) from error
    _require_size(path, len(content))
    if not content:
        raise RefusedError(
            "empty_file", "{name} is empty. Choose another file.", name=name_of(path)
        )
    return content


def name_of(path: Path) -> str:
    """The name of the file as a sentence may hold it."""
    return one_line(os.fsencode(path.name).decode("utf-8", "replace"))[:120] or "?"


def _unreadable(path: Path, error: Exception) -> UserError:
    name = name_of(path)
    if isinstance(error, PermissionError):
        return RefusedError(
            "not_allowed",
            "{name} may not be read. It may be open in Excel: close it there, or choose a copy.",
            name=name,
        )
    if isinstance(error, OSError) and error.errno == errno.EISDIR:
        return _folder(name)
    return NotFoundError("file", "{path} cannot be read. Check that it is still there.", path=name)


def _folder(name: str) -> RefusedError:
    return RefusedError("folder", "{name} is a folder. Choose a file in it.", name=name)


def _require_file(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise _folder(name_of(path))
    if not stat.S_ISREG(mode):  # a pipe or a device never ends
        raise RefusedError("no_file", "{name} is no file. Choose another one.", name=name_of(path))


def _require_size(path: Path, size: int) -> None:
    if size > MAX_FILE:
        raise RefusedError(
            "file_too_big",
            "{name} is larger than {limit} MB. Save the list alone into a file of its own.",
            name=name_of(path),
            limit=MAX_FILE // MEGABYTE,
        )


def kind_of(content: bytes, name: str) -> BookKind:
    """Raises RefusedError: not_a_table, password, too_large, damaged."""
    if content.startswith(_ZIP):
        return _kind_of_archive(Archive(content, name), name)
    if content.startswith(_OLE):
        return _kind_of_compound(content, name)
    for beginning, message, what in _BEGINNINGS:
        if content.startswith(beginning):
            raise _not_a_table(name, message, what)
    if (markup := _kind_of_markup(content, name)) is not None:
        return markup
    if not content.startswith(_MARKS[1:]) and _is_binary(content):
        raise _not_a_table(name, _OTHER, _BYTES)
    return BookKind.TEXT


def _not_a_table(name: str, message: str, what: str) -> RefusedError:
    return MistakenError("not_a_table", message, name=name, what=what)


class MistakenError(RefusedError):
    """The file is something else; what it is, is said in the language of the sentence."""

    def text(self, language: str) -> str:
        values = self.values | {"what": WORDS.text(language, str(self.values["what"]))}
        return WORDS.text(language, self.message, **values)


def _kind_of_archive(archive: Archive, name: str) -> BookKind:
    mimetype = archive.small("mimetype").decode("ascii", "replace").strip()
    if mimetype.startswith("application/vnd.oasis.opendocument."):
        return _kind_of_open_document(archive, mimetype, name)
    if "xl/workbook.xml" in archive.names:
        return BookKind.XLSX
    for member, message, what in (
        ("xl/workbook.bin", _SAVE_AS, _BINARY),
        ("word/document.xml", _OTHER, _WORDS),
        ("ppt/presentation.xml", _OTHER, _SLIDES),
        ("index/document.iwa", _EXPORT, _NUMBERS),
    ):
        if member in archive.names:
            raise _not_a_table(name, message, what)
    raise _not_a_table(name, _OTHER, _ARCHIVE)


def _kind_of_open_document(archive: Archive, mimetype: str, name: str) -> BookKind:
    if not mimetype.endswith((".spreadsheet", ".spreadsheet-template")):
        raise _not_a_table(name, _OTHER, _WORDS)
    if b"encryption-data" in archive.small("META-INF/manifest.xml"):
        raise password(name)
    return BookKind.ODS


def _kind_of_compound(content: bytes, name: str) -> BookKind:
    """The names of its streams are UTF-16."""
    if _utf16("EncryptedPackage") in content or _utf16("EncryptionInfo") in content:
        raise password(name)
    if _utf16("WordDocument") in content and _utf16("Workbook") not in content:
        raise _not_a_table(name, _OTHER, _WORDS)
    if _utf16("Workbook") in content or _utf16("Book") in content:
        return BookKind.XLS
    raise _not_a_table(name, _OTHER, _BYTES)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _kind_of_markup(content: bytes, name: str) -> BookKind | None:
    """Programs write web pages and XML, and call them .xls."""
    start = content[:4096]
    if start.startswith(_MARKS[1:]) or start[1:2] == b"\0":
        start = start.replace(b"\0", b"")[2:] if start.startswith(_MARKS[1:]) else start[::2]
    start = start.removeprefix(_MARKS[0])
    if _MIME.match(start):
        raise _not_a_table(name, _SAVE_AS, _MAIL)
    if _XML_START.match(start) and b"<html" not in start.lower():
        if _EXCEL_XML in start:
            return BookKind.SPREADSHEET_XML
        raise _not_a_table(name, _SAVE_AS, _XML)
    if _HTML.match(start) or _XML_START.match(start):
        if _TABLE.search(content.replace(b"\0", b"")) is None:
            raise _not_a_table(name, _SAVE_AS, _WEB)
        return BookKind.PAGE
    return None


def _is_binary(content: bytes) -> bool:
    """NULs are no text, unless every other byte is one (UTF-16); nor are many control bytes."""
    start = content[:65536]
    nulls = start.count(0)
    if nulls:
        halves = start[::2].count(0), start[1::2].count(0)
        return max(halves) < len(start) // 8 or min(halves) > len(start) // 50
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return controls > len(start) // 20


_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b\x1a")
