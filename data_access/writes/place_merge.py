"""镇街合并: one township of the register ends; its names, villages and items go to another.

Also for a township that the register holds twice. All items go, closed ones too: figures are
counted by county, which stays the same, and a map shows only places that there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, delete, select, update

from data_access.database import Transaction
from data_access.ledger_import.model import LedgerRow, Source
from data_access.ledger_import.record import fingerprint
from data_access.schema.items import item_texts, items
from data_access.schema.registers import division_aliases, divisions
from data_access.writes.in_line import in_turn
from data_access.writes.places import add_alias, tell_place, unchanged_township
from data_access.writes.record_audit import record_for_each
from supervision.registers import RegisterRefused, Validity, last_day_before
from supervision.scope import Viewer
from supervision.vocabulary import DivisionLevel


@dataclass(frozen=True, slots=True)
class PlaceMerged:
    """How many items and villages changed hands."""

    items: int
    villages: int


def merge_township(
    engine: Engine,
    code: str,
    into: str,
    *,
    on: date,
    as_of: date,
    row_version: int,
    viewer: Viewer,
) -> PlaceMerged:
    """End a township; another of its county carries on from `on`. Raises RegisterRefused.

    Both keep their statutory codes, and so do the villages that move.
    """
    with in_turn(engine) as change:
        connection = change.connection
        old = unchanged_township(connection, code, row_version)
        new = _successor(connection, old, into)
        until = last_day_before(on, begun=old.valid_from, as_of=as_of, word="合并日期")
        connection.execute(
            update(divisions)
            .where(divisions.c.code == code)
            .values(valid_to=until, row_version=row_version + 1)
        )
        villages = connection.execute(
            update(divisions)
            .where(divisions.c.parent_code == code)
            .values(parent_code=into, row_version=divisions.c.row_version + 1)
        ).rowcount
        _hand_over_names(connection, old, new, until)
        merged = PlaceMerged(_hand_over_items(change, old, new, viewer), villages)
        tell_place(
            change, viewer, "merge_division", old, {"called": old.name, "valid_to": None},
            {"into": new.name, "valid_to": until.isoformat(), "items": merged.items,
             "villages": merged.villages},
        )  # fmt: skip
        return merged


def _successor(connection: Connection, old: Row[Any], into: str) -> Row[Any]:
    if into == old.code:
        raise RegisterRefused("镇（街）不能并入自己。")
    new = connection.execute(select(divisions).where(divisions.c.code == into)).one_or_none()
    if new is None or new.level != DivisionLevel.TOWNSHIP or new.valid_to is not None:
        raise RegisterRefused("请选择一个在册的镇（街）来承接。")
    if new.parent_code != old.parent_code:
        raise RegisterRefused("只能并入同一个县（区）的镇（街）。")
    if new.reporting_unit_id != old.reporting_unit_id:
        raise RegisterRefused("两个镇（街）的考核单位不同，不能合并。")
    return new


def _hand_over_names(connection: Connection, old: Row[Any], new: Row[Any], until: date) -> None:
    """Ledgers go on writing the old names; a name that both bear stands once."""
    borne = {new.name} | set(
        connection.execute(
            select(division_aliases.c.alias).where(division_aliases.c.division_code == new.code)
        ).scalars()
    )
    mine = division_aliases.c.division_code == old.code
    connection.execute(delete(division_aliases).where(mine, division_aliases.c.alias.in_(borne)))
    connection.execute(update(division_aliases).where(mine).values(division_code=new.code))
    if old.name not in borne:
        add_alias(connection, new.code, old.name, Validity(old.valid_from, until))


def _hand_over_items(change: Transaction, old: Row[Any], new: Row[Any], viewer: Viewer) -> int:
    """A ledger that is sent again must find its items at their new place."""
    place = new.first_name or new.name
    texts = change.connection.execute(
        select(items.c.id, item_texts.c.title, item_texts.c.content, item_texts.c.village)
        .join_from(items, item_texts, item_texts.c.item_id == items.c.id)
        .where(items.c.township_code == old.code)
        .order_by(items.c.id)
    ).all()
    moved = [
        {
            "key": row.id,
            "print": fingerprint(
                LedgerRow(Source("", 0), title=row.title, content=row.content, village=row.village),
                place,
            ),
        }
        for row in texts
    ]
    if moved:
        change.connection.execute(
            update(items)
            .where(items.c.id == bindparam("key"))
            .values(
                township_code=new.code,
                fingerprint=bindparam("print"),
                change_number=change.change,
                row_version=items.c.row_version + 1,
            ),
            moved,
        )
    record_for_each(
        change, viewer, act="replace_division", entity="item",
        entity_ids=[row["key"] for row in moved],
        before={"township": old.name}, after={"township": new.name},
    )  # fmt: skip
    return len(moved)
