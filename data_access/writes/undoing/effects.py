"""What an act wrote is put back, row by row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, insert, update

from data_access.act_effects import Effect
from data_access.schema.items import round_co_departments
from data_access.schema.supervision import supervision_notices
from data_access.writes.acting.deed import as_stored, table_named


def put_back(connection: Connection, effect: Effect) -> None:
    """One row as it was before the act; what the act added goes."""
    table = table_named(effect.table)
    if not effect.after:
        connection.execute(insert(table).values(round_id=effect.key, **(effect.before or {})))
        return
    if effect.before is None:
        if table is round_co_departments:
            helper = table.c.department_id == effect.after["department_id"]
            connection.execute(delete(table).where(table.c.round_id == effect.key, helper))
            return
        key = next(iter(table.primary_key))
        connection.execute(delete(table).where(key == effect.key))
        return
    values: dict[str, Any] = as_stored(table, effect.before)
    if table is supervision_notices:
        # A number that has been given is never given to another notice.
        values.pop("number", None)
    key = next(iter(table.primary_key))
    if values:
        connection.execute(update(table).where(key == effect.key).values(**values))
