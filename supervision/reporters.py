"""Who may know who complained, and when a case must not tell its department.

信访工作条例 (2022) article 30 and 12345 practice forbid passing a complainant's or informer's
materials and particulars to the person or unit complained about (compliance.md: JN 32, XF 30);
个人信息保护法 articles 6 and 34 limit everyone else to what the case needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from supervision.rights import UNIT_ROLES, Right, may
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import Worded

LEAST_REASON = 4
"""Characters that a reason for an unmasked look has at least."""
_COMPLAINT = re.compile("投诉|举报|检举|控告|揭发|信访")
_SECRET = re.compile("匿名|保密|不愿透露|不公开|隐名")
_YES = frozenset({"是", "有", "√", "✓", "Y", "y", "1", "TRUE"})
_MASKED_IN_TEXT = re.compile(
    r"[\dA-Za-z_]+-?\*{2,}[\dA-Za-z_]*"
    # A name of any length: its surname is all that stands before the stars.
    r"|[\u4e00-\u9fa5][A-Z]\*+|[\u4e00-\u9fa5]\*+(?![*@])|\*{3,}(?:@\*+)?"
)
_DWELLING_TOLD = re.compile(
    r"((?:家庭住址|现住址|住址|家住|现住|租住|居住|我住|本人住)[在于址为是：:\s]{0,3})"
    r"[^，,。；;、（()）\n]{0,40}?\d+\s*(?:号|栋|幢|座|单元|室|房|组|巷)[^，,。；;、（()）\n]{0,20}"
)
"""Whose home it is says the word before it; a place that is complained about has none."""
_RELATIVE_TOLD = re.compile(
    r"((?:我|其|本人|他|她)的?(?:儿子|女儿|丈夫|妻子|老公|老婆|爱人|配偶|父亲|母亲|爸爸|妈妈|孙子"
    r"|孙女|外孙|哥哥|弟弟|姐姐|妹妹|爷爷|奶奶|岳父|岳母|公公|婆婆|儿媳|女婿))"
    r"(?![住因在患有生是和与的])[\u4e00-\u9fa5]{2,3}"
    r"(?=[（(，,]?\s*(?:男|女(?!儿)|(?:今年|现年|年仅)?\d{1,3}\s*岁|身份证|就读))"
)
"""What follows the name says that it is one: an age, a sex, a school."""
_ROOM_TOLD = re.compile(
    # A building, and in it a room of three or four digits; what is counted there is none.
    r"(?:(?:\d{1,4}|[A-Za-z一二三四五六七八九十])(?:号楼|栋|幢|座|单元|梯)[之\-—－]?){1,3}(?:\d{1,2}[楼层])?"
    r"\d{3,4}(?:室|房(?!间))?(?![\dA-Za-z户米平元人层楼家间年月日个块台吨千伏万亩度斤公余多%.㎡])"
    r"|(?<=\d号)\d{3,4}(?:室|房(?!间))"
)
"""Whoever names a flat lives in it, or beside it; a building or a house alone may be the matter."""
_MAY_POINT_AT_SOMEBODY = re.compile(r"\*|住|我|其|本人|他|她|\d[号栋幢座单梯室房]|[栋幢座元]\d")


class ReporterView(Worded):
    """How much of a case's reporter a person sees."""

    HIDDEN = "hidden", "不显示"
    MASKED = "masked", "遮盖后显示"
    ON_REASON = "on_reason", "写明理由后可查看"


def is_complaint(words: str | None) -> bool:
    """Whether the kind, source or text of a case says that somebody is complained about."""
    return bool(words) and _COMPLAINT.search(words or "") is not None


def asks_for_secrecy(words: str | None) -> bool:
    """Whether a cell of 是否保密 or of the reporter's name asks not to be told on."""
    told = (words or "").strip()
    return told in _YES or _SECRET.search(told) is not None


def is_protected(*, marked: bool, words: Iterable[str | None]) -> bool:
    """Whether the department must not learn who reported: when in doubt, it must not.

    `marked` is what a ledger said outright; `words` are kind, source, title and text.
    """
    return marked or any(is_complaint(told) or _asks_in_text(told) for told in words)


def _asks_in_text(words: str | None) -> bool:
    return bool(words) and _SECRET.search(words or "") is not None


def reporter_view(
    viewer: Viewer, *, protected: bool, led_by: frozenset[str], handled_by: frozenset[str]
) -> ReporterView:
    """How much of the reporter this person sees of a case that these departments lead and handle.

    The lead department sees the masked reporter of a case that is no complaint, so that it can
    ask for a contact; co-departments answer to the lead and see none.
    """
    is_unit = bool(viewer.roles & UNIT_ROLES)
    own = viewer.scope.departments
    is_complained_about = is_unit or (not viewer.scope.everything and bool(own & handled_by))
    if protected and is_complained_about:
        return ReporterView.HIDDEN
    if may(viewer, Right.SEE_PERSONAL_DATA):
        return ReporterView.ON_REASON
    if not may(viewer, Right.VIEW_ITEMS) or viewer.roles == {Role.CO_UNIT}:
        return ReporterView.HIDDEN
    if is_unit and viewer.roles <= UNIT_ROLES and not own & led_by:
        return ReporterView.HIDDEN
    return ReporterView.MASKED


def without_traces(text: str | None) -> str | None:
    """A masked text without what still points at somebody: 张* and 138****1234 become ＊＊＊,
    and so do a flat, and a home and a relative that the words around them tell to be one."""
    if not text or not _MAY_POINT_AT_SOMEBODY.search(text):
        return text
    text = _DWELLING_TOLD.sub(r"\1＊＊＊", _MASKED_IN_TEXT.sub("＊＊＊", text))
    text = _ROOM_TOLD.sub("＊＊＊", text)
    return _RELATIVE_TOLD.sub(r"\1＊＊＊", text)


def told_to(scope: Scope, words: str) -> str:
    """Words that may tell of residents: without traces of them where a department reads."""
    return (without_traces(words) or "") if scope.departments else words


def as_saved(scope: Scope, said: str, was: str) -> str:
    """What stands when somebody saves `said` over `was`: unchanged words keep hidden traces."""
    return was if said == told_to(scope, was) else said
