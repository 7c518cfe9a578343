"""What may be attached to a question, and what the dialog says that asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.words import mark

PICTURES = "*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff *.bmp *.gif"
SOUNDS = "*.mp3 *.m4a *.wav *.ogg *.oga *.flac *.aac *.opus *.amr *.wma *.mp4 *.3gp"


@dataclass(frozen=True, slots=True)
class FileKind:
    """What may be attached: ``kind`` of the evidence, what the dialog says."""

    kind: str
    title: str
    files: str
    pattern: str


PHOTO = FileKind("photo", mark("Choose photos"), mark("Pictures"), PICTURES)
AUDIO = FileKind("audio", mark("Choose a recording"), mark("Recordings"), SOUNDS)
SIGNATURE = FileKind("signature", mark("Choose a picture of the signature"), mark("Pictures"),
                     PICTURES)  # fmt: skip
FILE = FileKind("file", mark("Choose a file"), mark("Files"), "*")
