"""The registered figures (metrics.md 2.1-2.6): slug, Chinese name, 口径, formula, totals.

Pages, exports and bulletins take names and definitions from here; the rows behind each are
its twin in `data_access.measures`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from supervision.deadlines import DUE_SOON_WORKING_DAYS
from supervision.satisfaction import EXAMPLE, Points


class Kind(Enum):
    """How a figure is made of rows, and so how it totals over parts."""

    COUNT = "count"
    """Counts add up over disjoint parts."""
    RATE = "rate"
    """n and N are added, then divided once; rates are never averaged."""
    SCORE = "score"
    """Points and answers are added, then divided once; mean points are never averaged."""
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

    @property
    def beside(self) -> tuple[str, ...]:
        """Figures that must be counted beside this one: what it leaves out, or holds apart."""
        return _BESIDE.get(self.slug, ())

    def told(self, due_soon_working_days: int, points: Points = EXAMPLE) -> Figure:
        """The definition as this city counts: how far 临期 reaches, what an answer gives."""
        if self.slug == "due_soon":
            k = due_soon_working_days
            definition = self.definition.replace(f"{DUE_SOON_WORKING_DAYS}个", f"{k}个")
            return replace(self, definition=definition, formula=f"0≤当日至期限的工作日数≤{k}")
        if self.slug == "satisfaction_score":
            source = f"（{points.source or points.valid_from.isoformat() + '起'}）"
            definition = self.definition.replace(
                _points_told(EXAMPLE, "示例"), _points_told(points, points.source)
            )
            return replace(self, name=self.name + source, definition=definition)
        return self


def _points_told(points: Points, source: str) -> str:
    return f"{source}分值：{points.words()}"


_UNANSWERED = ("unreached", "no_opinion", "answers_left_out")
_BESIDE = {
    "open": ("hanging",),
    "closed": ("closed_undated",),
    "net": ("closed_undated",),
    "on_time_feedback_rate": ("on_time_after_extension", "due_left_out"),
    "overdue_rate": ("due_left_out",),
    "resolution_rate": ("unreached",),
    "satisfaction_rate": _UNANSWERED,
    "process_satisfaction_rate": ("unreached", "answers_left_out"),
    "satisfaction_score": _UNANSWERED,
}

_ALL = (
    Figure("collected", "收集数", "统计期内召开的面对面座谈会收集的原始诉求条数，按场次登记。",
           "收集条数", Kind.COUNT, "条", 0, "2.1"),
    Figure("valid", "有效诉求数", "统计期内受理、扣除不予受理、已并单和终止办理后的事项数。",
           "收集－不予受理－并单", Kind.COUNT, "件", 0, "2.1"),
    Figure("valid_rate", "有效率",
           "统计期内召开的面对面座谈会收集的诉求中有效的比例；收集数、有效数缺一项的场次不计。",
           "有效条数÷收集条数", Kind.RATE, "条", 0, "2.1"),
    Figure("assigned_rounds", "交办件次", "统计期内交办的轮次数；重新交办另计一件次。",
           "交办日期在期内的轮次", Kind.COUNT, "件次", 0, "2.1"),
    Figure("first_assigned", "首次交办", "统计期内第一轮交办的事项数；加重新交办件次等于交办件次。",
           "交办日期在期内的第一轮", Kind.COUNT, "件", 0, "2.1"),
    Figure("reassigned_rounds", "重新交办件次", "统计期内第二轮及以后各轮的交办数。",
           "交办日期在期内的第二轮及以后各轮", Kind.COUNT, "件次", -1, "2.1"),
    Figure("open", "在办",
           "截至当日已受理而未办结、未终止、未并单的事项；含挂账与拟重新交办。"
           "查询以前的日期时，没有办结日期的已办结事项从销号日期、其次从书面反馈日期起不再算在办；"
           "都没有的哪一天都不算在办，件数见“办结日期不明”。",
           "未交办＋待反馈＋已反馈待办结＋挂账＋拟重新交办", Kind.COUNT, "件", 0, "2.1"),
    Figure("hanging", "挂账", "在办事项中挂账推进的，单列不隐藏。", "状态为挂账推进",
           Kind.COUNT, "件", -1, "2.1"),
    Figure("intake", "新增",
           "统计期内受理的有效事项；台账没有受理日期的以交办日期计。", "受理日期在期内",
           Kind.COUNT, "件", 0, "2.1"),
    Figure("closed", "办结", "统计期内办结的事项；办结日期不明的不计入任何一期，另列。",
           "办结日期在期内", Kind.COUNT, "件", 1, "2.1"),
    Figure("closed_undated", "办结日期不明",
           "截至当日已办结而台账没有办结日期的事项；不计入办结，不推断日期。",
           "已办结且无办结日期", Kind.COUNT, "件", -1, "2.1"),
    Figure("net", "净增", "统计期内新增减办结。", "新增－办结", Kind.COUNT, "件", -1, "2.1"),
    Figure("on_time_feedback_rate", "按期反馈率",
           "期限落在统计期内且已届满的牵头轮次中，书面反馈日期不晚于期限的比例；到期未反馈计入分母，"
           "已办结而没有反馈日期的也按未反馈计。期限以台账载明的延期后期限为先。"
           "不含不计入考核和信息有矛盾的事项。",
           "按期反馈件次÷到期件次", Kind.RATE, "件次", 1, "2.2"),
    Figure("on_time_after_extension", "延期后按期反馈",
           "按期反馈的轮次中，晚于原期限、不晚于延期后期限反馈的，单列不隐藏；"
           "延期须在原期限前批准。",
           "原期限＜反馈日期≤延期后期限", Kind.COUNT, "件次", 0, "2.2"),
    Figure("due_left_out", "到期未计入",
           "期限落在统计期内且已届满、因不计入考核或信息有矛盾而不计入按期反馈率的轮次，单列不隐藏。",
           "到期且不计入考核或信息有矛盾", Kind.COUNT, "件次", -1, "2.2"),
    Figure("overdue_rate", "逾期率", "同一批到期轮次中未按期反馈的比例，等于1减按期反馈率。",
           "（到期未反馈＋逾期反馈）÷到期件次", Kind.RATE, "件次", -1, "2.3"),
    Figure("overdue_open", "逾期未反馈", "在办事项中反馈期限已过仍未书面反馈的。",
           "期限早于当日且无反馈", Kind.COUNT, "件", -1, "2.3"),
    Figure("late_feedback", "逾期反馈", "统计期内到期、晚于期限才反馈的轮次。",
           "反馈日期晚于期限", Kind.COUNT, "件次", -1, "2.3"),
    Figure("longest_overdue", "最长逾期", "逾期未反馈事项中逾期最久的工作日数。",
           "最大值（期限次日起的工作日数）", Kind.MIDDLE, "个工作日", -1, "2.3"),
    Figure("median_overdue", "逾期中位数", "逾期未反馈事项逾期工作日数的中位数。",
           "中位数（期限次日起的工作日数）", Kind.MIDDLE, "个工作日", -1, "2.3"),
    Figure("due_soon", "临期", "尚未反馈、3个工作日内（含当日）到期的在办事项。",
           "0≤当日至期限的工作日数≤3", Kind.COUNT, "件", -1, "2.3"),
    Figure("closure_rate", "办结率",
           "统计期内受理的有效事项中截至当日已办结的比例（同一批受理）；挂账的算未办结。"
           "信息有矛盾的事项不计。",
           "已办结÷受理", Kind.RATE, "件", 1, "2.4"),
    Figure("on_time_closure_rate", "按期办结率",
           "办结期限落在统计期内的轮次中，办结日期不晚于办结期限的比例；挂账期内的不计。"
           "不含不计入考核和信息有矛盾的事项。",
           "按期办结件次÷应办结件次", Kind.RATE, "件次", 1, "2.4"),
    Figure("dispute_resolution_rate", "化解率",
           "统计期内受理的矛盾纠纷（问题分类含“纠纷”或“矛盾”）中截至当日已化解的比例；"
           "已办结、且群众和单位都没有认定为部分解决或未解决的为化解。信息有矛盾的事项不计。",
           "已化解÷受理的矛盾纠纷", Kind.RATE, "件", 1, "2.4"),
    Figure("on_time_dispute_resolution_rate", "按期化解率",
           "统计期内受理的矛盾纠纷中，在办结（化解）期限内化解的比例；分母为已化解的和期限已过仍未化解的，"
           "未到期的不计；已化解而没有期限或办结日期的无从判断，不计。",
           "按期化解÷（已化解＋到期未化解）", Kind.RATE, "件", 1, "2.4"),
    Figure("on_time_signing_rate", "及时签收率",
           "统计期内交办的轮次中，交办后1个工作日内签收的比例（1个工作日为惯例，未见成文规定）；"
           "限期已过未签收的计入分母，限期未过的不计。只统计台账设有签收日期栏的事项；"
           "不含不计入考核和信息有矛盾的事项。",
           "及时签收件次÷应签收件次", Kind.RATE, "件次", 1, "2.4"),
    Figure("response_rate", "响应率", "在响应时限内联系诉求人的比例；台账没有联系时间，不推断。",
           "时限内联系÷响应期满", Kind.RATE, "件次", 1, "2.5", fed_by_ledgers=False),
    Figure("callback_coverage", "回访覆盖率",
           "统计期内办结的事项中已回访接通的比例。不含不计入考核和信息有矛盾的事项。",
           "接通÷办结应回访", Kind.RATE, "件", 1, "2.5"),
    Figure("response_share", "参评率", "统计期内回访接通的轮次中作出结果评价的比例。",
           "作出评价÷接通", Kind.RATE, "件次", 1, "2.5"),
    Figure("unreached", "未接通", "统计期内回访未接通的轮次；不计入满意率和解决率，单列。",
           "回访未接通", Kind.COUNT, "件次", -1, "2.5"),
    Figure("no_opinion", "接通未评价",
           "统计期内回访接通而没有作出结果评价的轮次；不计入满意率，单列。",
           "接通且未评价", Kind.COUNT, "件次", -1, "2.5"),
    Figure("not_called", "尚未回访",
           "统计期内办结、截至当日没有任何回访记录的事项；不计入满意率和解决率，单列。"
           "不含不计入考核和信息有矛盾的事项。",
           "办结日期在期内且无回访记录", Kind.COUNT, "件", -1, "2.5"),
    Figure("answers_left_out", "评价未计入",
           "统计期内作出结果评价、因不计入考核或信息有矛盾而不计入满意率的轮次，单列。",
           "有评价且不计入考核或信息有矛盾", Kind.COUNT, "件次", 0, "2.5"),
    Figure("resolution_rate", "解决率（群众认定）",
           "统计期内回访作答的轮次中群众认定已解决的比例；部分解决不算解决，未接通、未作答不计。",
           "已解决÷（已解决＋部分解决＋未解决）", Kind.RATE, "件次", 1, "2.5"),
    Figure("resolution_rate_by_unit", "解决率（单位认定）",
           "承办单位作出认定的轮次中认定已解决的比例，与群众认定分列。",
           "已解决÷（已解决＋部分解决＋未解决）", Kind.RATE, "件次", 1, "2.5"),
    Figure("satisfaction_rate", "满意率",
           "统计期内回访作出结果评价的轮次中，非常满意、满意、基本满意的比例；未接通、未评价不计入。"
           "以每轮最近一次回访为准；不含不计入考核和信息有矛盾的事项。",
           "（非常满意＋满意＋基本满意）÷作出评价", Kind.RATE, "件次", 1, "2.5"),
    Figure("dissatisfied", "不满意",
           "统计期内回访作出结果评价的轮次中，不满意、非常不满意的；口径同满意率，等于满意率的分母减分子。",
           "不满意＋非常不满意", Kind.COUNT, "件次", -1, "2.5"),
    Figure("process_satisfaction_rate", "过程满意率",
           "统计期内对办理过程作出评价的轮次中满意的比例，口径同满意率。",
           "（非常满意＋满意＋基本满意）÷作出评价", Kind.RATE, "件次", 1, "2.5"),
    Figure("satisfaction_score", "满意度得分",
           f"满意率的同一批评价折成分数后的平均，满分100。{_points_told(EXAMPLE, '示例')}。"
           "分值由本市规定并注明生效日期，用统计期末有效的一套；未规定时用示例。",
           "Σ评价分值÷作出评价", Kind.SCORE, "分", 1, "2.5"),
    Figure("reassign_pending", "待重新交办", "已标记拟重新交办、等待审批的事项。",
           "状态为拟重新交办", Kind.COUNT, "件", -1, "2.6"),
    Figure("reassign_rate", "重新交办率",
           "截至当日第一轮已结束的事项中进入第二轮及以上的比例，不分统计期。"
           "不含不计入考核和信息有矛盾的事项。",
           "轮次≥2的事项÷第一轮已结束的事项", Kind.RATE, "件", -1, "2.6"),
    Figure("first_round_resolution_rate", "一次解决率",
           "统计期内第一轮回访时群众对是否解决作答的事项中，认定已解决的比例。",
           "第一轮解决÷第一轮作答", Kind.RATE, "件", 1, "2.6"),
    Figure("second_round_resolution_rate", "二次解决率",
           "统计期内第二轮（重新交办后）回访时群众对是否解决作答的事项中，认定已解决的比例。",
           "第二轮解决÷第二轮作答", Kind.RATE, "件", 1, "2.6"),
    Figure("third_round_resolution_rate", "三次解决率",
           "统计期内第三轮回访时群众对是否解决作答的事项中，认定已解决的比例。",
           "第三轮解决÷第三轮作答", Kind.RATE, "件", 1, "2.6"),
    Figure("return_rate", "退单率",
           "统计期内在本系统交办、或在本系统申请过退单的轮次中，承办单位申请退单的比例；"
           "台账导入的其他轮次没有退单记录，不推断。不含不计入考核和信息有矛盾的事项。",
           "申请退单件次÷交办件次", Kind.RATE, "件次", -1, "2.6"),
    Figure("return_granted_rate", "退单准予率",
           "同一批申请退单的轮次中准予退单并改派的比例；其余为驳回或待裁定。",
           "准予件次÷申请退单件次", Kind.RATE, "件次", 0, "2.6"),
    Figure("extension_rate", "延期率",
           "统计期内交办的轮次中台账载明延期后期限、或在本系统批准延期的比例。不含不计入考核和信息有矛盾的事项。",
           "延期件次÷交办件次", Kind.RATE, "件次", -1, "2.6"),
    Figure("repeat_rate", "重复诉求率",
           "统计期内受理的事项中与此前同一事项关联的比例；关联由人认定，台账没有，不推断。",
           "重复÷受理", Kind.RATE, "件", -1, "2.6", fed_by_ledgers=False),
    Figure("look_back_confirmed_rate", "回访核实率",
           "截至当日作过回头看检查的事项中核实属实的比例，不分统计期。",
           "核实÷检查", Kind.RATE, "件", 1, "2.6"),
    Figure("rebound_rate", "反弹率", "截至当日作过回头看检查的事项中发现反弹的比例，不分统计期。",
           "反弹÷检查", Kind.RATE, "件", -1, "2.6"),
    Figure("median_handling", "办理时长中位数",
           "统计期内办结事项从（本轮）交办到办结的工作日数中位数；在办的和信息有矛盾的不计。",
           "中位数（交办次日至办结的工作日数）", Kind.MIDDLE, "个工作日", -1, "2.6"),
    Figure("p90_handling", "办理时长九成位", "同一批办结事项中，九成在多少个工作日内办结。",
           "P90（交办次日至办结的工作日数）", Kind.MIDDLE, "个工作日", -1, "2.6"),
    Figure("commitments", "承诺",
           "统计期内召开的面对面座谈会上作出、已登记的承诺；撤回的不计。",
           "座谈会召开日期在期内的承诺", Kind.COUNT, "项", 0, "session"),
    Figure("commitments_overdue", "逾期未兑现",
           "截至当日兑现期限已过而没有登记兑现的承诺，不分统计期；期限逢休息日的顺延到下一工作日。",
           "期限早于当日且未兑现", Kind.COUNT, "项", -1, "session"),
    Figure("commitment_fulfilment_rate", "兑现率",
           "统计期内到期的承诺中，截至当日已兑现的比例，逾期兑现的也算兑现；"
           "没有到期的不计，提前兑现的到期以后才计；期限逢休息日顺延到下一工作日。",
           "已兑现÷到期承诺", Kind.RATE, "项", 1, "session"),
    Figure("commitment_on_time_rate", "按期兑现率",
           "同一批到期承诺中，兑现日期不晚于期限的比例。",
           "按期兑现÷到期承诺", Kind.RATE, "项", 1, "session"),
)  # fmt: skip

FIGURES: dict[str, Figure] = {figure.slug: figure for figure in _ALL}
"""Every registered figure, in the order of metrics.md."""
