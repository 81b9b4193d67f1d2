"""地图与人口: each version of the city's pictures and residents that was put in force."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from data_access.schema.base import metadata

# `content` is JSON, packed by zlib: file → words of a map, code → number of residents. It was
# made from a file by the judging child; of the file's own texts nothing is kept.
city_maps = Table(
    "city_maps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("source", String(60), nullable=True),
    Column("coordinate_system", String(20), nullable=True),
    Column("review_number", String(30), nullable=True),
    Column("townships", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("stored_at", DateTime, nullable=False),
    Column("stored_by", String(60), nullable=False),
    Column("in_force", Boolean, nullable=False),
    # The last one: what stands behind it would be read through it.
    Column("content", LargeBinary, nullable=False),
    CheckConstraint("kind IN ('map', 'residents')", name="kind"),
)
