"""The reporter's own home is hidden in the other cells of his row; the road is not."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.ledger_import.model import PersonalValue
from data_access.ledger_import.own_home import homes
from data_access.ledger_import.receive import judged_file

HOME = "源城区上城街道建设路12号3栋502室"
TOLD_AND_KEPT = [
    (HOME, "城东街道建设路12号3栋502反映漏水", "城东街道建设路***反映漏水"),
    (HOME, "建设路12号3栋502室楼下油烟", "建设路***室楼下油烟"),
    (HOME, "建设路12号3栋5021", "建设路12号3栋5021"),
    (HOME, "建设路路面坑洼", "建设路路面坑洼"),
    ("东源县船塘镇坪围村3组15号", "坪围村3组15号反映路灯不亮", "坪围村***反映路灯不亮"),
    # What is wrong at one's door is a place that somebody must find.
    ("建设路12号", "建设路12号门前路面塌陷", "建设路12号门前路面塌陷"),
    ("坪围村3组", "坪围村3组路灯不亮", "坪围村3组路灯不亮"),
]


@pytest.mark.parametrize(("address", "told", "kept"), TOLD_AND_KEPT)
def test_a_home_is_hidden_up_to_its_road_or_village(address: str, told: str, kept: str):
    text = f"诉求内容,责任单位,家庭住址\n{told},市教育局,{address}\n"
    judged = judged_file(text.encode(), "台账.csv", as_of=date(2026, 11, 20), engine=None)
    [row] = judged.rows
    assert row.content == kept
    assert judged.raw_rows[1].cells["A"] == kept
    sealed = PersonalValue("text:content", told)
    assert (sealed in row.personal) == (told != kept), "the words as they were are kept sealed"


@pytest.mark.parametrize(
    "address", ["", "源城区", "建设路", "建设路12", "张三", "13800001234", "号"]
)
def test_an_address_without_a_house_names_no_home(address: str):
    assert homes(address) == ()
