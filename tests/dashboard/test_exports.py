"""Files that leave: who presses is asked again, the export recorded, then come the bytes."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import downloads
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer
from dashboard.handing_out import DownloadRefused
from data_access import clock
from data_access.accounts.known import LOCAL
from data_access.accounts.sessions import Ended, end_sessions
from data_access.accounts.upkeep import AccountWanted, change_account
from data_access.audit_reading import AuditEntry, AuditFilters, audit_page
from data_access.database import recording
from data_access.ledger_import.apply import store_import
from supervision.rights import NotPermitted, Right
from supervision.scope import Role, Scope, Viewer
from tests.app_store import store_of_the_app
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

PROJECT = Path(__file__).parents[2]
OFFER = Offer("督办事项清单", ["县(区)：东源县"], "清单_1.xlsx", Right.EXPORT)


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A store of its own that the doors of this test open."""
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        yield opened


def three_rows(_taker: Viewer, mark: Watermark) -> Made:
    return Made(mark.words.encode(), 3)


def recorded(city: Engine) -> list[AuditEntry]:
    page = audit_page(city, AuditFilters(act="export"), viewer=LOCAL)
    return list(page.entries)


def test_what_leaves_is_recorded_with_who_filters_and_count(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    content = downloads._later(OFFER, three_rows)()
    assert content.decode().startswith("内部资料　某人（someone）2026-11-25")
    (entry,) = recorded(city)
    assert entry.who == "某人（someone）"
    assert entry.changes == (
        "名单：督办事项清单", "筛选：县(区)：东源县", "行数：3", "文件：清单_1.xlsx",
    )  # fmt: skip


def test_a_session_that_ended_after_the_page_was_drawn_gets_nothing(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    button = downloads._later(OFFER, three_rows)
    with recording(city) as change:
        end_sessions(change.connection, Ended.LOGOUT, account_id=1)
    with pytest.raises(DownloadRefused):
        button()
    assert recorded(city) == []


def test_a_right_that_was_taken_away_takes_the_button_with_it(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    button = downloads._later(OFFER, three_rows)
    wanted = AccountWanted("someone", "某人", frozenset({Role.CALLBACK}), Scope.whole_city())
    change_account(city, 1, wanted, row_version=1, viewer=LOCAL)
    with pytest.raises(DownloadRefused):
        button()
    assert recorded(city) == []


def test_a_button_drawn_by_mistake_hands_nothing_to_whoever_may_not_export(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.CALLBACK)
    with pytest.raises(NotPermitted, match="导出名单"):
        downloads._later(OFFER, three_rows)()
    assert recorded(city) == []


def test_nothing_is_handed_out_when_it_cannot_be_recorded(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    # A head row that is gone: the trail can take nothing down any more.
    with recording(city) as change:
        change.connection.exec_driver_sql("DELETE FROM audit_head")
    with pytest.raises(Exception, match="No row was found"):
        downloads._later(OFFER, three_rows)()


def test_files_are_offered_in_one_place_alone():
    """So that no file can leave the program without being recorded."""
    places = {
        str(path.relative_to(PROJECT))
        for path in (PROJECT / "dashboard").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "download_button"
        and getattr(node.value, "id", "") != "downloads"
    }
    assert places == {"dashboard/downloads.py"}


@pytest.mark.parametrize("role", [Role.LEADER, Role.COUNTY_ADMIN])
def test_the_list_is_offered_to_its_roles_under_a_name_of_its_own(
    city: Engine, monkeypatch: pytest.MonkeyPatch, role: Role
):
    store_import(city, judged_ledger(ledger_row()), viewer=SUPERVISOR, as_of=TODAY)
    looks(monkeypatch, city, role)
    app = AppTest.from_file(str(PROJECT / "dashboard" / "app.py"))
    app.run(timeout=60)
    app.switch_page("app_pages/items.py").run(timeout=60)
    assert not app.exception
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["导出 Excel"]


def test_the_auditors_page_opens_with_sentences_and_the_state_of_the_chain(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    store_import(city, judged_ledger(ledger_row()), viewer=SUPERVISOR, as_of=TODAY)
    looks(monkeypatch, city, Role.AUDITOR)
    app = AppTest.from_file(str(PROJECT / "dashboard" / "app.py")).run(timeout=60)
    assert not app.exception
    assert app.title[0].value == "审计记录"
    assert app.success[0].value.startswith("记录完整，共 3 条")
    shown = "".join(str(block.proto.body) for block in app.get("html"))
    assert "登记事项：事项 1（第 1 批导入）" in shown
    assert "路灯" not in shown


def test_the_auditors_workbook_is_made_of_text_and_recorded(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    from dashboard import audit_export

    taken: list[Made] = []

    def pressed(_label: str, offer: Offer, make: downloads.Maker) -> None:
        taken.append(make(AUDITOR, Watermark("审计", "auditor", clock.now())))
        assert offer.right == Right.READ_AUDIT

    store_import(city, judged_ledger(ledger_row()), viewer=SUPERVISOR, as_of=TODAY)
    monkeypatch.setattr(audit_export, "download_button", pressed)
    audit_export.export_button(AuditFilters(), ["操作：登录"], AUDITOR, 2)
    (made,) = taken
    sheet = openpyxl.load_workbook(io.BytesIO(made.content))["审计记录"]
    assert made.rows == sheet.max_row - 5 == 2
    assert sheet["A3"].value == "筛选：操作：登录"
    assert sheet["A4"].value == "记录完整，共 2 条"


AUDITOR = Viewer("auditor", "审计", frozenset({Role.AUDITOR}), Scope())
