"""数据质量: what does not fit in ledgers and in the handling, each with what to do about it.

Signs are no verdicts: every one of them has honest reasons, so the words only ask to look.
"""

from __future__ import annotations

from dataclasses import dataclass

from supervision.vocabulary import Worded

RECENT_DAYS = 90
LEAST_CLOSURES = 10
LAST_DAY_SHARE = 50
LEAST_EXTENSIONS = 5
LEAST_ROUNDS = 10
EXTENSION_SHARE = 30
SAME_REPLIES = 3
LEAST_REPLY = 12
"""Thresholds of the signs: days, counts, per cent, and characters of a reply."""


class QualityGroup(Worded):
    """Three kinds of lists, in the order the page shows them."""

    CONFLICTS = "conflicts", "台账有矛盾"
    TO_SETTLE = "to_settle", "需要补全或核对"
    SIGNS = "signs", "供核查的迹象"


class QualityList(Worded):
    """One list; the label reads as a heading."""

    CLOSED_UNDATED = "closed_undated", "已办结，没有办结日期"
    FEEDBACK_BEFORE_ASSIGNMENT = "feedback_before_assignment", "反馈早于交办"
    CLOSED_BEFORE_ASSIGNMENT = "closed_before_assignment", "办结早于交办"
    DUE_BEFORE_ASSIGNMENT = "due_before_assignment", "反馈期限早于交办"
    UNKNOWN_DEPARTMENT = "unknown_department", "牵头单位不在名录"
    UNKNOWN_PLACE = "unknown_place", "地名与名录对不上"
    DUE_DIFFERS = "due_differs", "反馈期限与规则不一致"
    UNLOCATED = "unlocated", "没有落到镇（街）"
    ROWS_REFUSED = "rows_refused", "台账里没有入库的行"
    DUPLICATES = "duplicates", "疑似重复的事项"
    VANISHED = "vanished", "前期台账有、最近一期没有"
    LAST_DAY_CLOSURES = "last_day_closures", "办结集中在期限当天"
    SAME_REPLY = "same_reply", "不同事项的反馈文字相同"
    NO_EVIDENCE = "no_evidence", "办结没有措施或佐证"
    MASS_EXTENSIONS = "mass_extensions", "延期较为集中"


class Repair(Worded):
    """Where a list is put right; the label is what the person reads there."""

    ITEM = "item", "点一行打开事项核对"
    IMPORT = "import", "请填报单位改正台账后，重新导入"
    DEPARTMENTS = "departments", "请系统管理员在单位登记册登记名称或别名，再重新导入"
    PLACES = "places", "请系统管理员在区划与字典登记地名或别名，再重新导入"


@dataclass(frozen=True, slots=True)
class QualityRule:
    """What a list tells: its kind, the plain explanation, the repair, the fields it looks at."""

    group: QualityGroup
    words: str
    repair: Repair
    fields: tuple[str, ...]


_G, _L, _R = QualityGroup, QualityList, Repair
_HONEST = "可能有正当原因，仅供核查。"

QUALITY_RULES: dict[QualityList, QualityRule] = {
    _L.CLOSED_UNDATED: QualityRule(
        _G.CONFLICTS,
        "台账写明已办结，但没有办结日期，也没有反馈日期；不知道何时办结，暂不计入比率。",
        _R.IMPORT, ("status", "closed_on"),
    ),
    _L.FEEDBACK_BEFORE_ASSIGNMENT: QualityRule(
        _G.CONFLICTS, "反馈日期早于交办日期，其中必有一个写错；暂不计入比率。",
        _R.IMPORT, ("feedback_on", "assigned_on"),
    ),
    _L.CLOSED_BEFORE_ASSIGNMENT: QualityRule(
        _G.CONFLICTS, "办结日期早于交办日期，其中必有一个写错；暂不计入比率。",
        _R.IMPORT, ("closed_on", "assigned_on"),
    ),
    _L.DUE_BEFORE_ASSIGNMENT: QualityRule(
        _G.CONFLICTS, "反馈期限早于交办日期，其中必有一个写错；暂不计入比率。",
        _R.IMPORT, ("due_on", "assigned_on"),
    ),
    _L.UNKNOWN_DEPARTMENT: QualityRule(
        _G.CONFLICTS, "台账里的牵头单位在登记册里找不到，事项没有明确的责任单位。",
        _R.DEPARTMENTS, ("lead_departments",),
    ),
    _L.UNKNOWN_PLACE: QualityRule(
        _G.CONFLICTS, "台账写了县（区）或镇（街），但与名录对不上，没有猜测。",
        _R.PLACES, ("township", "county"),
    ),
    _L.DUE_DIFFERS: QualityRule(
        _G.CONFLICTS,
        "台账载明的反馈期限，不是按交办当天有效的督办规则算出的那一天"
        "（类别、来源另有期限的，按其期限）。期限以台账载明的为准，这里只列出来核对。",
        _R.ITEM, ("due_on",),
    ),
    _L.UNLOCATED: QualityRule(
        _G.TO_SETTLE, "在办事项没有镇（街），地图和镇街排名里看不到它。",
        _R.IMPORT, ("township", "county"),
    ),
    _L.ROWS_REFUSED: QualityRule(
        _G.TO_SETTLE, "各单位最近一期台账里有错误、没有入库的行，这些事项系统里没有或没有更新。",
        _R.IMPORT, (),
    ),
    _L.DUPLICATES: QualityRule(
        _G.TO_SETTLE, "编号相同，或内容与地点相同、相近的事项，可能是同一件事登记了两次。",
        _R.ITEM, ("number", "title", "content"),
    ),
    _L.VANISHED: QualityRule(
        _G.TO_SETTLE,
        "同一填报单位前期台账里有、最近一期没有再报，事项仍未办结；请核实是漏报还是已处理。",
        _R.ITEM, ("title", "content", "number"),
    ),
    _L.LAST_DAY_CLOSURES: QualityRule(
        _G.SIGNS,
        f"近{RECENT_DAYS}天办结{LEAST_CLOSURES}件以上的单位，其中{LAST_DAY_SHARE}%以上"
        f"正好在期限当天办结。{_HONEST}",
        _R.ITEM, ("closed_on", "due_on"),
    ),
    _L.SAME_REPLY: QualityRule(
        _G.SIGNS,
        f"{SAME_REPLIES}件以上不同事项的书面反馈一字不差（{LEAST_REPLY}字以上）。{_HONEST}",
        _R.ITEM, ("feedback_text",),
    ),
    _L.NO_EVIDENCE: QualityRule(
        _G.SIGNS, f"已办结，但本轮没有反馈、措施的文字，或在系统内办结而没有佐证材料。{_HONEST}",
        _R.ITEM, ("closed_on", "status"),
    ),
    _L.MASS_EXTENSIONS: QualityRule(
        _G.SIGNS,
        f"近{RECENT_DAYS}天交办{LEAST_ROUNDS}件以上的单位，延期{LEAST_EXTENSIONS}件以上且占"
        f"{EXTENSION_SHARE}%以上。{_HONEST}",
        _R.ITEM, ("extended_due_on",),
    ),
}  # fmt: skip
"""Every list with its rule, in the order of QualityList."""
