"""What an import keeps holds no resident's name or number in clear. Nobody exists."""

from __future__ import annotations

import io
import logging

import openpyxl
import pytest
from openpyxl.comments import Comment
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from data_access.database import reading, transaction
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.receive import judged_file
from data_access.schema.tables import metadata
from data_access.text_index import catch_up
from tests.factories import SUPERVISOR, TODAY

HEADINGS = ["编号", "诉求人", "联系电话", "身份证号", "住址", "诉求内容", "责任单位",
            "交办日期", "反馈期限", "回访情况", "备注", "银行账户", "其他信息",
            "备注2（找李国华13911110004）"]  # fmt: skip
ITEMS = [
    ["A-001", "张翠花", "13911110005", "44162119900307123X", "幸福小区7栋1203房",
     "路灯不亮，请联系张翠花处理", "市教育局", "2026-11-02", "2026-11-20", "",
     "身份证号44162519850101456x，车牌粤P6K88挂", "6228480402564890018",
     "QQ 223456789, zhangch@qq.example.com"],
    ["A-002", "刘桂兰、黄国栋", "0762-3388123 / 13911110006", "441621650307123", "东埔街道88号502",
     "村民刘桂兰称：其夫黄国栋（身份证441621196503071234）"
     "电话 139 1111 0007，手机１３９１１１１０００８",
     "市财政局", "2026-11-02", "限13911110011前", "11月5日电话13911110009回访钟丽君，满意",
     "报料人钟丽君", "", "粤P·D12345电动车；通行证H12345678；护照E12345678"],
    ["A-003", "", "", "", "", "污水横流，严重影响出行", "不存在的局（杨帆 13911110010）",
     "2026-11-02", "", "", "", 6222021234567890128, 13911110012],
]  # fmt: skip
LEFT_OUT = [
    ["", "宋玉莲", "13911110019", "", "城南小区2栋", ""],
    ["合计", "3件"],
    [],
    ["附：群众代表名单"],
    ["姓名", "电话", "身份证号", "住址"],
    ["谢丽华", "13911110014", "441621197001011234", "樟树新巷15号A栋701"],
    ["邓小娟", 13911110015, "441621700101123", "老城区上角大道8号"],
    ["冯秀珍", "", "", "上城南路"],
]
SECRETS = """
王晓梅 13911110001 陈志强 13911110002 李国华 13911110004 张翠花 13911110005 44162119900307123X
幸福小区7栋 44162519850101456x 粤P6K88 6228480402564890018 223456789 zhangch@ 刘桂兰 黄国栋
3388123 13911110006 441621650307123 东埔街道88号 441621196503071234 13911110007
１３９１１１１０００８ 13911110008 13911110009 钟丽君 粤P·D12345 H12345678 E12345678 杨帆
13911110010 13911110011 6222021234567 13911110012 谢丽华 13911110014 441621197001011234 樟树新巷
邓小娟 13911110015 441621700101123 上角大道 冯秀珍 上城南路 蔡文静 13911110016 廖雪琴 13911110017
441621198001011237 何美玲 13911110018 宋玉莲 13911110019 城南小区
"""


@pytest.fixture
def kept(city, caplog) -> str:
    """Everything that the store and the log hold after a ledger full of people went in."""
    caplog.set_level(logging.DEBUG)
    data, name = _ledger(), "台账-联系人何美玲13911110018.xlsx"
    judged = judged_file(data, name, as_of=TODAY, engine=city)
    batch = store_import(city, judged, viewer=SUPERVISOR, as_of=TODAY)
    catch_up(city)
    assert batch.new == len(ITEMS)
    told = [caplog.text]
    with reading(city) as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                told += [str(value) for value in row]
    return "\n".join(told)


def _ledger() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "联系人王晓梅13911110001"
    sheet.append(["面对面台账（联系人：陈志强 13911110002）"])
    for row in (HEADINGS, *ITEMS, *LEFT_OUT):
        sheet.append(row)
    sheet["B3"].comment = Comment("来电人：蔡文静 13911110016", "x")
    names = book.create_sheet("群众名单")
    names.append(["姓名", "电话", "身份证"])
    names.append(["廖雪琴", "13911110017", "441621198001011237"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_no_table_and_no_log_tells_a_resident_in_clear(kept):
    plain = kept.replace(" ", "")
    assert [secret for secret in SECRETS.split() if secret in kept or secret in plain] == []


def test_what_is_no_personal_data_stays_readable(kept):
    for told in ("污水横流，严重影响出行", "市教育局", "附：群众代表名单", "合计", "3件", "A-002"):
        assert told in kept


def test_two_sheets_named_after_people_stay_two(city):
    book = openpyxl.Workbook()
    for n, name in enumerate(("联系人王晓梅", "联系人王晓兰")):
        sheet = book.create_sheet(name) if n else book.worksheets[0]
        sheet.title = name
        sheet.append(["编号", "诉求内容", "责任单位"])
        sheet.append([f"B-{n}", f"第{n}处路灯长期不亮", "市教育局"])
    made = io.BytesIO()
    book.save(made)
    judged = judged_file(made.getvalue(), "台账.xlsx", as_of=TODAY, engine=city)
    store_import(city, judged, viewer=SUPERVISOR, as_of=TODAY)
    raw = metadata.tables["raw_rows"]
    with reading(city) as connection:
        kept = connection.execute(
            select(raw.c.sheet, raw.c.outcome).where(raw.c.item_id.is_not(None))
        ).all()
    assert sorted(kept) == [("联系人王**", "new"), ("联系人王**（2）", "new")]


def test_an_error_of_the_store_tells_no_value(city):
    with pytest.raises(DBAPIError) as told, transaction(city) as change:
        change.connection.execute(
            text("INSERT INTO terms (kind, name, nothing) VALUES ('origin', :name, 1)"),
            {"name": "王晓梅"},
        )
    assert "INSERT INTO terms" in str(told.value)
    assert "王晓梅" not in str(told.value)
