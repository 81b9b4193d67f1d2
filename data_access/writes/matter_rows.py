"""The rows of a 类案 and its items, as the acts on it read and write them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from data_access.database import Transaction
from data_access.facts import facts
from data_access.ledger_import.cell_text import clean
from data_access.ledger_import.personal import masked
from data_access.schema.items import items
from data_access.schema.matters import class_matter_items, class_matters
from data_access.schema.registers import departments
from supervision.class_matters import (
    CLOSED,
    LEAD_ENDED,
    OPEN_ALREADY,
    OUT_OF_REACH,
    STALE,
    MatterRefused,
    MatterState,
    name_refused,
    text_refused,
)
from supervision.scope import Viewer

_BLOCK = 500


@dataclass(frozen=True, slots=True)
class MatterWanted:
    """A 类案 as it is to stand."""

    name: str
    lead_department_id: int | None
    measures: str

    def tidy(self) -> MatterWanted:
        """Without residents' data and what cannot be shown."""
        name = " ".join(masked(clean(self.name)).split())
        return MatterWanted(name, self.lead_department_id, tidy(self.measures))


def tidy(words: str) -> str:
    """Words as they are kept: residents' data masked."""
    return masked(clean(words).strip())


def refused(sentence: str | None) -> None:
    """MatterRefused with this sentence; nothing for None."""
    if sentence is not None:
        raise MatterRefused(sentence)


def seen_by(engine: Engine, viewer: Viewer, as_of: date) -> frozenset[int] | None:
    """The items within reach; None where it is all of them."""
    if viewer.scope.everything:
        return None
    known = facts(engine)
    return frozenset(known.seen_by(viewer.scope, known.moment(as_of))["item_id"])


def within_reach(
    engine: Engine, item_ids: Collection[int], viewer: Viewer, as_of: date
) -> list[int]:
    """Those of these items that this person sees, in their order."""
    seen, asked = seen_by(engine, viewer, as_of), sorted(set(item_ids))
    return asked if seen is None else [key for key in asked if key in seen]


def matter_of(
    connection: Connection,
    matter_id: int,
    row_version: int | None,
    seen: frozenset[int] | None,
    *,
    closed: bool = False,
) -> Row[Any]:
    """The 类案 in the state an act needs, as it was on the page. Raises MatterRefused."""
    found = connection.execute(
        select(class_matters).where(class_matters.c.id == matter_id).with_for_update()
    ).one_or_none()
    if found is None or row_version not in (None, found.row_version):
        raise MatterRefused(STALE)
    if (found.state == MatterState.CLOSED.value) is not closed:
        raise MatterRefused(OPEN_ALREADY if closed else CLOSED)
    if seen is not None and not seen.issuperset(items_of(connection, matter_id)):
        raise MatterRefused(OUT_OF_REACH)
    return found


def items_of(connection: Connection, matter_id: int) -> list[int]:
    """The items that belong to it."""
    held = class_matter_items.c
    return list(
        connection.execute(select(held.item_id).where(held.matter_id == matter_id)).scalars()
    )


def matters_of(connection: Connection, item_ids: Sequence[int]) -> list[int]:
    """The 类案 to which any of these items belongs."""
    held = class_matter_items.c
    found: set[int] = set()
    for block in _blocks(item_ids):
        found |= set(
            connection.execute(select(held.matter_id).where(held.item_id.in_(block))).scalars()
        )
    return sorted(found)


def set_matter(change: Transaction, matter: Row[Any], **values: object) -> None:
    """Write values; whoever read it before is told."""
    change.connection.execute(
        update(class_matters)
        .where(class_matters.c.id == matter.id)
        .values(**values, row_version=matter.row_version + 1)
    )


def free_of_others(connection: Connection, item_ids: Sequence[int]) -> list[int]:
    """Those of these items that are there and belong to no 类案."""
    there: set[int] = set()
    for block in _blocks(item_ids):
        held = class_matter_items
        there |= set(
            connection.execute(
                select(items.c.id)
                .outerjoin(held, held.c.item_id == items.c.id)
                .where(items.c.id.in_(block), held.c.item_id.is_(None))
            ).scalars()
        )
    return [key for key in item_ids if key in there]


def add_items(
    change: Transaction, matter_id: int, free: Sequence[int], on: date, viewer: Viewer
) -> None:
    """These items belong to it from today on."""
    change.connection.execute(
        insert(class_matter_items),
        [
            {"item_id": key, "matter_id": matter_id, "added_on": on, "added_by": viewer.account}
            for key in free
        ],
    )


def let_items_go(change: Transaction, matter: Row[Any], item_ids: Sequence[int]) -> list[int]:
    """Those of these items that belong to it do so no more; which they were."""
    own = set(items_of(change.connection, matter.id))
    held = [key for key in item_ids if key in own]
    for block in _blocks(held):
        change.connection.execute(
            delete(class_matter_items).where(class_matter_items.c.item_id.in_(block))
        )
    return held


def called(connection: Connection, item_ids: Sequence[int]) -> list[str]:
    """Items as the trail names them: by their numbers, else by their keys.

    The trail tells of the 类案, not of its items: an import whose items were gathered can still be
    undone.
    """
    numbers: dict[int, str | None] = {}
    for block in _blocks(item_ids):
        numbers |= dict(
            connection.execute(
                select(items.c.id, items.c.number).where(items.c.id.in_(block))
            ).all()
        )
    return [numbers.get(key) or f"（无编号，库内 {key}）" for key in item_ids]


def wanted_refused(connection: Connection, wanted: MatterWanted, *, but: int | None) -> None:
    """MatterRefused for what cannot stand so."""
    refused(name_refused(wanted.name))
    refused(text_refused(wanted.measures, "措施"))
    if wanted.lead_department_id is not None and _lead(connection, wanted) is None:
        raise MatterRefused("所选的牵头单位不在登记册里，请刷新后重新选择。")
    if _has_ended(connection, wanted.lead_department_id, but=but):
        raise MatterRefused(LEAD_ENDED)
    same = select(class_matters.c.id).where(
        class_matters.c.name == wanted.name, class_matters.c.state == MatterState.OPEN.value
    )
    if any(key != but for key in connection.execute(same).scalars()):
        raise MatterRefused("已有同名的类案正在推进，请换一个名称，或把事项加入那个类案。")


def _has_ended(connection: Connection, lead: int | None, *, but: int | None) -> bool:
    """Whether nobody speaks for it any more; what the 类案 `but` has already stays with it."""
    ended = select(departments.c.id).where(
        departments.c.id == lead, departments.c.valid_to.is_not(None)
    )
    kept = select(class_matters.c.lead_department_id).where(class_matters.c.id == but)
    return (
        connection.execute(ended).first() is not None and connection.execute(kept).scalar() != lead
    )


def _lead(connection: Connection, wanted: MatterWanted) -> str | None:
    return connection.execute(
        select(departments.c.name).where(departments.c.id == wanted.lead_department_id)
    ).scalar()


def values_of(wanted: MatterWanted) -> dict[str, object]:
    """As the table keeps it."""
    return {
        "name": wanted.name,
        "lead_department_id": wanted.lead_department_id,
        "measures": wanted.measures or None,
    }


def told(connection: Connection, wanted: MatterWanted) -> dict[str, object]:
    """As the trail keeps it."""
    return {
        "called": wanted.name,
        "lead": _lead(connection, wanted),
        "measures": wanted.measures or None,
    }


def _blocks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), _BLOCK):
        yield keys[start : start + _BLOCK]
