"""归档: what was struck off long ago is read-only and off the desk; what is still open stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from dashboard.commands import main
from dashboard.item_commands import months_before
from data_access import clock
from data_access.database import reading
from data_access.reads.desk import desk
from data_access.schema.base import audit
from data_access.schema.supervision import item_acts
from supervision.beside_acts import BesideAct, allowed_beside
from supervision.lifecycle import Act, allowed_acts
from supervision.scope import Scope
from supervision.vocabulary import ItemState, RoundState
from tests.acting import CLERK, HEAD, LEADER, OFFICER, Walk, item_row, stored_item
from tests.app_store import store_of_the_app

ASSIGNED = date(2026, 11, 2)
LATER = date(2027, 2, 26)


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        yield engine


def struck_off(engine: Engine) -> Walk:
    walk = Walk(engine, stored_item(engine, assigned_on=ASSIGNED))
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    walk.does(BesideAct.APPROVE_STRIKE_OFF, HEAD, reason="已核实")
    walk.does(Act.STRIKE_OFF, OFFICER)
    return walk


def test_old_items_are_archived_with_their_reason_and_what_is_open_stays(store: Engine, capsys):
    done, asked = struck_off(store), struck_off(store)
    for walk in (done, asked):
        walk.does(BesideAct.CONFIRM_LOOK_BACK, OFFICER, text="完好")
    asked.does(BesideAct.INSTRUCT, LEADER, text="请再核实")
    command = ("items", "archive", "--older-than-months", "3", "--reason", "年度归档")
    assert main([*command, "--as-of", "2027-02-25"]) == 0
    assert "已归档 0 件" in capsys.readouterr().out
    assert main([*command, "--as-of", LATER.isoformat()]) == 0
    told = capsys.readouterr().out
    assert "已归档 1 件：2026-11-26 以前销号的事项" in told
    assert "另有 1 件还有未了的批示" in told
    clock.tell(LATER)
    assert item_row(store, done.item_id)["state"] == ItemState.ARCHIVED
    assert item_row(store, asked.item_id)["state"] == ItemState.STRUCK_OFF
    with reading(store) as connection:
        act = connection.execute(select(item_acts).where(item_acts.c.act == "archive")).one()
        audited = connection.execute(
            select(audit.c.entity_id, audit.c.reason).where(audit.c.act == "archive")
        ).all()
    assert (act.item_id, act.account, act.reason) == (done.item_id, "terminal", "年度归档")
    assert audited == [(done.item_id, "年度归档")]
    waiting = {e.slug.value: e.count for e in desk(store, scope=Scope.whole_city(), as_of=LATER)}
    assert waiting["instructions_open"] == 1


def test_nothing_may_be_done_to_an_archived_item():
    for at in (None, *RoundState):
        assert allowed_acts(ItemState.ARCHIVED, at) == ()
        assert allowed_beside(ItemState.ARCHIVED, at) == ()


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(("months", "reason"), [("0", "理由"), ("601", "理由"), ("24", " ")])
def test_a_command_without_months_or_reason_does_nothing(capsys, months, reason):
    assert main(["items", "archive", "--older-than-months", months, "--reason", reason]) == 2
    assert "请写明月数（1—600）和理由" in capsys.readouterr().out


def test_months_are_counted_back_over_the_turn_of_a_year():
    assert months_before(date(2027, 1, 31), 2) == date(2026, 11, 28)
    assert months_before(date(2026, 12, 1), 12) == date(2025, 12, 1)
