"""Be Vietnam Pro, the one font of screen and paper (OFL-1.1, see ``OFL.txt``)."""

from pathlib import Path

FOLDER = Path(__file__).parent
#: PostScript-style name to file, in order of weight.
FILES = {
    "BeVietnamPro-Regular": FOLDER / "BeVietnamPro-Regular.ttf",
    "BeVietnamPro-Medium": FOLDER / "BeVietnamPro-Medium.ttf",
    "BeVietnamPro-SemiBold": FOLDER / "BeVietnamPro-SemiBold.ttf",
    "BeVietnamPro-Bold": FOLDER / "BeVietnamPro-Bold.ttf",
}
