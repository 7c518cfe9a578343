"""What a person may ask for on top of a report: a password to read it, a signature under it.

In this order: the report is built, encrypted, signed. pikepdf and pyHanko are loaded on first use.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from reports.errors import ReportError
from reports.stamp import PROTECTED, SIGNED, stamp_protected
from reports.words import mark

#: AES-256 of PDF 2.0 takes so many bytes of a password.
LONGEST: Final = 127

TOO_LONG = mark("A password has at most {most} bytes; this one has {bytes}.")


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate with its private key: a PKCS#12 file, and the word that opens it."""

    pkcs12: bytes = field(repr=False)
    word: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Protection:
    """``password`` is asked of whoever opens the file; nobody can get round it, nor can we."""

    password: str = field(default="", repr=False)
    credential: Credential | None = None


def protect(data: bytes, by: Protection) -> bytes:
    """The PDF ``data`` with what ``by`` asks for. Never twice the same bytes: both are random.

    Raises ReportError ``password_too_long``, ``no_credential``, ``certificate_expired``.
    """
    check(by)
    plain = data
    if by.password:
        data = encrypt(data, by.password)
    data = stamp_protected(plain, data, SIGNED if by.credential else PROTECTED)
    if by.credential is not None:
        from reports.sealing import sign

        data = sign(data, by.credential, by.password)
    return data


def check(by: Protection) -> None:
    """Raises ReportError as ``protect`` would."""
    size = len(by.password.encode())
    if size > LONGEST:
        raise ReportError("password_too_long", TOO_LONG, most=LONGEST, bytes=size)
    if by.credential is not None:
        from reports.sealing import check as check_credential

        check_credential(by.credential)


def encrypt(data: bytes, password: str) -> bytes:
    """AES-256 (revision 6), metadata too. There is one password, which allows everything: flags
    that forbid printing or copying are obeyed by good programs only, and readers for blind people
    are often not among them."""
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6))
    return out.getvalue()
