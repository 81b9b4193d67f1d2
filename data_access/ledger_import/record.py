"""One flat record per item: what a ledger row says, and what the store says, side by side.

Both sides use the same field names and the same kinds of value, so that an import compares
them field by field.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from data_access.ledger_import.lookups import Lookups
from data_access.ledger_import.model import LedgerRow

Record = dict[str, Any]
_NOISE = re.compile(r"(?:[^\w\x1f]|_)+")
"""All but letters, digits and the mark between two parts."""
_COMMON_NOISE = re.compile("[，。、；：？！“”‘’（）《》【】…—·\u3000 ]+")
"""What Chinese text is full of; without it most texts need no normalising, which is slow."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a field is kept: `place` is items, texts, rounds, feedback or callback."""

    place: str
    column: str
    label: str


FIELDS: dict[str, Kept] = {
    "number": Kept("items", "number", "编号"),
    "session_theme": Kept("items", "session_id", "面对面场次"),
    "category": Kept("items", "category_id", "问题分类"),
    "origin": Kept("items", "origin_id", "来源渠道"),
    "county": Kept("items", "reporting_unit_id", "县(区)"),
    "township": Kept("items", "township_code", "镇(街)"),
    "received_on": Kept("items", "received_on", "受理日期"),
    "closed_on": Kept("items", "closed_on", "办结日期"),
    "struck_off_on": Kept("items", "struck_off_on", "销号日期"),
    "excluded": Kept("items", "excluded", "不计入考核"),
    "look_back": Kept("items", "look_back", "回头看"),
    "status": Kept("items", "ledger_status", "办理状态"),
    "title": Kept("texts", "title", "事项标题"),
    "content": Kept("texts", "content", "诉求内容"),
    "village": Kept("texts", "village", "村(社区)"),
    "address": Kept("texts", "address", "具体地点"),
    "urgency": Kept("texts", "urgency", "紧急程度"),
    "people_count": Kept("texts", "people_count", "涉及人数"),
    "case_leader": Kept("texts", "case_leader", "包案领导"),
    "excluded_reason": Kept("texts", "excluded_reason", "不计入原因"),
    "remarks": Kept("texts", "remarks", "备注"),
    "lead_departments": Kept("rounds", "lead_department_id", "牵头单位"),
    "assigned_on": Kept("rounds", "assigned_on", "交办日期"),
    "signed_on": Kept("rounds", "received_on", "签收日期"),
    "due_on": Kept("rounds", "due_on", "反馈期限"),
    "extended_due_on": Kept("rounds", "extended_due_on", "延期后期限"),
    "feedback_on": Kept("rounds", "feedback_on", "反馈日期"),
    "close_due_on": Kept("rounds", "close_due_on", "办结期限"),
    "resolved_by_unit": Kept("rounds", "resolved_by_unit", "单位认定是否解决"),
    "co_departments": Kept("co", "department_id", "协办单位"),
    "feedback_text": Kept("feedback", "written", "书面反馈"),
    "measures": Kept("feedback", "measures", "解决措施"),
    "progress": Kept("feedback", "progress", "进展情况"),
    "next_step": Kept("feedback", "next_step", "下一步计划"),
    "instruction": Kept("instruction", "text", "领导批示"),
    "called_on": Kept("callback", "called_on", "回访日期"),
    "reached": Kept("callback", "reached", "是否接通"),
    "satisfaction": Kept("callback", "result", "满意度"),
    "process_satisfaction": Kept("callback", "process", "过程满意度"),
    "resolved": Kept("callback", "resolved", "诉求人认定是否解决"),
    "callback_text": Kept("callback", "text", "回访情况"),
}
"""Every field an import may set, in the order a preview lists changes."""

OF_A_ROUND = frozenset(
    name for name, kept in FIELDS.items() if kept.place in ("rounds", "co", "feedback", "callback")
)


_AS_TOLD = (
    "received_on", "closed_on", "struck_off_on", "excluded", "look_back", "title", "content",
    "village", "address", "urgency", "people_count", "case_leader", "excluded_reason", "remarks",
    "assigned_on", "signed_on", "due_on", "extended_due_on", "feedback_on", "close_due_on",
    "resolved_by_unit", "feedback_text", "measures", "progress", "next_step", "instruction",
    "process_satisfaction", "number",
)  # fmt: skip
"""Fields that a row gives as they are stored."""
_told = attrgetter(*_AS_TOLD)
_OF_CALLBACK = ("called_on", "reached", "resolved", "callback_text")
_answered = attrgetter("called_on", "reached", "resolved", "text")


def record_of(row: LedgerRow, lookups: Lookups) -> Record:
    """The fields a row gives, as they would be stored; fields it does not give are absent."""
    said: Record = {
        name: value for name, value in zip(_AS_TOLD, _told(row), strict=True) if value is not None
    }
    township = lookups.township(row.township, row.county)
    lead, answer = row.lead_departments, row.callback
    satisfaction = lookups.satisfaction(row.satisfaction)
    if answer is not None:
        satisfaction = satisfaction or answer.result
        for name, value in zip(_OF_CALLBACK, _answered(answer), strict=True):
            if value is not None:
                said[name] = value
        if row.process_satisfaction is None and answer.process is not None:
            said["process_satisfaction"] = answer.process
    for name, value in (
        ("township", township),
        ("county", lookups.unit_of(township, row.county)),
        ("session_theme", lookups.session(row.session_theme, row.assigned_on or row.received_on)),
        ("category", lookups.term("category", "/".join(row.category) or None)),
        ("origin", lookups.term("origin", row.origin)),
        ("lead_departments", lookups.department(lead[0] if lead else None)),
        ("co_departments", lookups.co_departments(row) or None),
        ("satisfaction", satisfaction),
        ("status", lookups.ledger_status(row.status)),
    ):
        if value is not None:
            said[name] = value
    return said


def fingerprint(row: LedgerRow, place: str) -> str:
    """Recognises an item by content, title and place: never by what may be corrected."""
    return _digest((row.title or "", row.content or "", place, row.village or ""))


def _digest(parts: tuple[str, ...]) -> str:
    words = _COMMON_NOISE.sub("", "\x1f".join(parts))
    letters = unicodedata.normalize("NFKC", words)
    if not letters.replace("\x1f", "").isalnum():
        letters = _NOISE.sub("", letters)
    return hashlib.blake2b(letters.encode(), digest_size=16).hexdigest()


def shown(name: str, value: Any, lookups: Lookups) -> str:
    """A value of a record as people read it."""
    if value is None:
        return "（空）"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    return lookups.words(name, value)
