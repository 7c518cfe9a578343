"""The headings that tables of locations have, in Vietnamese and English, without marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Generic, TypeAlias, TypeVar

from auditor.domain.folding import folded
from auditor.services.importing.fields import Field

M = TypeVar("M")

_NOT_WORDS = re.compile(r"[^0-9a-z]+")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")

#: Phrases parted by "|". What is earlier in a line is not preferred.
_PHRASES: dict[Field, str] = {
    Field.CODE: (
        "ma|code|id|ma so|ma hieu|ma ch|mach|ma cua hang|ma so cua hang|ma cn|ma chi nhanh|ma dv"
        "|ma don vi|ma db|ma diem ban|ma diem ban hang|ma dia diem|ma diem|ma quan|ma nha hang"
        "|ma pgd|ma phong giao dich|ma kho|ma shop|ma store|ma outlet|ma st|ma sieu thi|ma tttm"
        "|ma dai ly|ma npp|ma kh|ma khach hang|ma co so|ma showroom|ma tram|ma cay xang"
        "|store code|store id|store no|store number|shop code|shop id|shop no|outlet code|outlet id"
        "|outlet no|outlet number|branch code|branch id|branch no|branch number|location code"
        "|location id|location no|location number|site code|site id|site no|site number|pos code"
        "|pos id|unit code|dealer code|customer code|restaurant code|restaurant id|hotel code"
        "|place code|place id|point of sale code|pos"
    ),
    Field.NAME: (
        "ten|name|ten ch|ten cua hang|cua hang|ten cn|ten chi nhanh|chi nhanh|ten dv|ten don vi"
        "|don vi|ten db|ten diem ban|diem ban|ten diem ban hang|diem ban hang|ten dia diem|dia diem"
        "|ten diem|ten quan|ten nha hang|nha hang|ten pgd|ten phong giao dich|phong giao dich|pgd"
        "|ten shop|ten store|ten outlet|ten sieu thi|sieu thi|ten dai ly|dai ly|ten npp|ten kh"
        "|ten khach hang|ten co so|co so|ten showroom|showroom|ten goi|ten tram|ten cay xang"
        "|store|store name|shop|shop name|outlet|outlet name|branch|branch name|location"
        "|location name|site|site name|pos name|unit name|dealer name|customer name|restaurant"
        "|restaurant name|hotel name|place|place name|point of sale|point of sale name|title"
    ),
    Field.ADDRESS: (
        "dia chi|dc|d c|address|dia chi cua hang|dia chi ch|dia chi chi nhanh|dia chi diem ban"
        "|dia chi day du|dia chi chi tiet|dia chi cu the|full address|street|street address|so nha"
        "|duong|ten duong|pho|so nha duong|so nha ten duong|address 1|address 2|address line 1"
        "|address line 2|store address|outlet address|location address|shop address|branch address"
    ),
    Field.BRAND: (
        "thuong hieu|ten thuong hieu|nhan hieu|nhan hang|ten nhan hieu|brand|brand name|banner"
        "|chuoi|ten chuoi|chain|chain name|he thong"
    ),
    Field.CONTACTS: (
        "lien he|nguoi lien he|thong tin lien he|ten nguoi lien he|lien lac|nguoi lien lac"
        "|dien thoai|dt|dien thoai lien he|so dien thoai|sdt|so dt|sdt cua hang|dien thoai cua hang"
        "|di dong|so di dong|hotline|email|e mail|thu dien tu|cua hang truong|cht|ten cht|sdt cht"
        "|ten cua hang truong|quan ly|nguoi quan ly|ten quan ly|quan ly cua hang|sdt quan ly"
        "|giam doc|truong chi nhanh|chu cua hang|contact|contacts|contact name|contact person"
        "|contact info|contact details|contact phone|contact number|phone|phone number|phone no"
        "|telephone|tel|mobile|mobile phone|manager|store manager|manager name|store manager name"
        "|manager phone|store phone|store email|mail"
    ),
    Field.HOURS: (
        "gio mo cua|gio dong cua|gio hoat dong|thoi gian hoat dong|thoi gian mo cua|gio lam viec"
        "|thoi gian lam viec|gio phuc vu|gio ban hang|gio|opening hours|open hours|business hours"
        "|working hours|hours|store hours|trading hours|hours of operation|operating hours"
        "|opening time|closing time|open time|close time|opens|closes|opening|closing"
    ),
    Field.TAGS: (
        "the|nhan|tag|tags|label|labels|loai|loai hinh|loai cua hang|phan loai|nhom|nhom cua hang"
        "|kenh|kenh ban hang|hang cua hang|mo hinh|tu khoa|type|store type|outlet type|category"
        "|store category|group|store group|channel|format|store format|segment|cluster|tier|class"
        "|keywords"
    ),
    Field.ACTIVE: (
        "hoat dong|con hoat dong|dang hoat dong|trang thai|trang thai hoat dong|tinh trang"
        "|tinh trang hoat dong|active|is active|status|store status|enabled|open|in use|dang mo"
    ),
}
#: Parts of a region, from the widest.
_LEVELS = (
    "quoc gia|nuoc|country",
    "mien|region group|macro region",
    "vung|vung mien|zone|territory|region|khu vuc mien",
    "khu vuc|kv|area|sub region|tieu vung|cum",
    (
        "tinh|tinh tp|tinh thanh|tinh thanh pho|ten tinh|tp|tp tinh|thanh pho|thanh pho tinh"
        "|province|city|city province|province city|state|town|metro"
    ),
    "quan|huyen|quan huyen|huyen quan|quan huyen thi xa|quan huyen tp|thi xa|district|county",
    "phuong|xa|phuong xa|xa phuong|phuong xa thi tran|ward|commune|ward commune",
)
_PATHS = "duong dan khu vuc|duong dan vung|khu vuc day du|region path|full region"
#: These begin like a heading of ours and are none.
_OTHERS = (
    "stt|so tt|so thu tu|tt|no|ghi chu|note|notes|remark|remarks|mo ta|description|ma so thue|mst"
    "|tax code|ma vung|ma khu vuc|ma kv|ma tinh|ma quan huyen|ma huyen|ma phuong|ma xa|ma mien"
    "|ma buu dien|ma buu chinh|zip|zip code|postal code|postcode|ma nhan vien|ma nv|ten nhan vien"
    "|ma thuong hieu|brand code|brand id|ma chuoi|region code|area code|city code|province code"
    "|district code|ward code|ma asm|ten asm|ma sup|ten sup|kinh do|vi do|toa do|latitude|longitude"
    "|lat|long|lng|ngay mo cua|ngay khai truong|ngay dong cua|opening date|closing date|open date"
    "|dien tich|ma san pham|ten san pham|ma du an|ten du an|region name code"
)
PATH, OTHER = "path", "other"
#: What a phrase means: a field, the rank of a level of region, a whole path, or nothing of ours.
Meaning = Field | int | str


def _table() -> dict[str, Meaning]:
    table: dict[str, Meaning] = dict.fromkeys(_OTHERS.split("|"), OTHER)
    table |= dict.fromkeys(_PATHS.split("|"), PATH)
    for rank, phrases in enumerate(_LEVELS):
        table |= dict.fromkeys(phrases.split("|"), rank)
    for given, phrases in _PHRASES.items():
        table |= dict.fromkeys(phrases.split("|"), given)
    return table


#: How sure a reading is: of these, then the length of what was known.
Sureness: TypeAlias = tuple[int, int]
#: Vietnamese headings begin with what they are, English ones end with it.
EXACT, BEGINS, ENDS = 3, 2, 1


def spoken(heading: str) -> str:
    """A heading in lower case without marks, asides in brackets and punctuation."""
    plain = _words(_ASIDE.sub(" ", heading))
    return plain or _words(heading)


def _words(heading: str) -> str:
    return _NOT_WORDS.sub(" ", folded(heading)).strip()


class Headings(Generic[M]):
    """Headings that are known, by what is spoken of them."""

    def __init__(self, meanings: Mapping[str, M]) -> None:
        self._meanings = meanings
        self._longest = max(phrase.count(" ") + 1 for phrase in meanings)

    def meaning(self, heading: str) -> tuple[M, Sureness] | None:
        """What a heading means and how sure that is (more is surer); None for an unknown one."""
        if len(heading) > 120:  # prose, no heading
            return None
        known, said = self._meanings, spoken(heading)
        if said in known:
            return known[said], (EXACT, len(said))
        words = said.split()
        for length in range(min(len(words) - 1, self._longest), 0, -1):
            first, last = " ".join(words[:length]), " ".join(words[-length:])
            if first in known and len(first) > 2:
                return known[first], (BEGINS, len(first))
            if last in known and len(last) > 2:
                return known[last], (ENDS, len(last))
        return None


_KNOWN: Headings[Meaning] = Headings(_table())
meaning = _KNOWN.meaning
