"""回访表 and 反馈表 on the page 台账导入, through the whole app on a real store."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from dashboard import filled_lists
from dashboard.briefing.watermark import Watermark
from dashboard.engine import key_place
from dashboard.return_exports import list_to_fill
from data_access import clock
from data_access.database import reading
from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import PersonalValue
from data_access.schema.base import audit
from data_access.schema.items import callbacks
from supervision.beside_acts import BesideAct
from supervision.return_sheets import ReturnSheet, kinds_open_to
from supervision.rights import NotPermitted
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import LedgerStatus
from tests.acting import CALLER, CLERK, OFFICER, Walk, person
from tests.app_store import store_of_the_app
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks
from tests.returning import HEADING_ROW, columns, exported, filled, sent_back

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PAGE = "app_pages/ledger_upload.py"
CLOSED = {"status": LedgerStatus.CLOSED, "closed_on": date(2026, 11, 16),
          "feedback_on": date(2026, 11, 16)}  # fmt: skip
GOOD = {"回访日期": date(2026, 11, 24), "是否接通": "是", "结果满意度": "不满意",
        "是否解决": "未解决", "回访情况": "路灯又灭了"}  # fmt: skip
REASON = "十一月下旬电话回访"
PHONE = "13900001111"


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """Item 1 of 东源县 and 2 of 紫金县 wait for a callback, 3 owes feedback."""
    personal = (PersonalValue("reporter_name", "钱多多"), PersonalValue("reporter_phone", PHONE))
    rows = (
        ledger_row(row=3, personal=personal, **CLOSED),
        ledger_row(row=4, county="紫金县", township="蓝塘镇", personal=personal, **CLOSED),
        ledger_row(row=5),
    )
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        store_import(opened, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY, keys=key_place())
        yield opened


def made(kind: ReturnSheet, taker: Viewer, reason: str = "", **filters: Any) -> Worksheet:
    mark = Watermark(taker.name, taker.account, clock.now())
    found = list_to_fill(kind, Filters(**filters), reason, taker=taker, mark=mark, as_of=TODAY)
    return openpyxl.load_workbook(io.BytesIO(found.content)).worksheets[0]


def column(sheet: Worksheet, heading: str) -> list[Any]:
    where = columns(sheet)[heading]
    values = [sheet.cell(row, where).value for row in range(HEADING_ROW + 1, sheet.max_row + 1)]
    return [value for value in values if value is not None]


def looked_at(city: Engine) -> list[tuple[int, str]]:
    with reading(city) as connection:
        return list(
            connection.execute(
                select(audit.c.entity_id, audit.c.reason)
                .where(audit.c.act == "see_personal_data")
                .order_by(audit.c.id)
            ).all()
        )


def opened() -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    app.switch_page(PAGE)
    return seen(app.run())


def uploaded(data: bytes, name: str = "回访表.xlsx") -> AppTest:
    app = opened()
    app.file_uploader[0].set_value((name, data, "application/octet-stream"))
    return seen(app.run())


def seen(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def press(app: AppTest, words: str) -> AppTest:
    return seen(next(one for one in app.button if one.label == words).click().run())


def said(app: AppTest) -> str:
    kinds = ("text", "caption", "info", "warning", "error", "subheader", "success")
    return "\n".join(str(one.value) for kind in kinds for one in app.get(kind))


def calls(city: Engine) -> int:
    with reading(city) as connection:
        return len(connection.execute(select(callbacks.c.id)).all())


def test_a_list_is_masked_and_no_look_is_recorded_for_it(city: Engine):
    sheet = made(ReturnSheet.CALLBACK, CALLER)
    assert column(sheet, "诉求人") == ["钱**", "钱**"]
    assert column(sheet, "联系电话") == ["139****1111", "139****1111"]
    assert looked_at(city) == []


def test_a_list_in_clear_records_one_look_for_each_item_with_the_reason(city: Engine):
    sheet = made(ReturnSheet.CALLBACK, CALLER, REASON)
    assert column(sheet, "联系电话") == [PHONE, PHONE]
    assert looked_at(city) == [(1, REASON), (2, REASON)]


def test_only_what_was_asked_for_goes_out_and_is_looked_at(city: Engine):
    county = person(Role.COUNTY_ADMIN, Scope(reporting_units=frozenset({"紫金县"})))
    assert len(column(made(ReturnSheet.CALLBACK, county, REASON), "编号")) == 1
    assert looked_at(city) == [(2, REASON)]


@pytest.mark.usefixtures("city")
def test_lists_go_out_to_their_roles_alone():
    for role in Role:
        who = person(role, Scope(departments=frozenset({"市教育局"})))
        for kind in ReturnSheet:
            if kind in kinds_open_to(who):
                assert made(kind, who).title == kind.label
            else:
                with pytest.raises(NotPermitted):
                    made(kind, who)
    assert kinds_open_to(CALLER) == (ReturnSheet.CALLBACK,)
    assert kinds_open_to(CLERK) == (ReturnSheet.FEEDBACK,)
    assert kinds_open_to(OFFICER) == tuple(ReturnSheet)


def test_a_caller_sends_a_filled_list_back_and_sees_what_it_will_do(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.CALLBACK)
    data = filled(exported(city, ReturnSheet.CALLBACK, CALLER), GOOD, {"是否接通": "也许"})
    app = uploaded(data)
    assert "认出是回访表：2 行已填写，登记 1、不能登记 1" in said(app)
    assert "2026-11-24 已接通：不满意、未解决" in app.dataframe[0].value["words"].iloc[0]
    faults = next(one.value for one in app.dataframe if "outcome" in one.value)
    assert "只能填“是”或“否”" in "".join(faults["message"])
    assert calls(city) == 0
    button = next(one for one in app.button if one.label == "登记 1 行")
    app = seen(button.click().run())
    assert "已登记 1 行回访表，1 行没有登记" in said(app)
    assert calls(city) == 1
    app = seen(app.run())
    assert calls(city) == 1
    app = press(app, "撤销登记（1 件）")
    app = press(app, "确认撤销")
    assert "请写明撤销的原因" in said(app)
    next(one for one in app.text_input if one.label == "撤销的原因").set_value("填错了事项")
    app = press(app, "确认撤销")
    assert calls(city) == 0
    assert "已撤销误操作" in said(app)
    assert "这份回访表的登记已全部撤销" in said(app)
    assert "已登记 1 行" not in said(app)
    assert [one.label for one in app.button if one.label.startswith("撤销登记")] == []


def test_a_department_finds_its_list_again_days_later_and_takes_it_back(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    fed_back = {"是否解决": "已解决", "解决措施": "换灯", "书面反馈": "已修复",
                "佐证材料名称": "现场照片.jpg"}  # fmt: skip
    earlier = sent_back(city, filled(exported(city, ReturnSheet.CALLBACK, CALLER), GOOD), CALLER)
    looks(monkeypatch, city, Role.LEAD_UNIT, scope=CLERK.scope)
    press(uploaded(filled(exported(city, ReturnSheet.FEEDBACK, CLERK), fed_back)), "登记 1 行")
    monkeypatch.setattr(filled_lists, "PAGE_SIZE", 1)
    app = opened()
    # The callbacks of others are not among them.
    assert "反馈表　2026-11-25" in said(app)
    assert "回访表　2026" not in said(app)
    assert "登记 1 件" in said(app)
    assert [one.label for one in app.button if "早" in one.label or "新" in one.label] == []
    app = press(app, "撤销登记（1 件）")
    next(one for one in app.text_input if one.label == "撤销的原因").set_value("填错了事项")
    app = press(app, "确认撤销")
    assert "登记 1 件，已撤销" in said(app)
    assert [one.label for one in app.button if one.label.startswith("撤销登记")] == []
    app.query_params["lists_before"] = str(earlier.batch_id)
    app = seen(app.run())
    assert "登记 1 件，已撤销" not in said(app)
    assert "登记 1 件，已撤销" in said(press(app, "回到最新"))


def test_a_caller_and_a_department_import_no_ledger(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.CALLBACK)
    app = uploaded("编号,事项内容,责任单位\nA1,路灯不亮,市教育局\n".encode(), "台账.csv")
    assert "不能导入台账" in said(app)
    assert [one.label for one in app.button if one.label.startswith("入库")] == []
    # Batches of ledgers are not theirs to see, by the address neither.
    app.query_params["batch"] = "1"
    assert "第 1 批" not in said(seen(app.run()))


def test_a_department_is_not_offered_callbacks_and_its_own_list_alone_comes_back(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEAD_UNIT, scope=Scope(departments=frozenset({"市教育局"})))
    app = opened()
    assert [one.label for one in app.get("tab")] == ["待反馈事项反馈表"]
    callback = filled(exported(city, ReturnSheet.CALLBACK, CALLER), GOOD)
    assert "您的角色不能办理回访表" in said(uploaded(callback))
    assert calls(city) == 0


def test_what_others_did_since_is_told_in_the_row(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.CALLBACK)
    data = filled(exported(city, ReturnSheet.CALLBACK, CALLER), GOOD)
    Walk(city, 1).does(BesideAct.NOTE, OFFICER, text="群众来电")
    app = uploaded(data)
    told = next(one.value for one in app.dataframe if "words" in one.value)["words"].iloc[0]
    assert "补充说明" in told
    assert [one.label for one in app.button if one.label.startswith("登记")] == []
    assert "没有可以登记的行" in said(app)


def test_a_department_reads_in_its_list_neither_the_offices_own_nor_who_complained(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEAD_UNIT, scope=CLERK.scope)
    fed_back = {"是否解决": "已解决", "解决措施": "换灯", "书面反馈": "已修复",
                "佐证材料名称": "现场照片.jpg"}  # fmt: skip
    data = filled(exported(city, ReturnSheet.FEEDBACK, CLERK), fed_back)
    walk = Walk(city, 3)
    walk.does(BesideAct.DRAFT_NOTICE, OFFICER, text="请抓紧办理。")
    walk.does(BesideAct.NOTE, OFFICER, text=f"市民钱多多（{PHONE}）又来电")
    app = uploaded(data, "反馈表.xlsx")
    told = next(one.value for one in app.dataframe if "words" in one.value)["words"].iloc[0]
    assert "督查室内部处理" in told
    assert "又来电" in told
    for unseen in ("督办单", "*", "钱"):
        assert unseen not in told
