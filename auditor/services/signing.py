"""The certificate that reports are signed with: one made on this machine, or one that is given."""

from __future__ import annotations

from pathlib import Path

from auditor.domain.errors import UserError
from auditor.services.folders import own_certificate
from auditor.store import files
from forms.system import reason
from reports.protecting import Credential
from reports.sealing import self_signed

#: A certificate file has a few thousand bytes.
MOST_BYTES = 1_000_000
#: Told to everybody who gets a signed report: no name of a person or a machine.
NAME = "Mystery Auditor"


def own_credential(path: Path | None = None) -> Credential:
    """That of this machine; made on first use. Readable for its person alone.

    Raises UserError ``certificate_unreadable`` and ``certificate_unwritable``.
    """
    path = path or own_certificate()
    if path.exists():
        return given_credential(path)
    credential = self_signed(NAME)
    try:
        files.make_folder(path.parent)
        path.parent.chmod(0o700)
        files.write_durably(path, credential.pkcs12)
        path.chmod(0o600)
    except OSError as error:
        raise UserError(
            "certificate_unwritable",
            "The certificate could not be kept in {path}: {reason}.",
            path=path,
            reason=reason(error),
        ) from error
    return credential


def given_credential(path: Path, word: str = "") -> Credential:
    """The one in a .p12 or .pfx file, which ``word`` opens.

    Raises UserError ``certificate_unreadable``; that it holds no key is told when it signs.
    """
    try:
        with path.open("rb") as file:
            return Credential(file.read(MOST_BYTES), word)
    except OSError as error:
        raise UserError(
            "certificate_unreadable",
            "The certificate {path} cannot be read: {reason}.",
            path=path,
            reason=reason(error),
        ) from error
