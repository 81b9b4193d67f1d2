"""Words of the supervision loop that are no state: rulings, notices, triggers, duties.

Kinds of cards and escalation: metrics.md 2.9; duties beside the item: seed 001.
"""

from __future__ import annotations

from supervision.vocabulary import Worded


class Ruling(Worded):
    """What an approver decided on what was asked of him."""

    GRANTED = "granted", "同意"
    REFUSED = "refused", "不同意"


class ProposedUnit(Worded):
    """Where a flagged item should go (T16)."""

    SAME = "same", "原单位"
    OTHER = "other", "其他单位"
    HIGHER = "higher", "提级办理"


class ClockCause(Worded):
    """Why a clock opened beside the running one."""

    CATEGORY = "category", "调整问题分类"
    DEPARTMENT = "department", "调整牵头单位"
    URGENCY = "urgency", "调整紧急程度"
    OFF_HANGING = "off_hanging", "挂账转办理"


class NoticeKind(Worded):
    """Which paper goes out."""

    REMINDER = "reminder", "催办通知书"
    SUPERVISION = "supervision", "督办通知书"


class NoticeLevel(Worded):
    """The card: an act of a person, never the computed light (metrics.md 2.9)."""

    BLUE = "blue", "蓝"
    YELLOW = "yellow", "黄"
    RED = "red", "红"


class NoticeState(Worded):
    """Where a notice stands."""

    DRAFTED = "drafted", "已拟稿待签发"
    REFUSED = "refused", "未同意签发"
    ISSUED = "issued", "已签发待回复"
    REPLIED = "replied", "已回复"


SENT = frozenset({NoticeState.ISSUED, NoticeState.REPLIED})
"""What a department is told of; the others the office only considers, or refused to sign."""


class NoticeTrigger(Worded):
    """What speaks for a notice (metrics.md 2.9, trigger catalogue)."""

    REFUSED_TO_RECEIVE = "refused_to_receive", "拒不签收"
    OVERDUE = "overdue", "逾期未反馈"
    SOLVABLE_BUT_UNSOLVED = "solvable_but_unsolved", "应解决而未解决"
    POOR_HANDLING = "poor_handling", "办理不力造成不良影响"
    REPEATED = "repeated", "集中或多次反映未解决"
    FALSE_RESULT = "false_result", "办理结果不实"
    NO_PROCESS = "no_process", "时限过半无办理记录"
    RAISED_AGAIN = "raised_again", "群众或上级再次提出"
    FIX_NOT_BACK = "fix_not_back", "退回补正逾期未报"
    CO_SILENT = "co_silent", "协办单位未响应"
    OTHER = "other", "其他"


class AccountabilityKind(Worded):
    """问责 in rising order."""

    REMINDER = "reminder", "提醒"
    INTERVIEW = "interview", "约谈"
    LISTED_SUPERVISION = "listed_supervision", "挂牌督办"
    WRITTEN_REVIEW = "written_review", "书面检查"
    BULLETIN = "bulletin", "通报"
    REFERRED = "referred", "移送有关机关"


class FollowerKind(Worded):
    """Who raised an item or follows it."""

    RESIDENT = "resident", "群众"
    REPRESENTATIVE = "representative", "人大代表、政协委员"
    SUPERIOR = "superior", "上级"
    MEDIA = "media", "媒体"


class InvalidReason(Worded):
    """Why an item is not taken on (BJ 11, WF 19, G66)."""

    STATUTORY_ROUTE = "statutory_route", "应通过法定途径解决"
    IN_PETITION = "in_petition", "已进入信访程序"
    SECRET = "secret", "涉及国家秘密或个人隐私"
    PUBLIC_ORDER = "public_order", "违反公序良俗"
    REPEATED = "repeated", "重复提出且无新情况"
    OUT_OF_SCOPE = "out_of_scope", "不属于职责范围"


CONFIRMED = "confirmed"
"""回头看: what was reported is so."""
