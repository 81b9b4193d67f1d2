"""单位登记册: departments are added, renamed and described anew; each act with its audit row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from data_access.bulk import next_id
from data_access.ledger_import.cell_text import compact
from data_access.schema.registers import department_aliases, departments, reporting_units
from data_access.writes.in_line import in_turn
from data_access.writes.record_audit import record_audit
from supervision.registers import (
    RegisterRefused,
    Validity,
    last_day_before,
    refuse_name,
    refuse_validity,
    tidy_name,
)
from supervision.scope import Viewer
from supervision.vocabulary import PeerGroup

LONGEST_NAME, LONGEST_SHORT = 80, 40


@dataclass(frozen=True, slots=True)
class DepartmentWanted:
    """What a department is to be besides its name."""

    short_name: str
    peer_group: PeerGroup
    reporting_unit: str | None


def add_department(
    engine: Engine, name: str, wanted: DepartmentWanted, *, valid_from: date | None, viewer: Viewer
) -> int:
    """Enter a department at the end of the register; its id. Raises RegisterRefused."""
    name, short = tidy_name(name), tidy_name(wanted.short_name) or tidy_name(name)
    with in_turn(engine) as change:
        connection = change.connection
        refuse_name(name, longest=LONGEST_NAME)
        refuse_name(short, longest=LONGEST_SHORT, word="简称")
        valid = Validity(valid_from, None)
        _refuse_bearer(connection, name, valid, but=None)
        last = connection.execute(select(func.max(departments.c.position))).scalar_one()
        key = connection.execute(
            insert(departments)
            .values(
                # Seeded rows brought their numbers along: PostgreSQL's own count knows none.
                id=next_id(connection, departments),
                name=name,
                short_name=short,
                peer_group=wanted.peer_group.value,
                position=(last or 0) + 1,
                reporting_unit_id=_unit(connection, wanted.reporting_unit),
                valid_from=valid_from,
            )
            .returning(departments.c.id)
        ).scalar_one()
        _call_by_short(connection, key, name, short, valid)
        record_audit(
            change, viewer, act="add_department", entity="department", entity_id=key,
            after={"called": name, "short_name": short, "peer_group": wanted.peer_group.value,
                   "reporting_unit": wanted.reporting_unit, "valid_from": told_day(valid_from)},
        )  # fmt: skip
        return int(key)


def rename_department(
    engine: Engine,
    department_id: int,
    name: str,
    short_name: str,
    *,
    on: date,
    as_of: date,
    row_version: int,
    viewer: Viewer,
) -> None:
    """A new name from a day on; the old one names it until the day before. RegisterRefused."""
    name, short = tidy_name(name), tidy_name(short_name) or tidy_name(name)
    with in_turn(engine) as change:
        connection = change.connection
        before = unchanged_department(connection, department_id, row_version)
        refuse_name(name, longest=LONGEST_NAME)
        refuse_name(short, longest=LONGEST_SHORT, word="简称")
        if name == before.name:
            raise RegisterRefused("新名称与现在的名称相同。")
        until = last_day_before(on, begun=before.valid_from, as_of=as_of, word="更名日期")
        _refuse_bearer(connection, name, Validity(on, None), but=department_id)
        keep_name(connection, department_id, before.name, Validity(before.valid_from, until))
        _call_by_short(connection, department_id, name, short, Validity(on, None))
        connection.execute(
            update(departments)
            .where(departments.c.id == department_id)
            .values(name=name, short_name=short, row_version=row_version + 1)
        )
        record_audit(
            change, viewer, act="rename_department", entity="department", entity_id=department_id,
            before={"called": before.name, "short_name": before.short_name},
            after={"called": name, "short_name": short, "on": told_day(on)},
        )  # fmt: skip


def describe_department(
    engine: Engine,
    department_id: int,
    wanted: DepartmentWanted,
    *,
    row_version: int,
    viewer: Viewer,
) -> None:
    """Another short name, peer group or reporting unit. Raises RegisterRefused."""
    short = tidy_name(wanted.short_name)
    with in_turn(engine) as change:
        connection = change.connection
        before = unchanged_department(connection, department_id, row_version)
        refuse_name(short, longest=LONGEST_SHORT, word="简称")
        if short != before.short_name:
            _call_by_short(connection, department_id, before.name, short, Validity())
        unit = _unit(connection, wanted.reporting_unit)
        connection.execute(
            update(departments)
            .where(departments.c.id == department_id)
            .values(
                short_name=short,
                peer_group=wanted.peer_group.value,
                reporting_unit_id=unit,
                row_version=row_version + 1,
            )
        )
        record_audit(
            change, viewer, act="describe_department", entity="department",
            entity_id=department_id,
            before={"short_name": before.short_name, "peer_group": before.peer_group,
                    "reporting_unit": _unit_name(connection, before.reporting_unit_id)},
            after={"short_name": short, "peer_group": wanted.peer_group.value,
                   "reporting_unit": wanted.reporting_unit},
        )  # fmt: skip


def add_alias(
    engine: Engine, department_id: int, name: str, valid: Validity, *, viewer: Viewer
) -> None:
    """Another name by which ledgers call a department. Raises RegisterRefused."""
    name = tidy_name(name)
    with in_turn(engine) as change:
        connection = change.connection
        _existing(connection, department_id)
        refuse_name(name, longest=LONGEST_NAME, word="别名")
        refuse_validity(valid)
        _refuse_bearer(connection, name, valid, but=None)
        _insert_alias(connection, department_id, name, valid)
        record_audit(
            change, viewer, act="add_alias", entity="department", entity_id=department_id,
            after={"alias": name, "valid_from": told_day(valid.first),
                   "valid_to": told_day(valid.last)},
        )  # fmt: skip


def end_alias(engine: Engine, alias_id: int, *, last: date, viewer: Viewer) -> None:
    """The last day on which a name is in force. Raises RegisterRefused."""
    with in_turn(engine) as change:
        connection = change.connection
        row = connection.execute(
            select(department_aliases).where(department_aliases.c.id == alias_id)
        ).one_or_none()
        if row is None:
            raise RegisterRefused("没有这个别名。")
        refuse_validity(Validity(row.valid_from, last))
        connection.execute(
            update(department_aliases)
            .where(department_aliases.c.id == alias_id)
            .values(valid_to=last)
        )
        record_audit(
            change, viewer, act="end_alias", entity="department", entity_id=row.department_id,
            before={"alias": row.alias, "valid_to": told_day(row.valid_to)},
            after={"alias": row.alias, "valid_to": told_day(last)},
        )  # fmt: skip


def unchanged_department(
    connection: Connection, key: int, row_version: int
) -> Row[tuple[object, ...]]:
    """The department, if it still is as it stood on the page and has not ended."""
    row = _existing(connection, key)
    if row.row_version != row_version:
        raise RegisterRefused("这个单位刚被别人改过，请刷新后再改。")
    return row


def _existing(connection: Connection, key: int) -> Row[tuple[object, ...]]:
    row = connection.execute(select(departments).where(departments.c.id == key)).one_or_none()
    if row is None:
        raise RegisterRefused("登记册里没有这个单位。")
    if row.valid_to is not None:
        raise RegisterRefused("这个单位已经并入其他单位，不能再改。")
    return row


def keep_name(connection: Connection, key: int, name: str, valid: Validity) -> None:
    """A name that a department no longer bears still finds it: ledgers of those days say it."""
    for alias_id, first in connection.execute(
        select(department_aliases.c.id, department_aliases.c.valid_from).where(
            department_aliases.c.alias == name, department_aliases.c.department_id == key
        )
    ):
        if first == valid.first:
            connection.execute(
                update(department_aliases)
                .where(department_aliases.c.id == alias_id)
                .values(valid_to=valid.last)
            )
            return
    _insert_alias(connection, key, name, valid)


def _call_by_short(
    connection: Connection, key: int, name: str, short: str, valid: Validity
) -> None:
    """Ledgers write the short name: it finds the department as an alias does."""
    if short == name:
        return
    borne = _bearers(connection, short)
    if any(owner == key for owner, _, held in borne if held.overlaps(valid)):
        return
    _refuse_bearer(connection, short, valid, but=key)
    _insert_alias(connection, key, short, valid)


def _insert_alias(connection: Connection, key: int, name: str, valid: Validity) -> None:
    connection.execute(
        insert(department_aliases).values(
            department_id=key, alias=name, valid_from=valid.first, valid_to=valid.last
        )
    )


def _bearers(connection: Connection, name: str) -> list[tuple[int, str, Validity]]:
    """(department, its name, when) for everyone who bears or bore this name, however spaced."""
    plain = compact(name)
    rows = connection.execute(select(departments)).all()
    called = {row.id: row.name for row in rows}
    found = [
        (row.id, row.name, Validity(row.valid_from, row.valid_to))
        for row in rows
        if compact(row.name) == plain
    ]
    return found + [
        (row.department_id, called[row.department_id], Validity(row.valid_from, row.valid_to))
        for row in connection.execute(select(department_aliases))
        if compact(row.alias) == plain
    ]


def _refuse_bearer(connection: Connection, name: str, valid: Validity, *, but: int | None) -> None:
    for owner, called, held in _bearers(connection, name):
        if owner != but and held.overlaps(valid):
            same = compact(called) == compact(name)
            raise RegisterRefused(
                f"登记册里已有“{called}”。"
                if same
                else f"“{name}”在这段时间已经是“{called}”的别名。"
            )
    taken = connection.execute(select(departments.c.id).where(departments.c.name == name)).scalar()
    if taken is not None and taken != but:
        raise RegisterRefused(f"登记册里曾有“{name}”，请换一个名称。")


def _unit(connection: Connection, name: str | None) -> int | None:
    if name is None:
        return None
    key = connection.execute(
        select(reporting_units.c.id).where(reporting_units.c.name == name)
    ).scalar_one_or_none()
    if key is None:
        raise RegisterRefused(f"没有“{name}”这个考核单位。")
    return int(key)


def _unit_name(connection: Connection, key: int | None) -> str | None:
    return connection.execute(
        select(reporting_units.c.name).where(reporting_units.c.id == key)
    ).scalar_one_or_none()


def told_day(day: date | None) -> str | None:
    """A day for the audit trail."""
    return day.isoformat() if day is not None else None
