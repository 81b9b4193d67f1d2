"""Rows that are no item: totals, notes, signatures, section titles, repeated headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from data_access.ledger_import.cell_text import compact

_TOTAL = re.compile(
    r"^[^:：]{0,8}?(?:合计|小计|总计|共计|累计|总数)(?:[(（]?\d*[件条项个宗]?[)）]?|[:：].*|[\d件条项个宗].*)?$"
    r"|^(?:本页|本表|全表|以上)?共\d+[件条项个宗]"
)
_BARE_TOTAL = re.compile(r"^(?:合计|小计|总计|共计|累计)(?:[(（:：]?\d*[件条项个宗]?[)）]?)$")
_NOTE = re.compile(
    r"^(?:备注|说明|注|填表说明|填报说明|注意事项|备注说明|温馨提示|注释)\d*[:：.、]|^(?:备注|说明|注)$|^注\d|^※|^第\d+页|^\*+注"
)
_SIGNATURE = re.compile(
    r"^(?:填表人|填报人|制表人|制表|审核人|审核|复核人|复核|经办人|负责人|单位负责人|分管领导|主管领导|主要领导|联系人|联系电话|"
    r"联系方式|填报单位|填报时间|填报日期|填表时间|填表日期|制表时间|制表日期|报送时间|报送单位|报送人|签字|签名|签章|盖章|"
    r"(?:单位)?[(（]?(?:公章|盖章|签章)[)）]?|审批人|审批|领导签字|统计人|校对|打印时间|打印日期|日期|电话|审签|签发)"
    r"(?:[(（][^)）]*[)）])?(?:[:：]|$|签字|签名)"
)
_COLUMN_NUMBER = re.compile(r"^(?:[(（]?\d{1,2}[)）]?|[A-Z]|[①-⑳]|[甲乙丙丁])$")
_BRACKETED = re.compile(r"^[(（\[【][^)）\]】]*[)）\]】]$")
_EXAMPLE = re.compile(r"^(?:示例|样例|例|例如|范例|填写示例|示范)[:：]?$")

_HINT = re.compile(
    r"^(?:必填|选填|可填|非必填|请?填写|请?选择|请?输入|请从|下拉|单选|多选|格式|例如|如[:：]|系统|自动生成|文本|"
    r"不超过|限?\d+字|年[-/.]?月[-/.]?日|YYYY)",
    re.I,
)
_CODE = re.compile(r"[A-Za-z_][A-Za-z_ .\-/()]*")

TOTAL, NOTE, SIGNATURE = "合计行", "备注说明", "签名落款"
COLUMN_NUMBERS, EXAMPLE, FILLING, REPEATED = "栏号行", "填写示例", "填写说明", "重复的表头"
CODES = "栏目代码或外文名称"
SECTION, NUMBER_ONLY, OUTSIDE = "分节标题", "只有序号，没有内容", "表格之外的内容"
OTHER_TABLE = "另一张表，不是事项"
NO_SUBSTANCE = "没有事项内容，也没有单位和期限"


def left_out_reason(texts: Sequence[str], *, has_content: bool) -> str | None:
    """Why a row is no item, judged by its cells that are not blank, left to right.

    `has_content`: a text of its own stands under 内容 or 标题 (and is not the first cell).
    """
    first = compact(texts[0])
    second = compact(texts[1]) if len(texts) > 1 else ""
    if len(first) <= 24 and (_BARE_TOTAL.match(first) or (not has_content and _TOTAL.match(first))):
        return TOTAL
    if not has_content and second and len(second) <= 12 and _TOTAL.match(second):
        return TOTAL
    if _NOTE.match(first) and (not has_content or len(texts) <= 2):
        return NOTE
    if len(texts) <= 8 and _SIGNATURE.match(first) and (not has_content or ":" in first):
        return SIGNATURE
    if len(texts) >= 3 and is_column_numbers(texts):
        return COLUMN_NUMBERS
    if _EXAMPLE.match(first):
        return EXAMPLE
    if len(texts) >= 2 and all(_BRACKETED.match(text) for text in texts):
        return FILLING
    if len(texts) >= 3 and all(_CODE.fullmatch(text) for text in texts):
        return CODES
    return FILLING if _are_hints(texts) else None


def _are_hints(texts: Sequence[str]) -> bool:
    """必填 | 不超过500字 | 填写全称: what a form tells its fillers."""
    if not any(map(_HINT.match, texts[:2])):
        return False
    hints = sum(_HINT.match(text) is not None for text in texts)
    return hints >= 2 and hints * 2 > len(texts)


def is_column_numbers(texts: Sequence[str]) -> bool:
    """1 2 3 4 or A B C under a header: the numbers of the columns."""
    plain = [compact(text) for text in texts]
    if not all(_COLUMN_NUMBER.match(text) for text in plain):
        return False
    figures = [re.sub(r"\D", "", text) for text in plain]
    if all(figures):
        numbers = [int(figure) for figure in figures]
        return all(b - a == 1 for a, b in pairwise(numbers))
    return len(set(plain)) == len(plain)
