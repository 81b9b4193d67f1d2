"""Saved views: private or shared, kept by their owner, every change in the audit."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from data_access.database import change_number, reading
from data_access.saved_views import SavedView, views_open_to
from data_access.schema.base import audit
from data_access.writes.saved_views import (
    LONGEST_NAME,
    LONGEST_QUERY,
    MOST_OF_ONE,
    ViewRefused,
    change_view,
    delete_view,
    save_view,
)
from supervision.scope import Role, Viewer
from tests.acting import person

LEADER = person(Role.LEADER, account="leader")
OFFICER = person(Role.SUPERVISOR, account="officer")
CLERK = person(Role.CALLBACK, account="clerk")


def save(engine: Engine, name: str, *, shared: bool = False, viewer: Viewer = LEADER) -> SavedView:
    key = save_view(
        engine, name, page="overview", query="county=3&period=month", shared=shared, viewer=viewer
    )
    return next(view for view in views_open_to(engine, viewer) if view.id == key)


def names(engine: Engine, viewer: Viewer) -> list[tuple[str, bool]]:
    return [(view.name, view.own) for view in views_open_to(engine, viewer)]


def acts(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        told = connection.execute(select(audit.c.act).where(audit.c.entity == "view"))
        return list(told.scalars())


def test_a_private_view_is_ones_own_and_a_shared_one_everybodys(engine: Engine):
    figures = change_number(engine)
    kept = save(engine, "  东源县  本月 ")
    assert (kept.name, kept.page, kept.query) == (
        "东源县 本月",
        "overview",
        "county=3&period=month",
    )
    save(engine, "各县逾期", shared=True)
    assert names(engine, LEADER) == [("东源县 本月", True), ("各县逾期", True)]
    assert names(engine, CLERK) == [("各县逾期", False)]
    assert change_number(engine) == figures, "nobody's figures are asked anew"
    save(engine, "各县逾期", viewer=CLERK)
    assert names(engine, CLERK) == [("各县逾期", True), ("各县逾期", False)]


def test_its_owner_renames_shares_and_deletes_it_and_the_audit_tells(engine: Engine):
    kept = save(engine, "本月")
    change_view(engine, kept.id, "本月逾期", shared=True, row_version=1, viewer=LEADER)
    assert names(engine, CLERK) == [("本月逾期", False)]
    change_view(engine, kept.id, "本月逾期", shared=False, row_version=2, viewer=LEADER)
    assert names(engine, CLERK) == []
    delete_view(engine, kept.id, row_version=3, viewer=LEADER)
    assert names(engine, LEADER) == []
    assert acts(engine) == ["save_view", "change_view", "change_view", "delete_view"]


def test_others_do_not_touch_it_but_who_keeps_the_rules_takes_a_shared_one_down(engine: Engine):
    shared, private = save(engine, "共享", shared=True), save(engine, "自用")
    for view in (shared, private):
        with pytest.raises(ViewRefused, match="只能修改自己"):
            change_view(engine, view.id, "改", shared=True, row_version=1, viewer=OFFICER)
        with pytest.raises(ViewRefused, match="只能删除自己"):
            delete_view(engine, view.id, row_version=1, viewer=CLERK)
    with pytest.raises(ViewRefused, match="只能删除自己"):
        delete_view(engine, private.id, row_version=1, viewer=OFFICER)
    delete_view(engine, shared.id, row_version=1, viewer=OFFICER)
    assert names(engine, LEADER) == [("自用", True)]


def test_what_cannot_be_kept_is_refused_in_words(engine: Engine):
    kept = save(engine, "本月")
    for name, words in (("", "1 到"), ("月" * (LONGEST_NAME + 1), "1 到"), ("a\x00", "1 到"),
                        ("本月", "同名")):  # fmt: skip
        with pytest.raises(ViewRefused, match=words):
            save(engine, name)
    with pytest.raises(ViewRefused, match="太多"):
        save_view(engine, "长", page="items", query="x" * (LONGEST_QUERY + 1), shared=False,
                  viewer=LEADER)  # fmt: skip
    with pytest.raises(ViewRefused, match="刚被改过"):
        change_view(engine, kept.id, "旧", shared=False, row_version=9, viewer=LEADER)
    for n in range(MOST_OF_ONE - 1):
        save(engine, f"第{n}个")
    with pytest.raises(ViewRefused, match=f"最多保存 {MOST_OF_ONE} 个"):
        save(engine, "再一个")


def test_no_number_of_a_resident_is_kept_in_a_view_or_in_the_audit_of_it(engine: Engine):
    kept = save(engine, "来电 13812345678 的件")
    assert kept.name == "来电 138****5678 的件"
    change_view(engine, kept.id, "13912345678", shared=False, row_version=1, viewer=LEADER)
    for query in ("q=13812345678", "county=3&q=%E7%94%B5%E8%AF%9D1381234%205678"):
        with pytest.raises(ViewRefused, match="个人信息"):
            save_view(engine, "搜索", page="items", query=query, shared=False, viewer=LEADER)
    with reading(engine) as connection:
        everything = str(list(connection.execute(select(audit)))) + str(names(engine, LEADER))
    assert "12345678" not in everything
