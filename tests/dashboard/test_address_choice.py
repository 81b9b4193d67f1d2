"""Choices in addresses: short codes that never change, never the words that are shown."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.app_pages import __file__ as pages
from dashboard.parts.address_choice import code_asked
from dashboard.parts.list_tools import ORDERS
from data_access.ledger_import.apply import store_import
from supervision.scope import Role
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

DASHBOARD = Path(pages).parents[1]


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        store_import(opened, judged_ledger(ledger_row()), viewer=SUPERVISOR, as_of=TODAY)
        yield opened


@pytest.mark.parametrize(
    ("said", "meant"),
    [("oldest", "oldest"), ("最早受理先列", "oldest"), ("", "overdue"), ("x" * 999, "overdue")],
)
def test_an_address_says_a_code_and_earlier_ones_said_words(said: str, meant: str):
    assert code_asked(said, ORDERS) == meant


def test_a_choice_that_a_person_does_not_have_means_the_first_of_his():
    assert code_asked("waiting", {"out": "待回复", "done": "已结束"}) == "out"
    assert code_asked("", {"proposed": "建议拟制", "waiting": "待签发"}, "waiting") == "waiting"


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def test_streamlit_binds_to_the_address_what_is_typed_only():
    bound = [
        (path.name, _name(call))
        for path in DASHBOARD.rglob("*.py")
        for call in _calls(ast.parse(path.read_text(encoding="utf-8")))
        if any(word.arg == "bind" for word in call.keywords)
    ]
    assert bound == [("items.py", "text_input")]


@pytest.mark.parametrize(
    ("page", "query", "codes"),
    [
        ("items.py", {"sort": "最早受理先列"}, {"sort": "oldest"}),
        ("units.py", {"peers": "全部"}, {"peers": "all"}),
        ("satisfaction.py", {"answers_of": "按县(区)", "asked": "办理过程"},
         {"answers_of": "county", "asked": "process"}),
    ],
)  # fmt: skip
def test_addresses_of_before_open_what_they_named(
    city: Engine, monkeypatch: pytest.MonkeyPatch, page: str, query: dict[str, str],
    codes: dict[str, str],
):  # fmt: skip
    looks(monkeypatch, city, Role.SUPERVISOR)
    kept = Desk(page, **query).app.session_state
    assert {key: kept[f"{key}_chosen"] for key in codes} == codes
