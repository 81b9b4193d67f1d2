"""Hotline counts are stored whole or not at all; a month told again replaces what stood there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, delete, func, insert, select, update

from data_access import clock
from data_access.bulk import next_id
from data_access.hotline_sheet import HotlineSheet
from data_access.schema.matters import hotline_counts, hotline_imports
from data_access.writes.in_line import in_turn
from data_access.writes.record_audit import record_audit
from supervision.hotline import NOT_CITY, HotlineRefused
from supervision.scope import Viewer


@dataclass(frozen=True, slots=True)
class StoredHotline:
    """What storing did."""

    import_id: int
    rows: int
    months: tuple[date, ...]
    replaced: tuple[date, ...]
    """Months that were told before and are told anew."""

    @property
    def sentence(self) -> str:
        """The whole in one Chinese line."""
        told = f"已导入热线统计 {self.rows} 行，{len(self.months)} 个月"
        if self.replaced:
            named = "、".join(f"{month:%Y年%-m月}" for month in self.replaced[:6])
            more = f"等 {len(self.replaced)} 个月" if len(self.replaced) > 6 else ""
            told += f"，其中 {named}{more}已有数据，已用这一份替换"
        return f"{told}。"


def store_hotline(engine: Engine, sheet: HotlineSheet, *, viewer: Viewer) -> StoredHotline:
    """Store every count. The same file again changes nothing. Raises HotlineRefused."""
    _refuse_part_of_city(viewer)
    if sheet.faults or not sheet.rows:
        raise HotlineRefused("表里还有错误，一行也没有导入。")
    with in_turn(engine) as change:
        connection = change.connection
        counts = hotline_counts.c
        standing = connection.execute(
            select(hotline_imports.c.id)
            .where(hotline_imports.c.sha256 == sheet.sha256, hotline_imports.c.undone_at.is_(None))
            .order_by(hotline_imports.c.id.desc())
        ).scalar()
        in_force = select(func.count()).where(
            counts.import_id == standing, counts.replaced_by.is_(None)
        )
        if standing is not None and connection.execute(in_force).scalar_one() == len(sheet.rows):
            raise HotlineRefused("这份热线统计已经导入过，没有重复导入。")
        there = counts.month.in_(sheet.months) & counts.replaced_by.is_(None)
        replaced = sorted(
            connection.execute(select(counts.month).where(there).distinct()).scalars()
        )
        key = next_id(connection, hotline_imports)
        connection.execute(
            insert(hotline_imports).values(
                id=key, file_name=sheet.file_name, sha256=sheet.sha256,
                stored_at=clock.now(), stored_by=viewer.account,
            )
        )  # fmt: skip
        gone = connection.execute(update(hotline_counts).where(there).values(replaced_by=key))
        connection.execute(
            insert(hotline_counts),
            [
                {"import_id": key, "month": row.month, "theme": row.theme,
                 "reporting_unit_id": row.unit_id, "received": row.received,
                 "closed": row.closed, "satisfied": row.satisfied}
                for row in sheet.rows
            ],
        )  # fmt: skip
        record_audit(
            change, viewer, act="import_hotline", entity="hotline_import", entity_id=key,
            after={"file": sheet.file_name, "sha256": sheet.sha256, "rows": len(sheet.rows),
                   "months": [f"{month:%Y-%m}" for month in sheet.months],
                   "replaced": gone.rowcount},
        )  # fmt: skip
        return StoredHotline(key, len(sheet.rows), sheet.months, tuple(replaced))


def undo_hotline(engine: Engine, import_id: int, *, viewer: Viewer) -> int:
    """As if it had never been stored: what it replaced stands again. How many rows went."""
    _refuse_part_of_city(viewer)
    with in_turn(engine) as change:
        connection = change.connection
        found = connection.execute(
            select(hotline_imports).where(hotline_imports.c.id == import_id).with_for_update()
        ).one_or_none()
        if found is None or found.undone_at is not None:
            raise HotlineRefused("没有这次导入，或已经撤销。")
        own = hotline_counts.c.import_id == import_id
        later = select(func.count()).where(own, hotline_counts.c.replaced_by.is_not(None))
        if connection.execute(later).scalar_one():
            raise HotlineRefused("这次导入的月份后来又导入过，请先撤销后来的那一次。")
        gone = connection.execute(delete(hotline_counts).where(own)).rowcount
        back = connection.execute(
            update(hotline_counts)
            .where(hotline_counts.c.replaced_by == import_id)
            .values(replaced_by=None)
        ).rowcount
        connection.execute(
            update(hotline_imports)
            .where(hotline_imports.c.id == import_id)
            .values(undone_at=clock.now(), undone_by=viewer.account)
        )
        record_audit(
            change, viewer, act="undo_hotline", entity="hotline_import", entity_id=import_id,
            after={"file": found.file_name, "removed": gone, "back": back},
        )  # fmt: skip
        return gone


def _refuse_part_of_city(viewer: Viewer) -> None:
    if not viewer.scope.everything:
        raise HotlineRefused(NOT_CITY)
