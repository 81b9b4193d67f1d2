"""The page 台账导入 from upload to result, on a real store, through the whole app."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from sqlalchemy import Engine, func, select
from streamlit.testing.v1 import AppTest

from dashboard.ledger_desk import OpenLedger
from dashboard.ledger_frames import FIELD_OF
from dashboard.parts.ledger_reading import changed_meanings
from dashboard.parts.ledger_views import ColumnView, SheetView
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.workbook import open_ledger
from data_access.schema.imports import import_batches, raw_rows
from data_access.schema.items import items
from supervision.lifecycle import Act
from supervision.scope import Role
from tests.acting import CLERK, Walk
from tests.app_store import store_of_the_app
from tests.factories import SUPERVISOR, TODAY
from tests.looking import looks

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PAGE = "app_pages/ledger_upload.py"
HEADINGS = ("编号", "事项内容", "乡镇", "责任单位", "交办时间", "反馈时限", "诉求人",
            "联系电话", "自编栏")  # fmt: skip
GOOD = ("YC-1", "人民路口红绿灯不亮，影响通行", "埔前镇", "市教育局", "2026-09-01", "2026-09-22",
        "张小明", "13800001234", "甲")  # fmt: skip
UNKNOWN = ("YC-2", "小区门口![图](http://outside.example/a.png)停车难", "埔前镇", "市轨道交通局",
           "2026-09-01", "2026-09-22", "", "", "乙")  # fmt: skip


pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def city(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A prepared store that the app of this test opens, looked at by a supervisor."""
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        looks(monkeypatch, engine, Role.SUPERVISOR)
        yield engine


