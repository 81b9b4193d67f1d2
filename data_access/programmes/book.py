"""Which programmes there are: those that ship, each replaced by the city's newest of its name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, func, select

from data_access.schema.programmes import programme_versions
from supervision.programme_file import read_programme
from supervision.programmes import Programme

SHIPPED = Path(__file__).parent / "definitions"
AS_SHIPPED = 0
"""The version of a definition that came with the program."""


@dataclass(frozen=True, slots=True)
class KnownProgramme:
    """A programme with the version of its definition."""

    programme: Programme
    version: int


@cache
def shipped_definitions() -> dict[str, str]:
    """Name → the file as it ships."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml"))}


@cache
def _read(definition: str) -> Programme | None:
    """Definitions never change once they are stored; one that an older program let through and
    this one does not is left out rather than breaking every page."""
    return read_programme(definition).programme


def programme_book(connection: Connection) -> dict[str, KnownProgramme]:
    """The programmes in use by name, shipped ones first."""
    texts = {name: (text, AS_SHIPPED) for name, text in shipped_definitions().items()}
    newest = (
        select(func.max(programme_versions.c.id))
        .group_by(programme_versions.c.name)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(programme_versions)
        .where(programme_versions.c.id.in_(newest))
        .order_by(programme_versions.c.id)
    )
    for row in rows:
        if row.in_use:
            texts[row.name] = (row.definition, row.version)
        else:
            texts.pop(row.name, None)
    found = {name: (_read(text), version) for name, (text, version) in texts.items()}
    return {
        name: KnownProgramme(programme, version)
        for name, (programme, version) in found.items()
        if programme is not None
    }
