"""满意度 through the whole app on a real store: the sentence, the parts, and where clicks lead."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import Callback
from supervision.scope import Role, Scope
from supervision.vocabulary import Resolution
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

POLICE = {"lead_departments": ("市公安局",)}


def _answered(row, satisfaction, resolved=Resolution.RESOLVED, **said):
    called = Callback(called_on=date(2026, 11, 12), reached=True, resolved=resolved)
    days = {"feedback_on": date(2026, 11, 4), "closed_on": date(2026, 11, 6)}
    return ledger_row(row=row, status="已办结", satisfaction=satisfaction, callback=called,
                      **days, **said)  # fmt: skip


@pytest.fixture
def city(app_store: Engine) -> Engine:
    """教育局: 9 of 10 content; 公安局: one answer, not content, of another county."""
    rows = [
        *(_answered(row, "满意") for row in range(3, 12)),
        _answered(12, "不满意", Resolution.UNRESOLVED),
        _answered(13, "非常不满意", Resolution.PARTLY_RESOLVED, county="紫金县",
                  township="蓝塘镇", **POLICE),
        ledger_row(row=14, feedback_on=date(2026, 11, 4), closed_on=date(2026, 11, 6),
                   status="已办结"),
    ]  # fmt: skip
    store_import(app_store, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return app_store


def test_the_page_says_how_content_residents_are_and_who_was_not_called(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    said = Desk("satisfaction.py").said
    assert "满意率 81.82%（9/11），95%区间 52–95%；尚未回访 1 件" in said
    # The only department with enough cases is named; the other has no rank.
    assert "满意率 81.82%（9/11），其中市教育局 90.00%（9/10）" in said
    assert "不满意 2 件次，其中群众说没有解决或只解决一部分的 2 件次" in said


def test_cells_open_exactly_their_rows(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("satisfaction.py").click_row("answers_lead", 0, "satisfaction_rate")
    assert "共 **10** 件" in desk.said
    desk = Desk("satisfaction.py").click_row("unhappy", 0, "all")
    assert "评价：不满意、非常不满意，群众认定：部分解决" in desk.said
    assert "共 **1** 件" in desk.said
    desk = Desk("satisfaction.py").click_row("crossed", 0, "unresolved")
    assert "群众认定：未解决，单位认定：未填" in desk.said
    assert "共 **1** 件" in desk.said
    desk = Desk("satisfaction.py").click_row("answers_months_table", 0, "satisfaction_rate")
    assert "days" in desk.app.query_params
    assert "共 **11** 件" in desk.said


def test_a_county_hears_its_own_residents_only(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.COUNTY_ADMIN, scope=Scope(reporting_units=frozenset({"紫金县"})))
    said = Desk("satisfaction.py").said
    assert "满意率 0.00%（0/1）" in said
    assert "市教育局" not in said


def test_a_store_without_answers_says_so(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    said = Desk("satisfaction.py", period="2026-01-01_2026-01-31").said
    assert "这段时间没有群众评价" in said
    assert "这段时间没有不满意的评价" in said