def ledger(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "源城区"
    for line in (("源城区面对面交办事项台账",), headings, *rows):
        sheet.append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    app.switch_page(PAGE)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def uploaded(data: bytes, name: str = "源城区台账.xlsx") -> AppTest:
    app = opened()
    app.file_uploader[0].set_value((name, data, "application/octet-stream"))
    return seen(app.run())


def edit(app: AppTest, *, row: int, meaning: str, revision: int = 0) -> AppTest:
    """One cell of the mapping changed as the browser tells it, after `revision` choices."""
    data = app.file_uploader[0].value.getvalue()
    key = f"ledger:{hashlib.sha256(data).hexdigest()[:8]}:{revision}:0:editor"
    app.session_state[key] = {
        "edited_rows": {row: {"对应字段": meaning}}, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    return app


def seen(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.text, *app.caption, *app.info))


def tables(app: AppTest) -> list[pd.DataFrame]:
    return [table.value for table in app.dataframe]


def table_with(app: AppTest, *columns: str) -> pd.DataFrame:
    return next(table for table in tables(app) if set(columns) <= set(table.columns))


def box(app: AppTest, words: str) -> Any:
    return next(found for found in app.selectbox if words in found.label)


def press(app: AppTest, words: str) -> AppTest:
    return seen(next(b for b in app.button if b.label.startswith(words)).click().run())


def count(engine: Engine, table: Any) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_the_page_says_what_may_be_uploaded_and_that_nothing_was_yet():
    app = seen(opened())
    assert "严禁上传涉密、敏感信息" in app.warning[0].value
    assert "50 MB" in texts(app)
    assert "20 万行" in texts(app)
    assert "还没有导入过台账" in texts(app)


def test_a_ledger_is_judged_shown_and_not_yet_stored(city: Engine):
    app = uploaded(ledger(GOOD, UNKNOWN))
    assert "读出 2 件事项" in texts(app)
    mapping = table_with(app, "台账栏目", "对应字段")
    assert dict(zip(mapping["台账栏目"], mapping["对应字段"], strict=True)) == {
        "编号": "编号", "事项内容": "诉求内容", "乡镇": "镇(街)", "责任单位": "牵头单位",
        "交办时间": "交办日期", "反馈时限": "反馈期限", "诉求人": "诉求人姓名",
        "联系电话": "诉求人电话", "自编栏": "不取用",
    }  # fmt: skip
    assert count(city, import_batches) == 0


def test_personal_data_is_masked_wherever_the_page_shows_it():
    app = uploaded(ledger(GOOD, UNKNOWN))
    shown = "\n".join(table.to_csv() for table in tables(app))
    shown += table_with(app, "台账栏目").to_csv() + texts(app)
    assert "13800001234" not in shown
    assert "138****1234" in shown


def test_faults_are_told_by_cell_and_severity():
    app = uploaded(ledger(GOOD, UNKNOWN))
    faults = table_with(app, "place", "message")
    assert "D4　源城区" in faults["place"].tolist()
    assert any("市轨道交通局" in message for message in faults["message"])
    assert [tab.label.split()[0] for tab in app.tabs[:4]] == ["错误", "警告", "提示", "未取用的行"]


def test_an_unknown_department_is_chosen_and_the_ledger_judged_again():
    app = uploaded(ledger(GOOD, UNKNOWN))
    box(app, "市轨道交通局").select("市交通运输局")
    app = press(app, "按所选重新判读")
    assert not [found for found in app.selectbox if "市轨道交通局" in found.label]
    rows = table_with(app, "place", "title", "lead")
    assert rows["lead"].tolist() == ["市教育局", "市交通运输局"]


def test_a_column_is_given_another_meaning():
    app = edit(uploaded(ledger(GOOD)), row=8, meaning="备注")
    app = press(app, "按所选字段重新判读")
    mapping = table_with(app, "台账栏目", "对应字段")
    assert mapping.set_index("台账栏目")["对应字段"]["自编栏"] == "备注"


def test_two_columns_cannot_both_be_the_deadline():
    app = edit(uploaded(ledger(GOOD)), row=4, meaning="反馈期限")
    app = press(app, "按所选字段重新判读")
    assert app.error[0].value.startswith("“反馈期限”选给了 E、F 列")


def test_only_offered_words_for_known_columns_come_back_from_the_editor():
    columns = tuple(
        ColumnView(n, letter, "栏目", ("", "", ""), "不取用", to_check=False)
        for n, letter in enumerate("AB")
    )
    sheet = SheetView("台账", 3, 1, True, (1,), 1, columns, pd.DataFrame())
    forged = pd.DataFrame({"对应字段": ["__class__", "备注", "编号"], "列": ["Z", "Z", "Z"]})
    assert changed_meanings(sheet, forged, ["不取用", *FIELD_OF]) == {1: "备注"}
    assert changed_meanings(sheet, pd.DataFrame({"列": ["A"]}), ["不取用"]) == {}


def test_storing_leads_to_a_result_with_links_and_the_list_of_batches(city: Engine):
    app = press(uploaded(ledger(GOOD, UNKNOWN)), "入库")
    assert "已入库：新增 2 件" in texts(app)
    assert (count(city, import_batches), count(city, items)) == (1, 2)
    batches = table_with(app, "id", "file_name")
    assert batches["file_name"].tolist() == ["源城区台账.xlsx"]
    assert not [b for b in app.button if b.label.startswith("入库")]


def test_the_same_ledger_again_changes_nothing():
    press(uploaded(ledger(GOOD)), "入库")
    app = uploaded(ledger(GOOD))
    labels = {tab.label for tab in app.tabs}
    assert {"新增 0", "更新 0", "不变 1", "上期有本期无 0"} <= labels


def test_an_update_is_told_field_by_field_and_vanished_items_are_told():
    press(uploaded(ledger(GOOD, UNKNOWN)), "入库")
    later = (*GOOD[:5], "2026-09-25", *GOOD[6:])
    app = uploaded(ledger(later))
    update = table_with(app, "before", "after").iloc[0]
    assert (update["field"], update["before"], update["after"]) == (
        "反馈期限", "2026-09-22", "2026-09-25",
    )  # fmt: skip
    assert "上期有本期无 1" in [tab.label for tab in app.tabs]


def test_what_is_not_taken_is_a_notice_at_its_cell_in_preview_and_file(city: Engine):
    press(uploaded(ledger(GOOD)), "入库")
    Walk(city, 1).does(Act.RECEIVE, CLERK)
    data = ledger((*GOOD[:5], "2026-09-25", *GOOD[6:]))
    app = uploaded(data)
    said = "系统内已办理，台账此处不再改动：库中为2026-09-22。"
    notices = table_with(app, "message", "candidates")
    assert [place for place, words in zip(notices["place"], notices["message"], strict=True)
            if words.endswith(said)] == ["F3\u3000源城区"]  # fmt: skip
    offered = OpenLedger(open_ledger(data, "台账.xlsx", limits=Limits()), data, SUPERVISOR)
    marked = openpyxl.load_workbook(io.BytesIO(offered.marked(as_of=TODAY)))
    assert said.rstrip("。") in marked["源城区"]["F3"].comment.text


def test_a_row_that_reads_like_an_open_item_stands_beside_what_is_known_of_it():
    press(uploaded(ledger(GOOD)), "入库")
    app = uploaded(ledger(("YC-9", f"{GOOD[1]}。", *GOOD[2:])))
    pair = table_with(app, "like").iloc[0]
    assert (pair["title"], pair["like"], pair["like_number"]) == (f"{GOOD[1]}。", GOOD[1], "YC-1")
    assert (pair["like_lead"], pair["like_light"]) == ("市教育局", "▲ 逾期")
    assert "item_id" not in pair


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "空.xlsx", "空"),
        (b"%PDF-1.7 x", "台账.xlsx", "PDF"),
        (b"PK\x03\x04 broken", "台账.xlsx", "损坏"),
        (b"\x89PNG\r\n\x1a\n", "图.csv", "图片"),
    ],
)
def test_any_other_file_ends_in_one_sentence_and_stores_nothing(
    city: Engine, data: bytes, name: str, words: str
):
    app = uploaded(data, name)
    assert "这份文件没有导入，库中没有任何改变" in texts(app)
    assert words in texts(app)
    assert count(city, raw_rows) == 0


