"""The fixed words that a question is tagged with. Loads without pydantic."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    AWARENESS = "awareness"
    CONSIDERATION = "consideration"
    PURCHASE = "purchase"
    LOYALTY = "loyalty"
    ADVOCACY = "advocacy"


class Channel(StrEnum):
    STORE = "store"
    PHONE = "phone"
    WEB = "web"
    CHAT = "chat"
    SOCIAL = "social"
    DELIVERY = "delivery"
    EMAIL = "email"


class Cause(StrEnum):
    PEOPLE = "people"
    PROCESS = "process"
    PRODUCT = "product"
    SYSTEM = "system"


class Killer(StrEnum):
    EXPECTATION_GAP = "expectation_gap"
    BAD_PROFIT = "bad_profit"
    SELF_CENTRED = "self_centred"
    BROKEN_ORGANISATION = "broken_organisation"


class Side(StrEnum):
    CUSTOMER = "customer"
    EMPLOYEE = "employee"


class ServicePart(StrEnum):
    EXPERIENCE = "experience"
    SERVICE = "service"


class Measure(StrEnum):
    GREETING = "greeting"
    QUEUE = "queue"
    FIRST_RESPONSE = "first_response"
    RESOLUTION_TIME = "resolution_time"
    RESOLVED = "resolved"
    RETENTION = "retention"
