"""One act on one item on its way into the store; every write is noted, so that it can be undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from data_access.act_effects import Effect
from data_access.database import Transaction
from data_access.loop_rules import LoopRules
from data_access.privacy.key_place import KeyPlace
from data_access.schema.items import items, rounds
from data_access.schema.tables import metadata
from data_access.writes.acting.said import Said
from supervision.beside_acts import AnyAct
from supervision.lifecycle import States
from supervision.scope import Viewer
from supervision.vocabulary import ItemState, RoundState
from supervision.working_days import WorkCalendar

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all items of one performance share."""

    change: Transaction
    viewer: Viewer
    as_of: date
    at: datetime
    calendar: WorkCalendar
    calendar_version: int
    rules: LoopRules
    keys: KeyPlace | None = None
    """Where the keys for residents' data are; None: none are at hand."""
    batch_id: int | None = None
    """The filled list that tells of the acts; None: they were done on a page."""

    @property
    def connection(self) -> Connection:
        return self.change.connection


@dataclass(slots=True)
class Deed:
    """The item and its current round as they stand, and what the act has written so far."""

    occasion: Occasion
    act: AnyAct
    said: Said
    item: Row
    round: Row | None
    department_id: int | None = None
    """On whose behalf a lead or co-department acts."""
    act_id: int = 0
    after: States | None = None
    effects: list[Effect] = field(default_factory=list)
    remark: str | None = None
    """What the person should know about how it was done."""

    @property
    def states(self) -> States:
        at = self.round["state"] if self.round else None
        return States(ItemState(self.item["state"]), RoundState(at) if at else None)

    @property
    def item_id(self) -> int:
        return int(self.item["id"])

    @property
    def account(self) -> str:
        return self.occasion.viewer.account

    @property
    def as_of(self) -> date:
        return self.occasion.as_of

    def the_round(self) -> Row:
        """The current round of an act that the table allows in a round only."""
        assert self.round is not None
        return self.round

    def set_item(self, **values: Any) -> None:
        """Change columns of the item."""
        self._set(items, self.item, values)

    def set_round(self, **values: Any) -> None:
        """Change columns of the current round."""
        self._set(rounds, self.the_round(), values)

    def set_row(self, table: Table, row: Row, **values: Any) -> None:
        """Change columns of a row of another table."""
        self._set(table, row, values)

    def add(self, table: Table, **values: Any) -> int:
        """A new row; returns its key."""
        key = next(iter(table.primary_key))
        made = self.occasion.connection.execute(
            insert(table).values(**values).returning(key)
        ).scalar_one()
        self.effects.append(Effect(str(table.name), int(made), None, _plain(values)))
        return int(made)

    def _set(self, table: Table, row: Row, values: dict[str, Any]) -> None:
        changed = {name: value for name, value in values.items() if row[name] != value}
        if not changed:
            return
        key = next(iter(table.primary_key))
        self.occasion.connection.execute(
            update(table).where(key == row[key.name]).values(**changed)
        )
        before = {name: row[name] for name in changed}
        self.effects.append(
            Effect(str(table.name), int(row[key.name]), _plain(before), _plain(changed))
        )
        row.update(changed)

    def rows(self, table: Table, *conditions: Any) -> list[Row]:
        """Rows of a table, oldest first."""
        key = next(iter(table.primary_key))
        question = select(table).where(*conditions).order_by(key)
        found = self.occasion.connection.execute(question).mappings()
        return [dict(row) for row in found]


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def as_stored(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    """Values of an effect as the table takes them: days and instants from their text."""
    return {name: _typed(table, name, value) for name, value in values.items()}


def _typed(table: Table, name: str, value: Any) -> Any:
    wanted = table.c[name].type.python_type
    if value is None or not isinstance(value, str) or wanted is str:
        return value
    return datetime.fromisoformat(value) if wanted is datetime else date.fromisoformat(value)


def table_named(name: str) -> Table:
    """The table that an effect tells of."""
    return metadata.tables[name]
