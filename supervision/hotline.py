"""12345热线 by theme and month: what a ledger of counts must be."""

from __future__ import annotations

HEADINGS = {
    "month": "月份",
    "theme": "主题",
    "unit": "县区",
    "received": "件数",
    "closed": "办结数",
    "satisfied": "满意数",
}
"""Field → heading of the template."""
ALSO_CALLED = {
    "month": ("统计月份", "年月", "月度"),
    "theme": ("类别", "诉求主题", "诉求类别", "问题类别", "分类"),
    "unit": ("县(区)", "县（区）", "所属县区", "区域"),
    "received": ("受理数", "受理件数", "来电数", "诉求数", "工单数", "热线件数"),
    "closed": ("办结件数", "已办结"),
    "satisfied": ("满意件数", "群众满意数"),
}
"""Field → other headings that ledgers use."""
NEEDED = ("month", "theme", "received")
WHOLE_CITY = "全市"
TOTALS = frozenset({"合计", "总计", "小计", "总数", "全部", "全部主题"})
LONGEST_THEME, MOST_ROWS, MOST_COUNT = 30, 20_000, 10_000_000
NOT_CITY = "热线统计是全市的数，请由可见全市的人导入。"


class HotlineRefused(Exception):
    """Nothing was stored; the text is a Chinese sentence."""
