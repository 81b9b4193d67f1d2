"""The audit trail as its auditor reads it: newest first, page by page, filtered.

Every question names its viewer and is refused without Right.READ_AUDIT.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, func, or_, select

from data_access.audit_story import changes_told, reason_told
from data_access.database import reading
from data_access.schema.accounts import accounts
from data_access.schema.base import audit
from data_access.schema.items import items
from supervision.audit_words import ENTITY_WORDS, act_told, actor_told
from supervision.rights import Right, require
from supervision.scope import Viewer

PAGE = 50
LONGEST_KEY = 9
_BLOCK = 5_000


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """Which rows are asked for; None means no limit."""

    actor: str | None = None
    act: str | None = None
    entity: str | None = None
    first: date | None = None
    last: date | None = None
    batch: int | None = None
    item: str | None = None
    """An item by its number, or by its key as the trail tells it (12)."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row of the trail in words."""

    id: int
    at: datetime
    actor: str
    who: str
    act: str
    touched: str
    changes: tuple[str, ...]
    reason: str
    batch: int | None
    chain: str

    @property
    def sentence(self) -> str:
        """What was done to what, without who and when."""
        return f"{self.act}：{self.touched}" if self.touched else self.act


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page, newest first; `older` is the key of the next one (None: no more)."""

    entries: tuple[AuditEntry, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class AuditChoices:
    """What occurs in the trail: accounts as people read them, acts, entities."""

    actors: dict[str, str]
    acts: dict[str, str]
    entities: dict[str, str]


def audit_page(
    engine: Engine,
    filters: AuditFilters,
    *,
    viewer: Viewer,
    before: int | None = None,
    size: int = PAGE,
) -> AuditPage:
    """The rows that `filters` leaves, older than the row `before`."""
    require(viewer, Right.READ_AUDIT)
    asked = _asked(filters).order_by(audit.c.id.desc()).limit(size + 1)
    if before is not None:
        asked = asked.where(audit.c.id < before)
    with reading(engine) as connection:
        rows = connection.execute(asked).all()
        people = _People(connection)
    entries = tuple(_entry(row, people) for row in rows[:size])
    return AuditPage(entries, entries[-1].id if len(rows) > size else None)


def audit_count(engine: Engine, filters: AuditFilters, *, viewer: Viewer) -> int:
    """How many rows `filters` leaves."""
    require(viewer, Right.READ_AUDIT)
    with reading(engine) as connection:
        counted = select(func.count()).select_from(_asked(filters).subquery())
        return int(connection.execute(counted).scalar_one())


def audit_entries(engine: Engine, filters: AuditFilters, *, viewer: Viewer) -> Iterator[AuditEntry]:
    """Every row that `filters` leaves, oldest first, for an export."""
    require(viewer, Right.READ_AUDIT)
    with reading(engine) as connection:
        people = _People(connection)
        asked = block = _asked(filters).order_by(audit.c.id).limit(_BLOCK)
        while rows := connection.execute(block).all():
            yield from (_entry(row, people) for row in rows)
            block = asked.where(audit.c.id > rows[-1].id)


def audit_choices(engine: Engine, *, viewer: Viewer) -> AuditChoices:
    """What the filters can be set to."""
    require(viewer, Right.READ_AUDIT)
    with reading(engine) as connection:
        people = _People(connection)
        found = {
            column.name: sorted(connection.execute(select(column).distinct()).scalars())
            for column in (audit.c.actor, audit.c.act, audit.c.entity)
        }
    return AuditChoices(
        actors={actor: people.told(actor) for actor in found["actor"]},
        acts={act: act_told(act) for act in found["act"]},
        entities={kind: ENTITY_WORDS.get(kind, "其他对象") for kind in found["entity"]},
    )


def _asked(filters: AuditFilters) -> Select[Any]:
    asked = select(audit)
    for column, wanted in (
        (audit.c.actor, filters.actor),
        (audit.c.act, filters.act),
        (audit.c.entity, filters.entity),
        (audit.c.batch_id, filters.batch),
    ):
        if wanted is not None:
            asked = asked.where(column == wanted)
    if filters.item is not None:
        asked = asked.where(audit.c.entity == "item", audit.c.entity_id.in_(_items(filters.item)))
    if filters.first is not None:
        asked = asked.where(audit.c.at >= datetime.combine(filters.first, time.min))
    if filters.last is not None:
        asked = asked.where(
            audit.c.at < datetime.combine(filters.last + timedelta(days=1), time.min)
        )
    return asked


def _items(told: str) -> Select[Any]:
    """The keys of the items that are meant: a number, or the key itself."""
    meant = items.c.number == told
    if told.isascii() and told.isdigit() and len(told) <= LONGEST_KEY:
        meant = or_(meant, items.c.id == int(told))
    return select(items.c.id).where(meant)


class _People:
    """Whose accounts these are, by login and by id."""

    def __init__(self, connection: Connection) -> None:
        known = connection.execute(select(accounts.c.id, accounts.c.login, accounts.c.name)).all()
        self._names = {row.login: row.name for row in known}
        self._logins = {row.id: row.login for row in known}

    def told(self, login: str) -> str:
        """The person with this login."""
        return actor_told(login, self._names.get(login))

    def account(self, key: int) -> str:
        """The person with the account of this id."""
        login = self._logins.get(key)
        return self.told(login) if login is not None else str(key)


def _entry(row: Row[Any], people: _People) -> AuditEntry:
    return AuditEntry(
        id=row.id,
        at=row.at,
        actor=row.actor,
        who=people.told(row.actor),
        act=act_told(row.act),
        touched=_touched(row, people),
        changes=changes_told(row.entity, row.before, row.after),
        reason=reason_told(row.act, row.reason),
        batch=row.batch_id,
        chain=row.chain,
    )


def _touched(row: Row[Any], people: _People) -> str:
    # Settings and exports have no number of their own.
    if not row.entity_id:
        return ""
    what = ENTITY_WORDS.get(row.entity, "其他对象")
    key = people.account(row.entity_id) if row.entity == "account" else row.entity_id
    return f"{what} {key}"
