"""Closed words of a ledger: status, satisfaction, ticks, yes and no, numbers.

The wordings are ledger-contract.md's; what is not among them is asked about.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from data_access.ledger_import.cell_text import (
    BLANK_MARKS,
    as_text,
    compact,
    is_unknown_word,
    without_brackets,
)
from data_access.ledger_import.model import CellValue
from data_access.registers import REGISTER
from supervision.vocabulary import LedgerStatus, Resolution, Satisfaction, Severity

_TICKS = frozenset("√✓✔■☑●▲★☒✅◆对是1Vv有") | {"已", "是", "TRUE", "1.0", "Y", "y", "yes", "打勾"}
_CROSSES = frozenset("×✗✘□☐○◇否0Nnx") | {"FALSE", "无", "不是", "未", "no", "没有"}
_CHECKED = re.compile(r"[☑■√✓✔✅☒●]\s*([\u4e00-\u9fa5]{2,8})")
_BOXES = re.compile(r"[☑■√✓✔✅☒●□☐○]")
_MARKS = re.compile(r"[\s,，.。;；:：、!！()（）\[\]【】\-—_/]+")
_BETWEEN = re.compile(r"[/／|、,，;；\n]")


def _wordings(kind: str) -> dict[str, str]:
    """Wording → stored value; data, so that a city's own words need no code."""
    with (REGISTER / "wordings.csv").open(encoding="utf-8", newline="") as file:
        return {
            word: row["value"]
            for row in csv.DictReader(file)
            if row["kind"] == kind
            for word in row["wordings"].split()
        }


_STATUS_EXACT = {word: LedgerStatus(value) for word, value in _wordings("status").items()}
_SATISFACTION_EXACT = {
    word: Satisfaction(value) for word, value in _wordings("satisfaction").items()
}
_SATISFACTION_NEAR = {
    word: Satisfaction(value) for word, value in _wordings("satisfaction_near").items()
}
_NO_ANSWER = frozenset(_wordings("satisfaction_none"))
# Sentences, most telling first: 暂无法解决，已向群众解释 is an explanation, 未办结 is no closure.
_STATUS_RULES: tuple[tuple[re.Pattern[str], LedgerStatus], ...] = (
    (
        re.compile("^(?!.*(?:无[需须]|不[需用再]|未)).*(?:退回重|重新交办|[二三再]次交办|重办)"),
        LedgerStatus.REASSIGNED,
    ),
    (
        re.compile("(?<!未)(?:已|做好|作)[^未]{0,6}解释|解释[^未]{0,6}(?:工作|到位|清楚)"),
        LedgerStatus.EXPLAINED,
    ),
    (
        re.compile("^(?:长期|持续|常态)化?(?!.*(?:未|没有|无法|不能|超期|逾期|搁置|停滞))"),
        LedgerStatus.LONG_TERM,
    ),
    (re.compile("^(?:尚未|还未|未)(?:办理|启动|开展|开始)"), LedgerStatus.NOT_STARTED),
    (
        re.compile("^(?:正在|仍在|尚在|推进|在办)|(?<!不存在)(?<!无)未(?:办结|完成)|中$"),
        LedgerStatus.IN_PROGRESS,
    ),
    (
        re.compile(
            "^(?:已|按[期时]|超期|逾期|提前)(?:于[\\d年月日.]+)?(?:全部)?"
            "(?:办结|完成|解决|销号|办毕|结案)(?:并|且|后|已|可|申请|同意)*"
            "(?:办结|销号|归档|结案|反馈|答复|回复|整改|任务|工作|办理|问题|到位|完毕|100%|[\\d年月日]"
            "|(?:群众|诉求人|信访人|来电人)(?:表示)?(?:非常|基本)?满意)*$"
        ),
        LedgerStatus.CLOSED,
    ),
)

