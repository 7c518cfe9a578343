"""Two encodings of Vietnamese before Unicode that Python does not have.

Tables of ``codecs.charmap_decode``: TCVN 5712-1 (ABC fonts) and VISCII 1.1, as in GNU libc.
"""

from __future__ import annotations

_ASCII = "".join(map(chr, range(128)))
#: VISCII puts six capitals in place of control characters.
_VISCII_LOW = str.maketrans("\x02\x05\x06\x14\x19\x1e", "ẲẴẪỶỸỴ")

TCVN = _ASCII + (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
VISCII = _ASCII.translate(_VISCII_LOW) + (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
