"""Limits of the supervision loop that each city decides for itself, with their defaults.

Kept in `settings` like the other rules of the city.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

from sqlalchemy import Connection, select

from data_access.schema.base import settings
from supervision.deadlines import FEEDBACK_WORKING_DAYS
from supervision.rounds import RESUBMISSION_WORKING_DAYS


@dataclass(frozen=True, slots=True)
class LoopRules:
    """Numbers of days; defaults and sources in lifecycle.md 3.3 and metrics.md 2.9."""

    return_working_days: int = 5
    fix_working_days: int = RESUBMISSION_WORKING_DAYS
    next_round_working_days: int = FEEDBACK_WORKING_DAYS
    notice_reply_days: int = 7
    longest_hang_days: int = 0
    co_silent_working_days: int = 3
    look_back_after_days: int = 30


class LoopRule(NamedTuple):
    """A rule as people read it: its label, the sentence for a number, the smallest and largest."""

    label: str
    words: str
    least: int
    most: int


LOOP_RULES: dict[str, LoopRule] = {
    "return_working_days": LoopRule("退单的时限", "交办后{}个工作日内可以申请退单", 1, 30),
    "fix_working_days": LoopRule(
        "退回补正的时限", "退回后{}个工作日内重新提交，首次反馈日期有效", 1, 30
    ),
    "next_round_working_days": LoopRule("重新交办的反馈期限", "重新交办后{}个工作日内反馈", 1, 90),
    "notice_reply_days": LoopRule("督办单的回复期限", "签发后{}天内回复，遇休息日顺延", 1, 60),
    "longest_hang_days": LoopRule("挂账的最长时间", "挂账最长{}天，0为不限", 0, 1095),
    "co_silent_working_days": LoopRule("协办未响应的时限", "交办后超过{}个工作日无进展", 1, 30),
    "look_back_after_days": LoopRule("回头看的时间", "销号满{}天后安排回头看", 1, 365),
}


def loop_rules(connection: Connection) -> LoopRules:
    """The rules as the city decided them; a rule it has not decided has its default."""
    names = [rule.name for rule in fields(LoopRules)]
    stored = connection.execute(
        select(settings.c.name, settings.c.value).where(settings.c.name.in_(names))
    )
    return LoopRules(**{name: int(value) for name, value in stored})