def test_a_ledger_whose_header_nobody_knows_is_read_by_hand():
    app = uploaded(ledger(("1", "路灯不亮", "市教育局"), headings=("甲", "乙", "丙")))
    assert "没有找到台账表头" in texts(app)
    assert not [b for b in app.button if b.label.startswith("入库")]
    box(app, "表头从哪一行开始").select("第 2 行")
    app = press(app, "重新判读")
    for row, meaning in ((1, "诉求内容"), (2, "牵头单位")):
        app = edit(app, row=row, meaning=meaning, revision=row)
        app = press(app, "按所选字段重新判读")
    rows = table_with(app, "place", "title", "lead")
    assert rows[["place", "title", "lead"]].values.tolist() == [
        ["第3行　源城区", "路灯不亮", "市教育局"]
    ]


def test_a_sheet_that_is_not_taken_is_left_out_and_can_be_taken_back():
    app = uploaded(ledger(GOOD))
    app.checkbox[0].uncheck()
    app = press(app, "重新判读")
    assert "这份文件没有导入" in texts(app)
    app = press(app, "恢复自动识别")
    assert "读出 1 件事项" in texts(app)


def test_hostile_text_of_a_ledger_is_never_a_label_or_markdown_undressed():
    hostile = (*UNKNOWN[:3], "![局](http://outside.example/b.png)局", *UNKNOWN[4:])
    app = uploaded(ledger(GOOD, hostile))
    drawn = [element.value for element in (*app.markdown, *app.caption, *app.info, *app.error)]
    drawn += [found.label for found in app.selectbox] + [tab.label for tab in app.tabs]
    drawn += [entry for found in app.selectbox for entry in found.options]
    assert not [text for text in drawn if "![" in text]


def test_one_batch_is_read_by_its_address():
    press(uploaded(ledger(GOOD, UNKNOWN, ("合计", "2件"))), "入库")
    app = seen(opened(batch="1"))
    assert "第 1 批：新增 2 件" in texts(app)
    rows = table_with(app, "place", "cells")
    assert rows["place"].tolist()[:2] == ["第3行　源城区", "第4行　源城区"]
    assert "13800001234" not in rows.to_csv()


@pytest.mark.parametrize("asked", ["0", "99", "abc", "1 or 1=1", "9" * 30])
def test_an_address_of_no_batch_says_so(asked: str):
    assert "没有找到这一批导入" in texts(seen(opened(batch=asked)))
