"""Clients, their brands, regions and locations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from auditor.store.tables.base import EMPTY, NONE_YET, ONE, Row
from auditor.store.times import uuid7
from auditor.store.types import Json, Utc

#: The page of clients that are older than the column.
A4 = {"server_default": text("'a4'")}


class ClientRow(Row, table=True):
    """``footer``, ``page`` (a4, letter) and ``template_id`` are of its reports."""

    __tablename__ = "client"
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    name: str = Field(unique=True, sa_type=Text)
    created_at: datetime = Field(sa_type=Utc)
    active: bool = Field(default=True, sa_column_kwargs=ONE)
    contacts: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    footer: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    page: str = Field(default="a4", max_length=8, sa_column_kwargs=A4)
    template_id: int | None = Field(default=None, foreign_key="report_template.id")
    version: int = Field(default=1, sa_column_kwargs=ONE)


class BrandRow(Row, table=True):
    __tablename__ = "brand"
    __table_args__ = (UniqueConstraint("client_id", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    client_id: int = Field(foreign_key="client.id")
    name: str = Field(sa_type=Text)
    colour: str = Field(max_length=7)
    colour2: str = Field(max_length=7)
    logo: str | None = Field(default=None, foreign_key="evidence.sha256")
    active: bool = Field(default=True, sa_column_kwargs=ONE)
    version: int = Field(default=1, sa_column_kwargs=ONE)


class RegionRow(Row, table=True):
    """A tree: ``parent_id`` is None at its roots."""

    __tablename__ = "region"
    __table_args__ = (
        UniqueConstraint("client_id", "parent_id", "name"),
        CheckConstraint("parent_id <> id", name="no_own_parent"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    client_id: int = Field(foreign_key="client.id")
    parent_id: int | None = Field(default=None, foreign_key="region.id")
    name: str = Field(sa_type=Text)


class LocationRow(Row, table=True):
    """``folded`` is what a search looks in, ``sort_name`` and ``sort_code`` what lists go by: all
    without marks and in lower case (``auditor.domain.folding``). ``merged_into``: where its visits
    went, as the same place was here twice."""

    __tablename__ = "location"
    __table_args__ = (
        UniqueConstraint("brand_id", "code"),
        Index("ix_location_brand_id", "brand_id", "sort_code"),
        Index("ix_location_code", "sort_code", sqlite_where=text("active = 1")),
        Index("ix_location_name", "sort_name", sqlite_where=text("active = 1")),
        Index("ix_location_archived", "sort_code", sqlite_where=text("active = 0")),
        Index("ix_location_region", "region_id", sqlite_where=text("active = 1")),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    brand_id: int = Field(foreign_key="brand.id")
    region_id: int | None = Field(default=None, foreign_key="region.id", index=True)
    code: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    address: str = Field(default="", sa_type=Text)
    active: bool = Field(default=True)
    created_at: datetime = Field(sa_type=Utc)
    contacts: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    hours: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    tags: Any = Field(default=(), sa_type=Json, nullable=False, sa_column_kwargs=NONE_YET)
    folded: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    sort_name: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    sort_code: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    merged_into: int | None = Field(default=None, foreign_key="location.id", index=True)
    version: int = Field(default=1, sa_column_kwargs=ONE)
