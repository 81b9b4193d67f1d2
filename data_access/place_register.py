"""区划登记 as it stands: townships and villages with their other names."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from data_access.database import reading
from data_access.department_register import AliasEntry
from data_access.schema.items import items
from data_access.schema.registers import division_aliases, divisions
from supervision.registers import Validity
from supervision.vocabulary import DivisionLevel


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A township, or a village below one."""

    code: str
    name: str
    level: DivisionLevel
    above: str
    """The county of a township, county and township of a village."""
    valid: Validity
    aliases: tuple[AliasEntry, ...]
    row_version: int
    merged_into: str | None = None
    """The township that bears the name of one that has ended."""
    linked_leader: str | None = None
    """联镇领导 of a township."""


def place_use(engine: Engine, code: str) -> int:
    """How many items a merge of this township would move."""
    with reading(engine) as connection:
        return int(
            connection.execute(
                select(func.count()).select_from(items).where(items.c.township_code == code)
            ).scalar_one()
        )


def place_register(engine: Engine, *, level: DivisionLevel) -> list[PlaceRow]:
    """All places of one level by their code, those that have ended too."""
    with reading(engine) as connection:
        rows = connection.execute(select(divisions).order_by(divisions.c.code)).all()
        known = {row.code: row for row in rows}
        aliases: dict[str, list[AliasEntry]] = {}
        for row in connection.execute(select(division_aliases).order_by(division_aliases.c.id)):
            entry = AliasEntry(row.id, row.alias, Validity(row.valid_from, row.valid_to))
            aliases.setdefault(row.division_code, []).append(entry)
    bearer = {
        (known[code].parent_code, alias.name): known[code].name
        for code, borne in aliases.items()
        for alias in borne
        if code in known
    }
    found = []
    for row in rows:
        if row.level != level.value:
            continue
        above: list[str] = []
        parent = known.get(row.parent_code)
        while parent is not None and parent.level != DivisionLevel.CITY.value:
            above.insert(0, parent.name)
            parent = known.get(parent.parent_code)
        found.append(
            PlaceRow(
                code=row.code,
                name=row.name,
                level=level,
                above="".join(above),
                valid=Validity(row.valid_from, row.valid_to),
                aliases=tuple(aliases.get(row.code, ())),
                row_version=row.row_version,
                merged_into=bearer.get((row.parent_code, row.name)) if row.valid_to else None,
                linked_leader=row.linked_leader,
            )
        )
    return found
