"""People who act on items, and one act after another on one item; nobody in it exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import Engine, select

from data_access import clock
from data_access.database import reading
from data_access.ledger_import.apply import store_import
from data_access.schema.items import items, rounds
from data_access.schema.registers import departments
from data_access.writes.acting.outcome import Performed
from data_access.writes.acting.said import Said
from data_access.writes.item_act import perform
from supervision.beside_acts import AnyAct
from supervision.lifecycle import Act
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import ReassignReason
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

EDUCATION, WATER = "市教育局", "市水务局"


def person(role: Role, scope: Scope | None = None, account: str | None = None) -> Viewer:
    """Somebody with one role, who sees the whole city unless told."""
    return Viewer(account or role.value, role.label, frozenset({role}), scope or Scope.whole_city())


OFFICER = person(Role.SUPERVISOR)
HEAD = person(Role.APPROVER)
CALLER = person(Role.CALLBACK)
LEADER = person(Role.LEADER)
CLERK = person(Role.LEAD_UNIT, Scope(departments=frozenset({EDUCATION})))
WATER_CLERK = person(Role.LEAD_UNIT, Scope(departments=frozenset({WATER})), "water")
_tokens = count(1)


def a_token() -> str:
    """A token that no act had before."""
    return f"token-{next(_tokens)}"


def stored_item(engine: Engine, **said: Any) -> int:
    """The id of a new item that a ledger told of."""
    with reading(engine) as connection:
        known = set(connection.execute(select(items.c.id)).scalars())
    row = ledger_row(**{"row": len(known) + 3, **said})
    store_import(engine, judged_ledger(row), viewer=SUPERVISOR, as_of=TODAY)
    with reading(engine) as connection:
        return next(k for k in connection.execute(select(items.c.id)).scalars() if k not in known)


def item_row(engine: Engine, item_id: int) -> dict[str, Any]:
    """The item as it is stored."""
    with reading(engine) as connection:
        found = connection.execute(select(items).where(items.c.id == item_id)).mappings().one()
        return dict(found)


def round_rows(engine: Engine, item_id: int) -> list[dict[str, Any]]:
    """The item's rounds as they are stored."""
    with reading(engine) as connection:
        found = connection.execute(
            select(rounds).where(rounds.c.item_id == item_id).order_by(rounds.c.round_no)
        ).mappings()
        return [dict(row) for row in found]


def department_id(engine: Engine, name: str) -> int:
    """The key of a department of the register."""
    with reading(engine) as connection:
        return int(
            connection.execute(
                select(departments.c.id).where(departments.c.name == name)
            ).scalar_one()
        )


def flagged(
    engine: Engine,
    versions: dict[int, int],
    *,
    words: str = "",
    reason: ReassignReason = ReassignReason.DISSATISFIED,
    viewer: Viewer = SUPERVISOR,
) -> Performed:
    """拟重新交办 for these items at the versions that were seen, however it ends."""
    return perform(
        engine, Act.FLAG_FOR_REASSIGNMENT, versions, Said(reassign_reason=reason, words=words),
        viewer=viewer, as_of=TODAY, token=a_token(),
    )  # fmt: skip


@dataclass
class Walk:
    """One item on its way; every act must be done, on the version that stands."""

    engine: Engine
    item_id: int
    day: date = TODAY
    done: list[Performed] = field(default_factory=list)

    def on(self, day: date) -> Walk:
        """Another day has come."""
        self.day = day
        clock.tell(day)
        return self

    def tries(self, act: AnyAct, who: Viewer, **said: Any) -> Performed:
        """The act, however it ends."""
        version = self.item["row_version"]
        return perform(
            self.engine, act, {self.item_id: version}, Said(**said), viewer=who, as_of=self.day,
            token=a_token(),
        )  # fmt: skip

    def does(self, act: AnyAct, who: Viewer, **said: Any) -> Performed:
        """The act, which must be done."""
        performed = self.tries(act, who, **said)
        assert performed.done, performed
        self.done.append(performed)
        return performed

    @property
    def item(self) -> dict[str, Any]:
        """The item as it stands."""
        return item_row(self.engine, self.item_id)

    @property
    def round(self) -> dict[str, Any]:
        """The current round as it stands."""
        return round_rows(self.engine, self.item_id)[-1]
