"""Hand a report on: to the clipboard, or to the mail program as a draft with the file attached."""

from __future__ import annotations

import filecmp
import platform
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from PySide6.QtCore import QMimeData, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QImage


@dataclass(frozen=True, slots=True)
class Mail:
    """A draft: no address is known here."""

    subject: str
    body: str
    attachments: tuple[Path, ...]


def named_copy(source: Path, name: str, folder: Path) -> Path:
    """The file under the name that a person knows it by, in ``folder``. One that lies there may be
    open in a viewer, and is not written again. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    if not (target.exists() and filecmp.cmp(source, target, shallow=False)):
        shutil.copyfile(source, target)
    return target


def named_copies(files: Sequence[tuple[Path, Path]]) -> tuple[Path, ...]:
    """``named_copy`` of each file to where it goes."""
    return tuple(named_copy(source, target.name, target.parent) for source, target in files)


def file_mime(paths: Sequence[Path]) -> QMimeData:
    """What pasting into a folder or a mail takes for the files themselves."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    mime.setText("\n".join(map(str, paths)))
    return mime


def picture_mime(image: QImage) -> QMimeData:
    mime = QMimeData()
    mime.setImageData(image)
    return mime


@dataclass(frozen=True, slots=True)
class Ready:
    """How the draft is shown: by a program, or by opening a file."""

    command: tuple[str, ...] = ()
    file: Path | None = None


def prepare(mail: Mail) -> Ready:
    """The mail program of the desktop where it takes attachments, else a draft as a file, which
    other mail programs open. Not on the GUI thread. Raises OSError."""
    program = shutil.which("xdg-email") if platform.system() == "Linux" else None
    if program is None:
        return Ready(file=draft_file(mail))
    attached = (word for path in mail.attachments for word in ("--attach", str(path)))
    return Ready((program, "--subject", mail.subject, "--body", mail.body, *attached))


def draft_file(mail: Mail) -> Path:
    """The draft as .eml beside the first attachment, ready to be sent."""
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["X-Unsent"] = "1"  # to Outlook and Windows Mail: a draft, not a letter received
    message.set_content(mail.body)
    for attachment in mail.attachments:
        message.add_attachment(
            attachment.read_bytes(), "application", "pdf", filename=attachment.name
        )
    path = mail.attachments[0].with_suffix(".eml")
    path.write_bytes(message.as_bytes())
    return path


def show(ready: Ready) -> bool:
    """Open the draft; False where nothing on this machine can."""
    if ready.command:
        started, _ = QProcess.startDetached(ready.command[0], list(ready.command[1:]))
        return bool(started)
    return ready.file is not None and QDesktopServices.openUrl(QUrl.fromLocalFile(str(ready.file)))
