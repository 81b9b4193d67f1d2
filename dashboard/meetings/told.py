"""Sessions in words: their names, their progress, what is due around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.leader_reads import Due, SessionSeen, SessionsSeen
from dashboard.parts.filter_state import code_of_days
from supervision.metrics import NOTHING, Rate
from supervision.milestones import MilestoneKind

NEAR = 15
"""Working days around today within which something due is told."""
LONGEST_THEME = 6
"""Letters of a theme that stand before its day at a bar (chart_specs.py, labelLimit)."""


@dataclass(frozen=True, slots=True)
class DueThing:
    """Something due around a session, in words."""

    session: SessionSeen
    due: Due
    what: str


def rate_of(session: SessionSeen, slug: str) -> Rate:
    """A rate of the session's items."""
    return Rate(session.counts[f"{slug}:n"], session.counts[f"{slug}:of"])


def pooled(sessions: Iterable[SessionSeen], slug: str) -> Rate:
    """A rate of all their items."""
    return Rate.pooled(rate_of(one, slug) for one in sessions)


def total(sessions: Iterable[SessionSeen], slug: str) -> int:
    """A count over all their items."""
    return sum(one.counts[f"{slug}:n"] for one in sessions)


def held(sessions: Iterable[SessionSeen], as_of: date) -> list[SessionSeen]:
    """Those that were held by the day; a session without a day was held on one nobody told."""
    return [one for one in sessions if one.held_on is None or one.held_on <= as_of]


def all_days(seen: SessionsSeen) -> str:
    """The days of a session's figures, for their links."""
    return code_of_days(seen.period.first, seen.period.last)


def day_told(session: SessionSeen) -> str:
    """When it was held."""
    return NOTHING if session.held_on is None else f"{session.held_on:%Y-%m-%d}"


def bar_told(session: SessionSeen) -> str:
    """Its theme and day where there is little room: of a long theme the end is left out."""
    theme = session.theme
    if len(theme) > LONGEST_THEME:
        theme = f"{theme[: LONGEST_THEME - 1]}…"
    return theme if session.held_on is None else f"{theme} {session.held_on:%y-%m-%d}"


def name_told(session: SessionSeen, *more: str | None) -> str:
    """Its theme, and in brackets when it was held and what else is known of it."""
    day = None if session.held_on is None else day_told(session)
    known = [word for word in (day, *more) if word]
    return f"{session.theme}（{'，'.join(known)}）" if known else session.theme


def sessions_told(sessions: list[SessionSeen], as_of: date) -> str:
    """How many there were, what of them is still open and late, how much is closed."""
    if not sessions:
        return "没有符合条件的场次"
    past = held(sessions, as_of)
    dated = [one.held_on for one in past if one.held_on is not None]
    this_year = sum(day.year == as_of.year for day in dated)
    undated = len(past) - len(dated)
    opened, late = total(sessions, "open"), total(sessions, "overdue_open")
    coming = len(sessions) - len(past)
    parts = [
        f"召开 {len(past)} 场"
        + (f"，其中本年 {this_year} 场" if dated else "")
        + (f"，{undated} 场没有登记日期" if undated else "")
        + (f"，将召开 {coming} 场" if coming else ""),
        f"事项在办 {opened} 件" + (f"、逾期未反馈 {late} 件" if late else "，没有逾期"),
        f"办结率 {pooled(sessions, 'closure_rate').text()}",
    ]
    return "；".join(parts)


def progress_told(session: SessionSeen) -> str:
    """办结 by the next session: how far the promises had come when people met again."""
    then = Rate(*session.by_then)
    if not then.of:
        return NOTHING
    if session.next_on is None:
        return f"{then.text()}，至今"
    return f"{then.text()}，至 {session.next_on:%m-%d}"


def due_told(due: Due) -> str:
    """The day and, where it is near, how far off it is in working days."""
    left = due.in_working_days
    if due.done_on is not None:
        return f"{due.on:%Y-%m-%d}（{due.done_on:%m-%d} 已完成）"
    if left is None or abs(left) > NEAR:
        return f"{due.on:%Y-%m-%d}"
    if left == 0:
        return f"{due.on:%Y-%m-%d}（今天）"
    off = f"还有 {left}" if left > 0 else f"已过 {-left}"
    return f"{due.on:%Y-%m-%d}（{off} 个工作日）"


def due_things(sessions: Iterable[SessionSeen]) -> list[DueThing]:
    """Memos before coming sessions and follow-ups of those just held, the next one first; what
    its milestone tells as done is left out."""
    found = []
    for one in sessions:
        memo, follow_up = one.memo, one.follow_up
        if memo is not None and memo.done_on is None and 0 <= (memo.in_working_days or 0) <= NEAR:
            found.append(DueThing(one, memo, MilestoneKind.MEMO.label))
        if (
            follow_up is not None
            and follow_up.done_on is None
            and abs(follow_up.in_working_days or 0) <= NEAR
        ):
            found.append(DueThing(one, follow_up, MilestoneKind.FOLLOW_UP.label))
    return sorted(found, key=lambda thing: thing.due.on)
