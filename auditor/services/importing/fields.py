"""What a column of a table of locations may hold."""

from __future__ import annotations

from enum import StrEnum

from auditor.words import mark


class Field(StrEnum):
    """``REGION`` is a path from the widest part to the narrowest, "Miền Nam / TP.HCM"; the four
    levels are one name each, the first the widest."""

    CODE = "code"
    NAME = "name"
    ADDRESS = "address"
    REGION = "region"
    REGION_1 = "region_1"
    REGION_2 = "region_2"
    REGION_3 = "region_3"
    REGION_4 = "region_4"
    BRAND = "brand"
    CONTACTS = "contacts"
    HOURS = "hours"
    TAGS = "tags"
    ACTIVE = "active"


LEVELS = (Field.REGION_1, Field.REGION_2, Field.REGION_3, Field.REGION_4)
#: More than one column may hold these; what they say is put together from left to right.
JOINED = frozenset({Field.ADDRESS, Field.CONTACTS, Field.HOURS, Field.TAGS})

#: What each is called on screen, and in the heading of an export.
TITLES: dict[Field, str] = {
    Field.CODE: mark("Code"),
    Field.NAME: mark("Name"),
    Field.ADDRESS: mark("Address"),
    Field.REGION: mark("Region"),
    Field.REGION_1: mark("Region, level 1"),
    Field.REGION_2: mark("Region, level 2"),
    Field.REGION_3: mark("Region, level 3"),
    Field.REGION_4: mark("Region, level 4"),
    Field.BRAND: mark("Brand"),
    Field.CONTACTS: mark("Contacts"),
    Field.HOURS: mark("Opening hours"),
    Field.TAGS: mark("Tags"),
    Field.ACTIVE: mark("Active"),
}
