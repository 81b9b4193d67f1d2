"""面对面承诺 as a workbook: the rows of the list, in its order, as who takes it may see them."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from sqlalchemy import Engine, select

from dashboard import downloads, meeting_acts
from dashboard.meeting_acts import CommitmentWanted
from dashboard.meetings import export
from data_access.accounts.known import LOCAL
from data_access.audit_reading import AuditFilters, audit_page
from data_access.database import reading
from data_access.ledger_import.apply import store_import
from data_access.schema.registers import departments
from data_access.writes.face_to_face import SessionWanted, enter_session
from supervision.scope import Role
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

FORMULA = '=HYPERLINK("http://outside.example","点")'
NOW = {"as_of": TODAY, "viewer": SUPERVISOR}
HEADINGS = (
    "兑现情况", "逾期（工作日）", "承诺内容", "责任单位", "期限", "兑现日期", "佐证", "最近进展",
    "进展日期", "关联事项", "场次", "承诺人",
)  # fmt: skip


@pytest.fixture
def city(app_store: Engine) -> Engine:
    """教育 (市级) with an overdue and a fulfilled commitment; 供水 (县级) with one to come."""
    for theme, level in (("教育", "市级"), ("供水", "县级")):
        wanted = SessionWanted(date(2026, 10, 8), theme, "分管领导", level, 40, 30, 25)
        enter_session(app_store, wanted, viewer=SUPERVISOR)
    row = ledger_row(row=3, session_theme="教育")
    store_import(app_store, judged_ledger(row), viewer=SUPERVISOR, as_of=TODAY)
    with reading(app_store) as connection:
        named = select(departments.c.name, departments.c.id)
        keys = dict(connection.execute(named).all())
    for session, name, text, due_on in (
        (1, "市教育局", "=1+1", date(2026, 11, 20)),
        (1, "市教育局", "答复王*（138****1234）的诉求", date(2026, 11, 20)),
        (2, "市水务局", "枯水期前通水", date(2026, 12, 20)),
    ):
        promise = CommitmentWanted(text, "李某", keys[name], due_on, (1,) * (session == 1))
        meeting_acts.make_commitment(session, promise, **NOW)
    meeting_acts.report_on_commitment(1, date(2026, 11, 2), "已立项", **NOW)
    meeting_acts.report_on_commitment(1, TODAY, FORMULA, **NOW)
    meeting_acts.fulfil_commitment(2, TODAY, "+照片", row_version=1, **NOW)
    return app_store


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What a page's button makes when it is pressed: each drawing makes the file anew."""
    taken: list[bytes] = []

    def pressed(_label: str, offer: downloads.Offer, make: downloads.Maker) -> None:
        taken.append(downloads._later(offer, make)())

    monkeypatch.setattr(export, "download_button", pressed)
    return taken


def _sheet(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))["清单"]


def _told(content: bytes, *headings: str) -> list[tuple[object, ...]]:
    heads, *rows = _sheet(content).iter_rows(min_row=4, values_only=True)
    assert heads == HEADINGS
    return [tuple(row[heads.index(one)] for one in headings) for row in rows]


def test_the_file_has_the_rows_of_the_screen_with_all_columns(
    city: Engine, monkeypatch: pytest.MonkeyPatch, made: list[bytes]
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("sessions.py")
    assert [text for (text,) in _told(made[-1], "承诺内容")] == (
        desk.table("state", "text")["text"].tolist()
    )
    day = _sheet(made[-1])["E5"].value
    rows = _told(made[-1], "兑现情况", "逾期（工作日）", "承诺内容", "兑现日期", "佐证", "最近进展",
                 "关联事项", "场次")  # fmt: skip
    assert day.date() == date(2026, 11, 20)
    assert rows[0] == (
        "逾期未兑现",
        3,
        "=1+1",
        None,
        None,
        FORMULA,
        "MDM-0003",
        "教育（2026-10-08）",
    )
    assert rows[1][:3] == ("未到期", None, "枯水期前通水")
    assert (rows[2][0], rows[2][3].date(), rows[2][4]) == ("逾期兑现", TODAY, "+照片")
    cells = [cell for row in _sheet(made[-1]).iter_rows() for cell in row]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)


def test_the_file_follows_state_level_and_session_and_is_recorded_and_marked(
    city: Engine, monkeypatch: pytest.MonkeyPatch, made: list[bytes]
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    Desk("sessions.py", kept="overdue", level="市级")
    assert [text for (text,) in _told(made[-1], "承诺内容")] == ["=1+1"]
    (entry, *_) = audit_page(city, AuditFilters(act="export"), viewer=LOCAL).entries
    assert entry.changes[:3] == (
        "名单：面对面承诺", "筛选：层级：市级；兑现情况：逾期未兑现", "行数：1",
    )  # fmt: skip
    sheet = _sheet(made[-1])
    assert "内部资料　某人（someone）" in sheet["A2"].value
    assert "内部资料" in sheet.oddHeader.left.text
    Desk("sessions.py", one="2")
    assert _told(made[-1], "承诺内容", "场次") == [("枯水期前通水", "供水（2026-10-08）")]
    assert sheet["A3"].value == "筛选：层级：市级；兑现情况：逾期未兑现"
    assert _sheet(made[-1])["A3"].value == "筛选：场次：供水（2026-10-08）"


def test_a_department_takes_its_own_without_traces_of_residents(
    city: Engine, monkeypatch: pytest.MonkeyPatch, made: list[bytes]
):
    looks(monkeypatch, city, Role.LEAD_UNIT)
    Desk("sessions.py", kept="fulfilled")
    assert _told(made[-1], "承诺内容", "责任单位") == [("答复＊＊＊（＊＊＊）的诉求", "市教育局")]


def test_who_may_not_export_is_offered_no_file(
    city: Engine, monkeypatch: pytest.MonkeyPatch, made: list[bytes]
):
    looks(monkeypatch, city, Role.CALLBACK)
    assert "承诺 3 项" in Desk("sessions.py").said
    assert made == []
