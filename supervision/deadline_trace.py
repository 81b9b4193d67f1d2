"""How a deadline came about, in Chinese sentences: what was counted, skipped, moved, and why."""

from __future__ import annotations

from supervision.deadlines import MOVED_BY_REST, Deadline, LimitUnit, TraceStep
from supervision.working_days import MAKE_UP_DAY, WORKDAY

ASSIGNED = "交办"


def trace_sentences(deadline: Deadline, *, begun: str = ASSIGNED) -> list[str]:
    """How the limit is counted, each skipped or moving day with its reason, the result.

    `begun` names the act that the limit runs from: 交办, or 签发 of a notice.
    """
    in_working_days = deadline.limit.unit is LimitUnit.WORKDAY
    how = _how(deadline).replace(ASSIGNED, begun)
    lines = [f"{deadline.start_on:%Y-%m-%d} {begun}，期限{deadline.limit.words()}；{how}。"]
    for step in deadline.trace:
        what = _counted(step) if in_working_days else _moved(step, deadline.limit.unit)
        if what:
            lines.append(f"{step.day:%Y-%m-%d} {step.why}，{what}。")
    return [*lines, _conclusion(deadline, in_working_days)]


def _how(deadline: Deadline) -> str:
    """How the limit is counted: the words for the first line of the trace."""
    limit = deadline.limit
    natural = "交办当日不计入，末日为休息日的顺延至下一工作日"
    return {
        LimitUnit.WORKDAY: deadline.convention.label,
        LimitUnit.DAY: f"按自然日计算，{natural}",
        LimitUnit.HOUR: f"按小时计算，折合{limit.days}日，{natural}",
        LimitUnit.MONTH_END: "以该月最后一日为限，遇休息日不顺延",
        LimitUnit.FIXED_DATE: "以指定的日期为限，遇休息日不顺延",
    }[limit.unit]


def _counted(step: TraceStep) -> str:
    if not step.number:
        return "不计"
    return f"计为第{step.number}个工作日" if step.why == MAKE_UP_DAY else ""


def _moved(step: TraceStep, unit: LimitUnit) -> str:
    """What a day at the end of a natural limit does to it."""
    if not step.number:
        return "末日遇休息日，顺延"
    if unit in MOVED_BY_REST:
        return "照常上班，不顺延" if step.why == MAKE_UP_DAY else ""
    return "" if step.why in (WORKDAY, MAKE_UP_DAY) else "期限指明了日期，不顺延"


def _conclusion(deadline: Deadline, in_working_days: bool) -> str:
    if deadline.due_on is not None:
        place = f"（第{deadline.needed}个工作日）" if in_working_days else ""
        return f"{deadline.due_on:%Y-%m-%d} 为期限最后一日{place}。"
    if deadline.earliest_on is None:
        return (
            f"{deadline.start_on.year}年的放假调休安排未录入，期限无法推算，请核对台账载明的期限。"
        )
    counted = (
        f"已知日历内计到第{deadline.counted}个工作日（共需{deadline.needed}个）"
        if in_working_days
        else "期限末日是否为休息日尚不知道"
    )
    return (
        f"{counted}；期限暂定，不早于 {deadline.earliest_on:%Y-%m-%d}，"
        "待国务院公布次年放假安排并录入后自动确定。"
    )
