"""The tab 批量导入 of the page 账号管理: all accounts of a workbook, or none."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest
from sqlalchemy import Engine

from dashboard import acts, reads
from dashboard.briefing.account_workbooks import accounts_template, passwords_workbook
from dashboard.briefing.watermark import Watermark
from data_access.accounts.known import account_list
from data_access.accounts.sign_in import sign_in
from supervision.scope import Role, Scope, Viewer
from tests.dashboard.administering import Desk
from tests.looking import HERE, looks

PAGE = "accounts.py"
ROWS = (("账号", "姓名", "角色", "可见范围", "统一身份标识"),
        ("zhangsan", "张三", "督查督办员", "全市", ""),
        ("lisi", "李四", "县（区）专班、回访员", "源城区、江东新区", "li-4"))  # fmt: skip


@pytest.fixture
def store(app_store: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    looks(monkeypatch, app_store, Role.SYSADMIN)
    return app_store


def administrator() -> Viewer:
    return Viewer("admin", "管理员", frozenset({Role.SYSADMIN}), Scope())


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in rows:
        book.active.append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_accounts_come_from_a_workbook_all_at_once_with_their_passwords(store: Engine):
    desk = Desk(PAGE).turn_to("批量导入")
    desk.app.file_uploader[0].set_value(("账号.xlsx", workbook(*ROWS), "x"))
    desk.run()
    assert "2 个账号，没有发现问题" in desk.said
    desk.press("建立 2 个账号")
    assert "已建立 2 个账号。" in desk.said
    made = {one.viewer.account: one for one in account_list(store)}
    assert made["lisi"].viewer.roles == {Role.COUNTY_ADMIN, Role.CALLBACK}
    assert made["lisi"].viewer.scope.reporting_units == {"源城区", "江东新区"}
    assert made["lisi"].outside_subject == "li-4"
    assert made["zhangsan"].must_change
    issued = desk.app.session_state["issued_passwords"]
    mark = Watermark("演示管理员", "sysadmin", datetime.fromisoformat("2026-11-20 09:30"))
    sheet = openpyxl.load_workbook(io.BytesIO(passwords_workbook(issued, mark))).active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"]] == [mark.words, "账号", "zhangsan", "lisi"]
    assert sign_in(store, "lisi", str(sheet["C4"].value), client=HERE)


def test_every_fault_of_a_workbook_is_told_at_its_cell_and_nothing_is_made(store: Engine):
    rows = (*ROWS, ("zhangsan", "", "处长", "天上", ""), ("someone", "某某", "审计员", "全市", ""))
    desk = Desk(PAGE).turn_to("批量导入")
    desk.app.file_uploader[0].set_value(("账号.xlsx", workbook(*rows), "x"))
    desk.run()
    faults = desk.table("cell", "sentence").set_index("cell")["sentence"]
    assert faults.to_dict() == {
        "A4": "与第 2 行的账号相同。",
        "B4": "请填写姓名（最多 60 个字）。",
        "C4": "没有这样的角色：处长。见“填写说明”。",
        "D4": "登记册里没有：天上。见“填写说明”。",
        "A5": "账号“someone”已经存在。",
        "D5": "系统管理员和审计员不看事项，不设可见范围。",
    }
    assert not desk.offers("建立 4 个账号")
    assert len(account_list(store)) == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 x", "PDF"),
        (workbook(("甲", "乙"), ("1", "2")), "没有找到表头（账号、姓名、角色、可见范围）"),
        (workbook(ROWS[0]), "表头下面没有账号"),
        (
            workbook(ROWS[0], *((f"user{n}", "某", "市领导", "全市", "") for n in range(501))),
            "一次最多导入 500 个账号",
        ),
    ],
)
def test_another_file_is_refused_in_one_sentence(store: Engine, data: bytes, sentence: str):
    desk = Desk(PAGE).turn_to("批量导入")
    desk.app.file_uploader[0].set_value(("账号.xlsx", data, "x"))
    desk.run()
    assert sentence in desk.refusals[0]
    assert len(account_list(store)) == 1


def test_the_template_filled_in_is_taken(store: Engine):
    before = len(account_list(store))
    names = reads.names_for_scopes(administrator())
    made = accounts_template(tuple(acts.ACCOUNT_HEADINGS.values()), names.units, names.departments)
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["账号", "填写说明"]
    for place, text in enumerate(("13800001234", "赵六", "牵头单位联络员", "市教育局"), start=1):
        book["账号"].cell(2, place, text)
    kept = io.BytesIO()
    book.save(kept)
    desk = Desk(PAGE).turn_to("批量导入")
    desk.app.file_uploader[0].set_value(("账号.xlsx", kept.getvalue(), "x"))
    desk.run().press("建立 1 个账号")
    assert len(account_list(store)) == before + 1
    assert {one.viewer.account for one in account_list(store)} == {"someone", "13800001234"}
