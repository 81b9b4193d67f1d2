"""包案领导 in the filter bar: said above the page, offered where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from supervision.scope import Role
from tests.acting import stored_item
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.looking import looks


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        looks(monkeypatch, engine, Role.LEADER)
        yield engine


def shown(desk: Desk) -> list[str]:
    return sorted(desk.table("number", "title")["number"])


def test_a_list_is_narrowed_to_a_leaders_own_items_and_opened_again(store: Engine):
    stored_item(store, number="A", case_leader="王市长（常务）")
    stored_item(store, number="B", case_leader="李市长")
    desk = Desk("items.py")
    desk.take("包案领导", "王市长（常务）").run()
    assert shown(desk) == ["A"]
    assert "包案领导：王市长（常务）" in desk.said
    desk.press("清除筛选")
    assert shown(desk) == ["A", "B"]


def test_where_no_item_names_a_leader_there_is_no_filter_and_the_address_asks_in_vain(
    store: Engine,
):
    stored_item(store, number="A")
    desk = Desk("items.py", leader="王市长")
    assert shown(desk) == ["A"]
    assert "包案领导" not in [box.label for box in desk.app.selectbox]
