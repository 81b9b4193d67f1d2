"""Views are saved, renamed, shared and deleted by whom they belong to."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from data_access import clock
from data_access.bulk import next_id
from data_access.ledger_import.personal import masked
from data_access.schema.views import saved_views
from data_access.writes.in_line import told_in_turn
from data_access.writes.record_audit import record_audit
from supervision.rights import Right, may
from supervision.scope import Viewer

LONGEST_NAME, LONGEST_QUERY, MOST_OF_ONE = 30, 4_000, 50


class ViewRefused(Exception):
    """Nothing was saved or deleted; the text is a Chinese sentence."""


def save_view(
    engine: Engine, name: str, *, page: str, query: str, shared: bool, viewer: Viewer
) -> int:
    """A new view of this person; its id. Raises ViewRefused."""
    name = _tidy(name)
    with told_in_turn(engine) as change:
        connection = change.connection
        _refuse_name(connection, name, viewer, but=None)
        if len(query) > LONGEST_QUERY:
            raise ViewRefused("筛选条件太多，不能保存，请减少选项。")
        if any(masked(told) != told for _, told in parse_qsl(query)):
            raise ViewRefused("搜索词里有电话、证件号等个人信息，不能存成视图，请去掉后再保存。")
        held = select(func.count()).where(saved_views.c.owner == viewer.account)
        if connection.execute(held).scalar_one() >= MOST_OF_ONE:
            raise ViewRefused(f"每人最多保存 {MOST_OF_ONE} 个视图，请先删除不用的。")
        key = next_id(connection, saved_views)
        connection.execute(
            insert(saved_views).values(
                id=key, owner=viewer.account, name=name, page=page, query=query, shared=shared,
                changed_at=clock.now(),
            )
        )  # fmt: skip
        record_audit(
            change, viewer, act="save_view", entity="view", entity_id=key,
            after={"called": name, "shared": shared},
        )  # fmt: skip
        return key


def change_view(
    engine: Engine, view_id: int, name: str, *, shared: bool, row_version: int, viewer: Viewer
) -> None:
    """Another name, shared or no longer; its owner alone. Raises ViewRefused."""
    name = _tidy(name)
    with told_in_turn(engine) as change:
        connection = change.connection
        before = _view(connection, view_id, row_version)
        if before.owner != viewer.account:
            raise ViewRefused("只能修改自己保存的视图。")
        _refuse_name(connection, name, viewer, but=view_id)
        connection.execute(
            update(saved_views)
            .where(saved_views.c.id == view_id)
            .values(name=name, shared=shared, changed_at=clock.now(), row_version=row_version + 1)
        )
        record_audit(
            change, viewer, act="change_view", entity="view", entity_id=view_id,
            before={"called": before.name, "shared": before.shared},
            after={"called": name, "shared": shared},
        )  # fmt: skip


def delete_view(engine: Engine, view_id: int, *, row_version: int, viewer: Viewer) -> None:
    """By its owner; a shared one also by who sees to the city's rules. Raises ViewRefused."""
    with told_in_turn(engine) as change:
        connection = change.connection
        before = _view(connection, view_id, row_version)
        tidies = before.shared and may(viewer, Right.MANAGE_RULES)
        if before.owner != viewer.account and not tidies:
            raise ViewRefused("只能删除自己保存的视图。")
        connection.execute(delete(saved_views).where(saved_views.c.id == view_id))
        record_audit(
            change, viewer, act="delete_view", entity="view", entity_id=view_id,
            before={"called": before.name, "shared": before.shared}, after={},
        )  # fmt: skip


def _tidy(name: str) -> str:
    """The name as it may stay in the audit: with no number of a resident."""
    return masked(" ".join(name.split()))


def _refuse_name(connection: Connection, name: str, viewer: Viewer, *, but: int | None) -> None:
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ViewRefused(f"视图名称为 1 到 {LONGEST_NAME} 个字。")
    of_that_name = select(saved_views.c.id).where(
        saved_views.c.owner == viewer.account, saved_views.c.name == name
    )
    if connection.execute(of_that_name).scalar() not in (None, but):
        raise ViewRefused("您已有同名的视图，请换一个名称。")


def _view(connection: Connection, view_id: int, row_version: int) -> Row[Any]:
    found = connection.execute(select(saved_views).where(saved_views.c.id == view_id)).one_or_none()
    if found is None or found.row_version != row_version:
        raise ViewRefused("这个视图刚被改过或删除，请刷新后再试。")
    return found
