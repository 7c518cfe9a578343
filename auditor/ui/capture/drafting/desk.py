"""What cards and editors share: the draft, the words, and the hands that fetch files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.words import Words

if TYPE_CHECKING:
    from auditor.ui.capture.drafting.draft import Draft
    from auditor.ui.capture.drafting.stopwatches import Stopwatches
    from auditor.ui.capture.photos.album import Album
    from auditor.ui.capture.photos.attaching import Attaching
    from auditor.ui.capture.photos.thumbs import Thumbs


@dataclass(frozen=True, slots=True)
class Desk:
    """One per capture screen. ``compact`` is the small screen: chips shorten, rows share."""

    draft: Draft
    words: Words
    attaching: Attaching
    stopwatches: Stopwatches
    thumbs: Thumbs
    album: Album
    compact: bool = False