_FIVE_POINTS = {
    5: Satisfaction.VERY_SATISFIED,
    4: Satisfaction.SATISFIED,
    3: Satisfaction.FAIRLY_SATISFIED,
    2: Satisfaction.DISSATISFIED,
    1: Satisfaction.VERY_DISSATISFIED,
}
_LEVEL = re.compile("非常不满意|很不满意|不满意|非常满意|很满意|基本满意|满意")
_HEDGED = re.compile("未|没|率|度|一般|较|还算|总体|部分|大体|大致|太")
_NUMBER = re.compile(r"^(\d+(?:\.\d+)?)(分|%)?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A closed word as judged; `value` is None where the cell does not settle one."""

    value: str | None = None
    code: str | None = None
    severity: Severity | None = None
    say: str = ""
    candidates: tuple[str, ...] = ()


NOTHING = Word()
_UNKNOWN = Word(code="unknown-word", severity=Severity.NOTICE, say="写明不详或保密，按空白处理")
UNKNOWN_LEVEL = Word(
    code="satisfaction-unknown",
    severity=Severity.WARNING,
    say="不是认得的满意度，请选择",
    candidates=tuple(level.label for level in Satisfaction),
)
_UNKNOWN_STATUS = Word(
    code="status-unknown",
    severity=Severity.WARNING,
    say="不是认得的办理状态，请选择",
    candidates=tuple(status.label for status in LedgerStatus),
)


def ticked(text: str) -> bool | None:
    """√ ■ 是 1 are a tick, × □ 否 0 and blank none; None for other words."""
    plain = compact(text)
    if not plain or plain in BLANK_MARKS or plain in _CROSSES:
        return False
    return True if plain in _TICKS else None


def yes_or_no(text: str) -> bool | None:
    """是/否 in their usual spellings; None where the cell says neither."""
    plain = compact(text)
    if not plain or plain in BLANK_MARKS:
        return None
    if plain in _TICKS or plain.startswith(("已", "是")):
        return True
    return False if plain in _CROSSES or plain.startswith(("否", "未", "不", "没")) else None


def has_boxes(text: str) -> bool:
    """☑已办结 □正在办理: a choice printed in the cell."""
    return _BOXES.search(text) is not None


def status_heading(heading: str) -> LedgerStatus | None:
    """The status that a column of ticks stands for."""
    return _STATUS_EXACT.get(_MARKS.sub("", compact(heading)))


def satisfaction_heading(heading: str) -> Satisfaction | None:
    """The level that a column of ticks stands for."""
    plain = _MARKS.sub("", compact(heading))
    level = _SATISFACTION_EXACT.get(plain) or _SATISFACTION_NEAR.get(plain)
    return level if "满意" in plain or plain == "一般" else None


def status_of(text: str, *, of_closure: bool = False) -> Word:
    """办理状态 as one of six words. `of_closure`: the column asks 是否办结."""
    plain = compact(text)
    if not plain or plain in BLANK_MARKS or plain in ("无", "暂无"):
        return NOTHING
    if is_unknown_word(text):
        return _UNKNOWN
    if of_closure and ticked(plain) is not None:
        return Word(LedgerStatus.CLOSED if ticked(plain) else LedgerStatus.IN_PROGRESS)
    if _BOXES.search(plain):
        plain = _checked_box(plain)
    said = {_STATUS_EXACT.get(part) for part in _BETWEEN.split(plain)}
    if len(said) > 1 and None not in said:
        return _UNKNOWN_STATUS
    plain = _MARKS.sub("", plain)
    found = _STATUS_EXACT.get(plain) or _STATUS_EXACT.get(
        _MARKS.sub("", without_brackets(compact(text)))
    )
    if found is None:
        found = next((status for rule, status in _STATUS_RULES if rule.search(plain)), None)
    return Word(found) if found is not None else _UNKNOWN_STATUS


def _checked_box(plain: str) -> str:
    """☑已办结□正在办理 → 已办结; nothing where not exactly one box is checked."""
    checked = _CHECKED.findall(plain)
    return checked[0] if len(checked) == 1 else plain


def satisfaction_of(value: CellValue, *, percent: bool, hundred: bool) -> Word:
    """满意度 as a level's Chinese label, or as printed for percentages and points of 100.

    `percent`: the cell's format is a percentage; `hundred`: the column counts to 100.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if percent:
            return Word(f"{round(value * 100, 2):g}%")
        return _points(f"{value:g}", hundred=hundred)
    text = as_text(value)
    plain = compact(text)
    if not plain or plain in BLANK_MARKS or plain in _NO_ANSWER:
        return NOTHING
    if is_unknown_word(text):
        return _UNKNOWN
    if _NUMBER.match(plain):
        return _points(plain, hundred=hundred)
    return _level(plain)


def _level(plain: str) -> Word:
    if _BOXES.search(plain):
        plain = _checked_box(plain)
    bare = _MARKS.sub("", plain)
    found = _SATISFACTION_EXACT.get(bare) or _SATISFACTION_EXACT.get(
        _MARKS.sub("", without_brackets(plain))
    )
    if found is not None:
        return Word(found.label)
    near = _SATISFACTION_NEAR.get(bare)
    if near is not None:
        say = f"不是五级评价的用语，按{near.label}理解，请核对"
        return Word(near.label, "satisfaction-near", Severity.WARNING, say, (near.label,))
    levels = {_SATISFACTION_EXACT[word] for word in _LEVEL.findall(bare)}
    if len(levels) == 1 and not _HEDGED.search(bare):
        label = next(iter(levels)).label
        return Word(label)
    return UNKNOWN_LEVEL


def _points(plain: str, *, hundred: bool) -> Word:
    match = _NUMBER.match(plain)
    if match is None:
        return UNKNOWN_LEVEL
    number, unit = float(match[1]), match[2]
    if unit == "%" or hundred or number > 5:
        return Word(plain) if number <= 100 else UNKNOWN_LEVEL
    level = _FIVE_POINTS.get(int(number)) if number.is_integer() else None
    return Word(level.label) if level is not None else UNKNOWN_LEVEL


def points_above_five(values: list[CellValue]) -> bool:
    """Whether a satisfaction column counts to 100 (one answer above 5 shows it)."""
    for value in values:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if value > 5:
                return True
        elif isinstance(value, str):
            match = _NUMBER.match(compact(value))
            if match is not None and match[2] != "%" and float(match[1]) > 5:
                return True
    return False


def only_ones_and_zeros(values: list[CellValue]) -> bool:
    """Whether a satisfaction column says 1 and 0, which are no points of five."""
    marks = {as_text(value) for value in values if value is not None}
    return "0" in marks and marks <= {"0", "1"}


def resolution_of(text: str) -> Resolution | None:
    """是否解决: 是/已解决, 部分解决, 否/未解决."""
    plain = compact(text)
    if "部分" in plain or plain == "基本解决":
        return Resolution.PARTLY_RESOLVED
    answer = yes_or_no(plain)
    if answer is None:
        return Resolution.RESOLVED if plain in ("解决", "化解") else None
    return Resolution.RESOLVED if answer else Resolution.UNRESOLVED


def look_back_of(text: str) -> str | None:
    """回头看: 'confirmed' or 'rebounded'."""
    plain = compact(text)
    if plain in ("是", "反弹", "已反弹", "有反弹", "出现反弹"):
        return "rebounded"
    return "confirmed" if plain in ("否", "未反弹", "无反弹", "没有反弹", "已巩固") else None


def whole_number(text: str) -> int | None:
    """12, 12人, 12.0 → 12."""
    match = re.match(r"^(\d{1,7})(?:\.0+)?(?:人次?|户|个|件|次|轮)?$", compact(text))
    return int(match[1]) if match else None


def round_number(text: str) -> int | None:
    """2, 第二轮, 二次办理 → 2."""
    match = re.match(r"^第?([1-9一二三四五])(?:轮|次|批)?", compact(text))
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else "一二三四五".index(match[1]) + 1
