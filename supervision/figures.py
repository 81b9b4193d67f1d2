"""The registered figures (metrics.md 2.1-2.6): slug, Chinese name, 口径, formula, totals.

Pages, exports and bulletins take names and definitions from here; the rows behind each are
its twin in `data_access.measures`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from supervision.deadlines import DUE_SOON_WORKING_DAYS


class Kind(Enum):
    """How a figure is made of rows, and so how it totals over parts."""

    COUNT = "count"
    """Counts add up over disjoint parts."""
    RATE = "rate"
    """n and N are added, then divided once; rates are never averaged."""
    MIDDLE = "middle"
    """Median, P90 or maximum: asked again over the whole, never combined."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One definition. `unit` is 件 (items) or 件次 (rounds) or 个工作日; `more_is` +1, -1, 0."""

    slug: str
    name: str
    definition: str
    formula: str
    kind: Kind
    unit: str
    more_is: int
    section: str
    fed_by_ledgers: bool = True
    """False: needs a field that ledgers lack; shown as 无数据, never inferred."""

    def told(self, due_soon_working_days: int) -> Figure:
        """The definition as this city counts: 临期 reaches as far as its rule says."""
        if self.slug != "due_soon":
            return self
        k = due_soon_working_days
        definition = self.definition.replace(f"{DUE_SOON_WORKING_DAYS}个", f"{k}个")
        return replace(self, definition=definition, formula=f"0≤当日至期限的工作日数≤{k}")


