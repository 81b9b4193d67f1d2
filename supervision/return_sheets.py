"""回访表 and 反馈表: lists of ours that go out as workbooks, are filled in, and come back.

Each row carries a check code, so that it finds its item again however the sheet was sorted, and
tells which state of the item the person saw.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from supervision.scope import Role, Viewer
from supervision.vocabulary import Resolution, Satisfaction, Worded


class ReturnSheet(Worded):
    """Which list; the value is the kind of its import batch."""

    CALLBACK = "callback", "回访表"
    FEEDBACK = "feedback", "反馈表"


YES, NO = "是", "否"
NO_ANSWER = "未评价"
CHECK = "check"
CHECK_HEADING = "校验码（请勿改动）"
MOST_ROWS, MOST_IN_CLEAR = 2_000, 500
"""Rows of one sheet, and of one with residents in clear: more are narrowed by county,
department or session."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its name, heading and width; filled ones may offer a choice."""

    name: str
    heading: str
    width: int
    choices: tuple[str, ...] = ()
    is_day: bool = False


_ANSWERS = (*(level.label for level in Satisfaction), NO_ANSWER)
_SOLVED = tuple(answer.label for answer in Resolution)
_ITEM = (
    SheetColumn("place", "序号", 6),
    SheetColumn("number", "编号", 18),
    SheetColumn("title", "事项", 36),
    SheetColumn("unit", "县（区）", 10),
    SheetColumn("township", "镇（街）", 11),
    SheetColumn("lead", "牵头单位", 20),
)

FIXED: dict[ReturnSheet, tuple[SheetColumn, ...]] = {
    ReturnSheet.CALLBACK: (
        *_ITEM,
        SheetColumn("closed_on", "办结日期", 11, is_day=True),
        SheetColumn("done", "办理结果", 60),
        SheetColumn("reporter", "诉求人", 10),
        SheetColumn("phone", "联系电话", 15),
        SheetColumn("attempts", "已有未接通次数", 9),
        SheetColumn("merged", "另需告知的并单诉求人数", 12),
    ),
    ReturnSheet.FEEDBACK: (
        *_ITEM,
        SheetColumn("assigned_on", "交办日期", 11, is_day=True),
        SheetColumn("due_on", "反馈期限", 11, is_day=True),
        SheetColumn("light", "亮灯", 12),
    ),
}
FILLED: dict[ReturnSheet, tuple[SheetColumn, ...]] = {
    ReturnSheet.CALLBACK: (
        SheetColumn("called_on", "回访日期", 12, is_day=True),
        SheetColumn("reached", "是否接通", 9, (YES, NO)),
        SheetColumn("result", "结果满意度", 12, _ANSWERS),
        SheetColumn("process", "过程满意度", 12, _ANSWERS),
        SheetColumn("resolved", "是否解决", 10, _SOLVED),
        SheetColumn("text", "回访情况", 40),
    ),
    ReturnSheet.FEEDBACK: (
        SheetColumn("resolved", "是否解决", 10, _SOLVED),
        SheetColumn("measures", "解决措施", 36),
        SheetColumn("text", "书面反馈", 44),
        SheetColumn("feedback_on", "反馈日期", 12, is_day=True),
        SheetColumn("evidence", "佐证材料名称", 30),
    ),
}
"""What the person fills in. A department's own feedback is of the day on which it is sent."""

_CALLERS = frozenset({Role.CALLBACK, Role.SUPERVISOR, Role.COUNTY_ADMIN})
IMPORTERS = frozenset({Role.SUPERVISOR, Role.COUNTY_ADMIN})
"""Who may enter a department's feedback in its stead, as the import of ledgers does."""
_OPEN_TO = {
    ReturnSheet.CALLBACK: _CALLERS,
    ReturnSheet.FEEDBACK: IMPORTERS | {Role.LEAD_UNIT},
}


def kinds_open_to(viewer: Viewer) -> tuple[ReturnSheet, ...]:
    """The lists that a person may take out and send back."""
    return tuple(kind for kind in ReturnSheet if _OPEN_TO[kind] & viewer.roles)


def own_feedback_only(viewer: Viewer) -> bool:
    """Whether a person feeds back for his own department alone."""
    return not viewer.roles & IMPORTERS


_LETTERS = {ReturnSheet.CALLBACK: "C", ReturnSheet.FEEDBACK: "F"}
_CODE = re.compile(r"([CF])([1-9]\d{0,9})-(\d{1,4})-(\d{1,9})-([0-9a-f]{6})")


@dataclass(frozen=True, slots=True)
class CheckCode:
    """The item, its round and the row version that stood in the list when it went out."""

    kind: ReturnSheet
    item_id: int
    round_no: int
    version: int

    @property
    def text(self) -> str:
        """As it stands in the locked cell."""
        said = f"{_LETTERS[self.kind]}{self.item_id}-{self.round_no}-{self.version}"
        return f"{said}-{_digest(said)}"


def check_code(text: str) -> CheckCode | None:
    """The code of a cell; None where it was changed or is none."""
    found = _CODE.fullmatch(text.strip())
    if found is None or _digest(text.strip().rpartition("-")[0]) != found[5]:
        return None
    kind = next(kind for kind, letter in _LETTERS.items() if letter == found[1])
    return CheckCode(kind, int(found[2]), int(found[3]), int(found[4]))


def _digest(said: str) -> str:
    # Against slips of the hand; who may do what is judged by rights, never by this.
    return hashlib.blake2b(said.encode(), digest_size=3).hexdigest()
