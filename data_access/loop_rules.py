"""Limits of the supervision loop that each city decides for itself, as an act needs them."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import Connection

from data_access import clock
from data_access.city_rules import rule_book
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
    extension_times: int = 1
    extension_percent: int = 100


def loop_rules(connection: Connection) -> LoopRules:
    """The rules in force today; a rule the city has not decided has its default."""
    book, today = rule_book(connection), clock.today()
    return LoopRules(**{rule.name: book.number(rule.name, today) for rule in fields(LoopRules)})
