"""How figures are spoken of beside their definitions: sections, totals, directions, values.

The page 口径说明, docs/metrics.md and `duban figures` take their words from here.
"""

from __future__ import annotations

from supervision.figures import Figure, Kind
from supervision.metrics import NOTHING, Rate, Score

NO_DATA = "无数据"
SECTIONS = {
    "2.1": "数量",
    "2.2": "按期反馈",
    "2.3": "逾期与临期",
    "2.4": "办结",
    "2.5": "回访与满意",
    "2.6": "重办、退单、延期、时长",
    "session": "面对面的承诺",
}
TOTALS = {
    Kind.COUNT: "各部分相加",
    Kind.RATE: "分子、分母各自相加后再除，不对比率求平均",
    Kind.SCORE: "分值、作答数各自相加后再除，不对平均分求平均",
    Kind.MIDDLE: "对全体重新计算，不由各部分合成",
}
BETTER = {1: "越高越好", -1: "越低越好", 0: "不分好坏"}
NOT_FED = "台账没有所需字段，显示“无数据”，不推断"
GENERAL = (
    "每个比率都写作 n/N，分母为 0 时写“—”，百分数保留两位小数、四舍五入；两个比率之差为百分点。",
    "统计期写作 [起, 止]，“当日”是数据截至日；还没过完的统计期截到当日。",
    "信息有矛盾的事项不进任何比率；不计入考核的事项也不进比率，只有办结率、化解率和按期化解率例外"
    "（分母是全部有效受理）。不进比率的另列件数，不隐藏。",
)
"""What holds for all figures."""


def value_told(figure: Figure, n: float | None, of: int | None) -> str:
    """A value as people read it: 89.13%（82/92）, 3 件, — or 无数据."""
    if not figure.fed_by_ledgers:
        return NO_DATA
    if n is None:
        return NOTHING
    if figure.kind is Kind.RATE:
        return Rate(int(n), of or 0).text()
    if figure.kind is Kind.SCORE:
        return Score(int(n), of or 0).text()
    return f"{n:g} {figure.unit}"
