"""区划登记: other names of townships, a township's new name, the end of a place."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from data_access.database import Transaction
from data_access.schema.items import items
from data_access.schema.registers import division_aliases, divisions
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
from supervision.vocabulary import DivisionLevel

LONGEST_NAME = 30
_TOWNSHIP_ENDS = ("镇", "乡", "街道")


def rename_township(
    engine: Engine,
    code: str,
    name: str,
    *,
    on: date,
    as_of: date,
    row_version: int,
    viewer: Viewer,
) -> None:
    """A new name from a day on; the old one goes on finding it. Raises RegisterRefused."""
    name = tidy_name(name)
    with in_turn(engine) as change:
        before = unchanged_township(change.connection, code, row_version)
        refuse_name(name, longest=LONGEST_NAME)
        if not name.endswith(_TOWNSHIP_ENDS):
            raise RegisterRefused("镇（街）的名称以镇、乡或街道结尾。")
        if name == before.name:
            raise RegisterRefused("新名称与现在的名称相同。")
        until = last_day_before(on, begun=before.valid_from, as_of=as_of, word="更名日期")
        _refuse_bearer(change.connection, before, name, Validity(on, None))
        add_alias(change.connection, code, before.name, Validity(before.valid_from, until))
        change.connection.execute(
            update(divisions)
            .where(divisions.c.code == code)
            .values(
                name=name,
                first_name=before.first_name or before.name,
                row_version=row_version + 1,
            )
        )
        tell_place(change, viewer, "rename_division", before, {"called": before.name},
              {"called": name, "on": on.isoformat()})  # fmt: skip


def link_township(
    engine: Engine, code: str, leader: str, *, row_version: int, viewer: Viewer
) -> None:
    """Who is linked to a township (联镇领导); no name: nobody. Raises RegisterRefused."""
    leader = " ".join(leader.split())
    if len(leader) > LONGEST_NAME or not leader.isprintable():
        raise RegisterRefused(f"联镇领导最多写 {LONGEST_NAME} 个字，不能有看不见的符号。")
    with in_turn(engine) as change:
        before = unchanged_township(change.connection, code, row_version)
        if leader == (before.linked_leader or ""):
            raise RegisterRefused("与现在登记的联镇领导相同。")
        change.connection.execute(
            update(divisions)
            .where(divisions.c.code == code)
            .values(linked_leader=leader or None, row_version=row_version + 1)
        )
        tell_place(
            change, viewer, "link_township", before,
            {"linked_leader": before.linked_leader}, {"linked_leader": leader or None},
        )  # fmt: skip


def end_place(
    engine: Engine, code: str, *, last: date, as_of: date, row_version: int, viewer: Viewer
) -> None:
    """The last day of a place that nothing hangs on any more. Raises RegisterRefused."""
    with in_turn(engine) as change:
        connection = change.connection
        before = _unchanged(connection, code, row_version)
        if last > as_of:
            raise RegisterRefused("撤销日期不能晚于今天：到那一天再登记。")
        refuse_validity(Validity(before.valid_from, last))
        below = connection.execute(
            select(func.count())
            .select_from(divisions)
            .where(divisions.c.parent_code == code, divisions.c.valid_to.is_(None))
        ).scalar_one()
        if below:
            raise RegisterRefused(f"还有 {below} 个村（社区）在它下面，请先逐个登记撤销。")
        told = connection.execute(
            select(func.count()).select_from(items).where(items.c.township_code == code)
        ).scalar_one()
        if told:
            raise RegisterRefused(f"有 {told} 件事项在这个镇（街），不能撤销；可以更名或加别名。")
        connection.execute(
            update(divisions)
            .where(divisions.c.code == code)
            .values(valid_to=last, row_version=row_version + 1)
        )
        tell_place(change, viewer, "end_division", before, {"valid_to": None},
              {"valid_to": last.isoformat()})  # fmt: skip


def add_place_alias(
    engine: Engine, code: str, name: str, valid: Validity, *, viewer: Viewer
) -> None:
    """Another name by which ledgers call a township. Raises RegisterRefused."""
    name = tidy_name(name)
    with in_turn(engine) as change:
        place = _living(change.connection, code)
        _refuse_village(place)
        refuse_name(name, longest=LONGEST_NAME, word="别名")
        refuse_validity(valid)
        _refuse_bearer(change.connection, place, name, valid)
        add_alias(change.connection, code, name, valid)
        after: dict[str, object] = {
            "alias": name, "valid_from": _day(valid.first), "valid_to": _day(valid.last),
        }  # fmt: skip
        tell_place(change, viewer, "add_alias", place, None, after)


def end_place_alias(engine: Engine, alias_id: int, *, last: date, viewer: Viewer) -> None:
    """The last day of such a name. Raises RegisterRefused."""
    with in_turn(engine) as change:
        row = change.connection.execute(
            select(division_aliases).where(division_aliases.c.id == alias_id)
        ).one_or_none()
        if row is None:
            raise RegisterRefused("没有这个别名。")
        refuse_validity(Validity(row.valid_from, last))
        change.connection.execute(
            update(division_aliases).where(division_aliases.c.id == alias_id).values(valid_to=last)
        )
        place = _living(change.connection, row.division_code)
        before: dict[str, object] = {"alias": row.alias, "valid_to": _day(row.valid_to)}
        after: dict[str, object] = {"alias": row.alias, "valid_to": last.isoformat()}
        tell_place(change, viewer, "end_alias", place, before, after)


def _living(connection: Connection, code: str) -> Row[Any]:
    row = connection.execute(select(divisions).where(divisions.c.code == code)).one_or_none()
    if row is None or row.level not in (DivisionLevel.TOWNSHIP, DivisionLevel.VILLAGE):
        raise RegisterRefused("区划里没有这个镇（街）或村（社区）。")
    if row.valid_to is not None:
        raise RegisterRefused("这个地方已经登记撤销，不能再改。")
    return row


def _unchanged(connection: Connection, code: str, row_version: int) -> Row[Any]:
    row = _living(connection, code)
    if row.row_version != row_version:
        raise RegisterRefused("这个地方刚被别人改过，请刷新后再改。")
    return row


def unchanged_township(connection: Connection, code: str, row_version: int) -> Row[Any]:
    """The township as the page showed it, still living; RegisterRefused otherwise."""
    place = _unchanged(connection, code, row_version)
    _refuse_village(place)
    return place


def _refuse_village(place: Row[Any]) -> None:
    if place.level == DivisionLevel.VILLAGE:
        raise RegisterRefused("村（社区）按统计用区划名称登记，不更名、不加别名、不合并。")


def _refuse_bearer(connection: Connection, place: Row[Any], name: str, valid: Validity) -> None:
    """Two townships of one county must not bear one name on the same day."""
    beside = connection.execute(
        select(divisions).where(divisions.c.parent_code == place.parent_code)
    ).all()
    for row in beside:
        if row.name == name and Validity(row.valid_from, row.valid_to).overlaps(valid):
            raise RegisterRefused(f"同一个县（区）里已有“{name}”。")
    called = {row.code: row.name for row in beside}
    for row in connection.execute(select(division_aliases).where(division_aliases.c.alias == name)):
        held = Validity(row.valid_from, row.valid_to)
        if row.division_code in called and held.overlaps(valid):
            # Its own alias may become its name.
            if row.division_code == place.code and valid.last is None and held.last is None:
                continue
            raise RegisterRefused(f"“{name}”在这段时间已经是“{called[row.division_code]}”的别名。")


def add_alias(connection: Connection, code: str, name: str, valid: Validity) -> None:
    """Let a place be called so too."""
    connection.execute(
        insert(division_aliases).values(
            division_code=code, alias=name, valid_from=valid.first, valid_to=valid.last
        )
    )


def tell_place(
    change: Transaction,
    viewer: Viewer,
    act: str,
    place: Row[Any],
    before: dict[str, object] | None,
    after: dict[str, object],
) -> None:
    """The audit row of an act on a place."""
    record_audit(
        change, viewer, act=act, entity="division", entity_id=None,
        before={"code": place.code, **(before or {})}, after={"code": place.code, **after},
    )  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
