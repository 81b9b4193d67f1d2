"""面对面场次: entered and corrected; ledgers name a session by its theme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from data_access.bulk import next_id
from data_access.database import reading
from data_access.schema.items import items
from data_access.schema.registers import face_to_face_sessions
from data_access.writes.in_line import in_turn
from data_access.writes.record_audit import record_audit
from supervision.registers import RegisterRefused
from supervision.scope import Viewer

LONGEST_THEME, LONGEST_HOST, LONGEST_LEVEL, MOST = 120, 60, 20, 100_000
_NAMES = ("held_on", "theme", "host", "level", "collected", "valid", "represented")


@dataclass(frozen=True, slots=True)
class SessionWanted:
    """A session as it is to stand: collected and valid are counts of items."""

    held_on: date | None
    theme: str
    host: str | None
    level: str | None
    collected: int | None
    valid: int | None
    represented: int | None


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session of the register."""

    id: int
    told: SessionWanted
    row_version: int


def session_register(engine: Engine) -> list[SessionEntry]:
    """Every session, the newest first, those without a day at the end."""
    with reading(engine) as connection:
        rows = connection.execute(select(face_to_face_sessions)).all()
    known = [
        SessionEntry(
            row.id, SessionWanted(*(getattr(row, name) for name in _NAMES)), row.row_version
        )
        for row in rows
    ]
    return sorted(known, key=lambda one: (one.told.held_on or date.min, one.id), reverse=True)


def enter_session(engine: Engine, wanted: SessionWanted, *, viewer: Viewer) -> int:
    """A new session; its id. Raises RegisterRefused."""
    with in_turn(engine) as change:
        _refuse(change.connection, wanted, but=None)
        key = next_id(change.connection, face_to_face_sessions)
        change.connection.execute(insert(face_to_face_sessions).values(id=key, **_values(wanted)))
        record_audit(
            change, viewer, act="add_session", entity="session", entity_id=key,
            after=_told(wanted),
        )  # fmt: skip
        return key


def correct_session(
    engine: Engine, session_id: int, wanted: SessionWanted, *, row_version: int, viewer: Viewer
) -> None:
    """Set a session right. Raises RegisterRefused."""
    with in_turn(engine) as change:
        before = change.connection.execute(
            select(face_to_face_sessions).where(face_to_face_sessions.c.id == session_id)
        ).one_or_none()
        if before is None or before.row_version != row_version:
            raise RegisterRefused("这个场次刚被别人改过，请刷新后再改。")
        _refuse(change.connection, wanted, but=before)
        if wanted.theme != before.theme:
            _refuse_other_theme(change.connection, session_id)
        change.connection.execute(
            update(face_to_face_sessions)
            .where(face_to_face_sessions.c.id == session_id)
            .values(row_version=row_version + 1, **_values(wanted))
        )
        record_audit(
            change, viewer, act="change_session", entity="session", entity_id=session_id,
            before=_told(SessionWanted(*(getattr(before, name) for name in _NAMES))),
            after=_told(wanted),
        )  # fmt: skip


def _refuse(connection: Connection, wanted: SessionWanted, *, but: Row[Any] | None) -> None:
    if not wanted.theme or len(wanted.theme) > LONGEST_THEME or not wanted.theme.isprintable():
        raise RegisterRefused(f"请填写主题（最多 {LONGEST_THEME} 个字）。")
    if len(wanted.host or "") > LONGEST_HOST or len(wanted.level or "") > LONGEST_LEVEL:
        raise RegisterRefused(f"主持人最多 {LONGEST_HOST} 个字，层级最多 {LONGEST_LEVEL} 个字。")
    counts = (wanted.collected, wanted.valid, wanted.represented)
    if any(count is not None and not 0 <= count <= MOST for count in counts):
        raise RegisterRefused(f"件数和人数为 0 到 {MOST} 的整数。")
    if wanted.collected is not None and (wanted.valid or 0) > wanted.collected:
        raise RegisterRefused("有效件数不能多于收集件数。")
    for row in connection.execute(
        select(face_to_face_sessions).where(face_to_face_sessions.c.theme == wanted.theme)
    ):
        if row.held_on == wanted.held_on and (but is None or row.id != but.id):
            raise RegisterRefused("同一天已有同一主题的场次。")


def _refuse_other_theme(connection: Connection, session_id: int) -> None:
    """Ledgers find their session by its theme: sent again, they would found another one."""
    told = connection.execute(
        select(func.count()).select_from(items).where(items.c.session_id == session_id)
    ).scalar_one()
    if told:
        raise RegisterRefused(
            f"已有 {told} 件事项的台账写着这个主题，主题不能改；日期、主持人和件数可以改。"
        )


def _values(wanted: SessionWanted) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in _NAMES}


def _told(wanted: SessionWanted) -> dict[str, object]:
    held = wanted.held_on.isoformat() if wanted.held_on is not None else None
    return {**_values(wanted), "held_on": held}
