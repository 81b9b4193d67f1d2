"""One item from the ledger to 销号 through two rounds, by the people whose acts they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access import clock
from data_access.ledger_import.apply import store_import
from data_access.reads.figures import figure_values
from data_access.reads.history import item_history
from supervision.scope import Scope
from supervision.vocabulary import ItemState, RoundState
from tests.app_store import store_of_the_app
from tests.dashboard.handling import People, Tab
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

LEAD = "市住房和城乡建设局"
CITY = Scope.whole_city()
FIGURES = ("open", "awaiting_closure", "reassign_pending", "closed", "struck_off")


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        row = ledger_row(row=3, number="A-1", lead_departments=(LEAD,), county="源城区",
                         township=None, title="楼道漏水")  # fmt: skip
        store_import(engine, judged_ledger(row), viewer=SUPERVISOR, as_of=TODAY)
        yield engine


def states(engine: Engine) -> tuple[ItemState, RoundState, int]:
    """Where item 1 and its current round stand, and which round that is."""
    history = item_history(engine, scope=CITY, as_of=clock.today(), item_id=1)
    assert history is not None
    at = history.rounds[-1].round
    return ItemState(history.item["state"]), RoundState(at["state"]), at["round_no"]


def counted(engine: Engine, slug: str) -> int | None:
    n = figure_values(engine, scope=CITY, as_of=clock.today())[slug][0]
    return int(n) if n is not None else None


def at(people: People, login: str) -> Tab:
    return people.at(login, "item.py", id="1")


def handled(people: People, text: str) -> None:
    """The lead department signs for it and reports it solved."""
    page = at(people, "leadunit").press("签收")
    assert "A-1：已签收。" in page.said
    page.press("提交书面反馈").choose("resolved", "已解决")
    page.fill(text=text, measures="更换管道", evidence="验收照片2张").send()
    assert "A-1：已提交书面反馈。" in page.said


def called_back(people: People, *, answer: str, solved: str) -> None:
    """The resident is asked."""
    page = at(people, "callback").press("回访").choose("resolved", solved)
    page.choose("result", answer).fill(text="住户说明情况").send()
    assert "A-1：已回访。" in page.said


def test_an_item_walks_through_two_rounds_until_the_resident_is_satisfied(
    store: Engine, monkeypatch: pytest.MonkeyPatch
):
    people = People(store, monkeypatch)
    assert states(store) == (ItemState.IN_ROUND, RoundState.ASSIGNED, 1)
    handled(people, "已派人维修")
    assert states(store) == (ItemState.IN_ROUND, RoundState.SUBMITTED, 1)
    assert counted(store, "open") == 1

    page = at(people, "supervisor").press("审核通过并办结")
    assert "已派人维修" in page.said
    page.fill(how="已解决").send()
    assert states(store) == (ItemState.CLOSED, RoundState.ACCEPTED, 1)
    assert counted(store, "open") == 0

    called_back(people, answer="不满意", solved="未解决")
    assert states(store) == (ItemState.CLOSED, RoundState.CALLED_BACK, 1)
    page = at(people, "supervisor")
    assert "销号" not in page.buttons
    page.press("拟重新交办").fill(words="只修了一半").send()
    assert states(store) == (ItemState.REASSIGN_PENDING, RoundState.CALLED_BACK, 1)
    assert counted(store, "reassign_pending") == 1
    assert "重新交办" not in at(people, "supervisor").buttons

    page = at(people, "approver").press("重新交办")
    assert "原因：不满意，只修了一半" in page.said
    assert "2026年12月16日（周三）" in page.said
    page.send()
    assert states(store) == (ItemState.IN_ROUND, RoundState.ASSIGNED, 2)
    assert (counted(store, "open"), counted(store, "reassign_pending")) == (1, 0)

    handled(people, "整根更换完毕")
    at(people, "supervisor").press("审核通过并办结").fill(how="已解决").send()
    called_back(people, answer="满意", solved="已解决")
    at(people, "supervisor").press("销号")
    assert states(store) == (ItemState.STRUCK_OFF, RoundState.CALLED_BACK, 2)
    assert counted(store, "open") == 0

    told = at(people, "supervisor").said
    assert "共 2 轮，转手 1 次（重新交办 1 次）。" in told
    for line in ("标记拟重新交办：不满意；只修了一半", "演示负责人", "演示回访员", "验收照片2张"):
        assert line in told
    first = item_history(store, scope=CITY, as_of=TODAY, item_id=1)
    assert first is not None
    assert first.rounds[0].round["result"] == "dissatisfied"
    assert first.rounds[1].round["result"] == "satisfied"
