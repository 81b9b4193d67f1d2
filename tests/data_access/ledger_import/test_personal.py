"""Residents' personal data: found in any text, and nothing else touched. Nobody exists."""

from __future__ import annotations

import pytest

from data_access.ledger_import.personal import (
    has_id_checksum,
    masked,
    masked_cell,
    passes_luhn,
    without_reporter,
)
from data_access.ledger_import.readers import reporter_names, reporter_numbers, safe_number


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13800001234", "电话138****1234"),
        ("138 0000 1234", "138****1234"),
        ("138-0000-1234", "138****1234"),
        ("１３８００００１２３４", "138****1234"),
        ("+8613800001234", "138****1234"),
        ("0762-3300123", "0762-*****23"),
        ("座机：3300123", "座机：3****23"),
        ("身份证440101199003077758", "身份证440***********7758"),
        ("身份证号：440101900307775", "身份证号：440********7775"),
        ("卡号6222020000000000001", "卡号622************0001"),
        ("粤P12345占道", "粤P*****占道"),
        ("微信号：abc_12345", "微信号：abc**2345"),
        ("邮箱someone@example.com", "邮箱***@***"),
        ("市民王建国（13800001234）反映", "市民王**（138****1234）反映"),
        ("联系人：李小红，电话13800001234", "联系人：李**，电话138****1234"),
        ("诉求人张三丰反映", "诉求人张**反映"),
        ("张三 13800001234", "张* 138****1234"),
        ("联系人何美玲13800001234", "联系人何**138****1234"),
        ("报料人钟丽君", "报料人钟**"),
        ("电话回访钟丽君，满意", "电话回访钟**，满意"),
        ("QQ 223456789", "QQ 223**6789"),
        ("护照E12345678", "护照E12**5678"),
        ("441621650307123", "441********7123"),
    ],
)
def test_personal_data_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2026年9月30日前完成",
        "工单20260918001反映",
        "居民高度关注该问题",
        "群众方便反映",
        "村民向镇政府反映",
        "黄女士反映",
        "村民王某反映",
        "涉及资金1234567元",
        "编号MDM-2026-000123",
        "G205国道K12+300处",
        "（联系人待定）",
        "全长12345米，投资8800万元",
        "回访程序，按规定办理",
        "441602260918001",
        "当事人均已到场，申请人严重不满。",
    ],
)
def test_other_text_stays_as_printed(text: str) -> None:
    assert masked(text) == text


def test_checksums_tell_ids_and_cards() -> None:
    digits = [d for d in "0123456789X" if has_id_checksum("44010119900307775" + d)]
    assert len(digits) == 1
    assert not has_id_checksum("440101199013077758")
    assert passes_luhn("6222020000000000001") is False
    assert passes_luhn("4111111111111111") is True


def test_a_personal_column_is_masked_by_what_it_holds() -> None:
    assert masked_cell("reporter_name", "张三丰") == "张**"
    assert masked_cell("reporter_phone", "13800001234") == "138****1234"
    assert masked_cell("reporter_id", "440101199003077758") == "440***********7758"
    assert masked_cell("reporter_addr", "某小区1栋101") == "***"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张三", ("张三",)),
        ("张 三", ("张三",)),
        ("张三、李四", ("张三", "李四")),
        ("村民代表张三", ("张三",)),
        ("张三等5人", ("张三",)),
        ("李女士", ()),
        ("王某", ()),
        ("匿名", ()),
    ],
)
def test_a_reporter_cell_names_full_names_only(cell: str, names: tuple[str, ...]) -> None:
    assert reporter_names(cell) == names


def test_a_reporter_is_hidden_wherever_named() -> None:
    secrets = (*reporter_names("张三丰"), *reporter_numbers("3300123"))
    assert without_reporter("张三丰（3300123）来电", secrets) == "张**（3****23）来电"


def test_a_phone_in_place_of_an_item_number_is_masked() -> None:
    assert safe_number("13800001234") == "138****1234"
    assert safe_number("20260918001") == "20260918001"