_ALL = (
    Figure("collected", "收集数", "面对面座谈会收集的原始诉求条数，按场次登记。", "收集条数",
           Kind.COUNT, "条", 0, "2.1"),
    Figure("valid", "有效诉求数", "统计期内受理、扣除不予受理和并单后的事项数。",
           "收集－不予受理－并单", Kind.COUNT, "件", 0, "2.1"),
    Figure("assigned_rounds", "交办件次", "统计期内交办的轮次数；重新交办另计一件次。",
           "交办日期在期内的轮次", Kind.COUNT, "件次", 0, "2.1"),
    Figure("open", "在办", "截至当日已受理而未办结、未终止、未并单的事项；含挂账与拟重新交办。",
           "未交办＋待反馈＋已反馈待办结＋挂账＋拟重新交办", Kind.COUNT, "件", 0, "2.1"),
    Figure("hanging", "挂账", "在办事项中挂账推进的，单列不隐藏。", "状态为挂账推进",
           Kind.COUNT, "件", -1, "2.1"),
    Figure("intake", "新增", "统计期内受理的有效事项。", "受理日期在期内", Kind.COUNT, "件", 0,
           "2.1"),
    Figure("closed", "办结", "统计期内办结的事项。", "办结日期在期内", Kind.COUNT, "件", 1, "2.1"),
    Figure("net", "净增", "统计期内新增减办结。", "新增－办结", Kind.COUNT, "件", -1, "2.1"),
    Figure("on_time_feedback_rate", "按期反馈率",
           "期限落在统计期内且已届满的牵头轮次中，书面反馈日期不晚于期限的比例；到期未反馈计入分母。"
           "不含不计入考核和信息有矛盾的事项。",
           "按期反馈件次÷到期件次", Kind.RATE, "件次", 1, "2.2"),
    Figure("overdue_rate", "逾期率", "同一批到期轮次中未按期反馈的比例，等于1减按期反馈率。",
           "（逾期未反馈＋逾期反馈）÷到期件次", Kind.RATE, "件次", -1, "2.3"),
    Figure("overdue_open", "逾期未反馈", "在办事项中反馈期限已过仍未书面反馈的。",
           "期限早于当日且无反馈", Kind.COUNT, "件", -1, "2.3"),
    Figure("late_feedback", "逾期反馈", "统计期内到期、晚于期限才反馈的轮次。",
           "反馈日期晚于期限", Kind.COUNT, "件次", -1, "2.3"),
    Figure("longest_overdue", "最长逾期", "逾期未反馈事项中逾期最久的工作日数。",
           "max（期限次日起的工作日数）", Kind.MIDDLE, "个工作日", -1, "2.3"),
    Figure("median_overdue", "逾期中位数", "逾期未反馈事项逾期工作日数的中位数。",
           "median（期限次日起的工作日数）", Kind.MIDDLE, "个工作日", -1, "2.3"),
    Figure("due_soon", "临期", "尚未反馈、3个工作日内（含当日）到期的在办事项。",
           "0≤当日至期限的工作日数≤3", Kind.COUNT, "件", -1, "2.3"),
    Figure("closure_rate", "办结率", "统计期内受理的有效事项中已办结的比例（同一批受理）。",
           "已办结÷受理", Kind.RATE, "件", 1, "2.4"),
    Figure("on_time_closure_rate", "按期办结率",
           "办结期限落在统计期内的轮次中，办结日期不晚于办结期限的比例；挂账期内的不计。",
           "按期办结件次÷应办结件次", Kind.RATE, "件次", 1, "2.4"),
    Figure("response_rate", "响应率", "在响应时限内联系诉求人的比例；台账没有联系时间，不推断。",
           "时限内联系÷响应期满", Kind.RATE, "件次", 1, "2.5", fed_by_ledgers=False),
    Figure("callback_coverage", "回访覆盖率", "统计期内办结的事项中已回访接通的比例。",
           "接通÷办结应回访", Kind.RATE, "件", 1, "2.5"),
    Figure("response_share", "参评率", "回访接通的轮次中作出满意度评价的比例。",
           "作出评价÷接通", Kind.RATE, "件次", 1, "2.5"),
    Figure("resolution_rate", "解决率（群众认定）",
           "回访作答的轮次中群众认定已解决的比例；部分解决不算解决。",
           "已解决÷（已解决＋部分解决＋未解决）", Kind.RATE, "件次", 1, "2.5"),
    Figure("resolution_rate_by_unit", "解决率（单位认定）",
           "承办单位作出认定的轮次中认定已解决的比例，与群众认定分列。",
           "已解决÷（已解决＋部分解决＋未解决）", Kind.RATE, "件次", 1, "2.5"),
    Figure("satisfaction_rate", "满意率",
           "统计期内回访作出结果评价的轮次中，非常满意、满意、基本满意的比例；未接通、未评价不计入。",
           "（非常满意＋满意＋基本满意）÷作出评价", Kind.RATE, "件次", 1, "2.5"),
    Figure("process_satisfaction_rate", "过程满意率", "对办理过程作出评价的轮次中满意的比例。",
           "（非常满意＋满意＋基本满意）÷作出评价", Kind.RATE, "件次", 1, "2.5"),
    Figure("reassign_pending", "待重新交办", "已标记拟重新交办、等待审批的事项。",
           "状态为拟重新交办", Kind.COUNT, "件", -1, "2.6"),
    Figure("reassign_rate", "重新交办率", "第一轮已结束的事项中进入第二轮及以上的比例。",
           "轮次≥2的事项÷第一轮已结束的事项", Kind.RATE, "件", -1, "2.6"),
    Figure("first_round_resolution_rate", "一次解决率",
           "第一轮回访时群众对是否解决作答的事项中，认定已解决的比例。",
           "第一轮解决÷第一轮作答", Kind.RATE, "件", 1, "2.6"),
    Figure("return_rate", "退单率", "统计期内交办的轮次中被承办单位退回的比例。",
           "退回件次÷交办件次", Kind.RATE, "件次", -1, "2.6"),
    Figure("extension_rate", "延期率", "统计期内交办的轮次中获准延期的比例。",
           "延期件次÷交办件次", Kind.RATE, "件次", -1, "2.6"),
    Figure("repeat_rate", "重复诉求率", "统计期内受理的事项中与此前同一事项关联的比例。",
           "重复÷受理", Kind.RATE, "件", -1, "2.6"),
    Figure("look_back_confirmed_rate", "回访核实率", "回头看检查的事项中核实属实的比例。",
           "核实÷检查", Kind.RATE, "件", 1, "2.6"),
    Figure("rebound_rate", "反弹率", "回头看检查的事项中发现反弹的比例。", "反弹÷检查",
           Kind.RATE, "件", -1, "2.6"),
    Figure("median_handling", "办理时长中位数", "统计期内办结事项从交办到办结的工作日数中位数。",
           "median（交办次日至办结的工作日数）", Kind.MIDDLE, "个工作日", -1, "2.6"),
    Figure("p90_handling", "办理时长九成位", "统计期内办结事项中，九成在多少个工作日内办结。",
           "P90（交办次日至办结的工作日数）", Kind.MIDDLE, "个工作日", -1, "2.6"),
)  # fmt: skip

FIGURES: dict[str, Figure] = {figure.slug: figure for figure in _ALL}
"""Every registered figure, in the order of metrics.md."""
