"""Lists that ask for a decision today; each is a set of rows behind a number, like a figure."""

from __future__ import annotations

from supervision.vocabulary import Worded


class Worklist(Worded):
    """What a leader or supervisor should see first; labels read as headings."""

    LONG_OVERDUE = "long_overdue", "长期逾期未反馈"
    DUE_TODAY = "due_today", "今天到期尚未反馈"
    TAKEN_UP_AGAIN = "taken_up_again", "重新交办后仍未办结"
    REASSIGN_CANDIDATES = "reassign_candidates", "群众不满意或反弹，建议重新交办"
    NO_LEAD = "no_lead", "在办而牵头单位不明"
    NO_DEADLINE = "no_deadline", "反馈期限待核实"
    UNSOUND = "unsound", "台账信息有矛盾，暂不计入比率"


class DeskList(Worded):
    """督办工作台: what a supervisor has to do today; each list empties as the work is done."""

    OVERDUE_SILENT = "overdue_silent", "逾期未反馈"
    DUE_WITHIN = "due_within", "临期"
    TO_ASSIGN = "to_assign", "已立项待交办"
    TO_RECEIVE = "to_receive", "已交办待签收"
    AWAITING_REVIEW = "awaiting_review", "反馈待审核"
    FIX_NOT_BACK = "fix_not_back", "退回补正未报"
    NOT_YET_FLAGGED = "not_yet_flagged", "待处理（不满意或措施不明）"
    FLAGS_WAITING = "flags_waiting", "拟重新交办待审批"
    RETURNS_WAITING = "returns_waiting", "退单待裁定"
    EXTENSIONS_WAITING = "extensions_waiting", "延期待审批"
    HANG_REVIEW_DUE = "hang_review_due", "挂账到期待复查"
    CALLBACKS_DUE = "callbacks_due", "已办结待回访"
    TO_STRIKE_OFF = "to_strike_off", "待销号（满意或已批准）"
    LOOK_BACKS_DUE = "look_backs_due", "待回头看"
    TO_REOPEN = "to_reopen", "反弹待再交办"
    RAISED_AGAIN = "raised_again", "群众或上级再次提出"
    CO_SILENT = "co_silent", "协办单位未响应"
    REASSIGNED_TWICE = "reassigned_twice", "重新交办两次以上"
    INSTRUCTIONS_OPEN = "instructions_open", "批示待回复"
    NOTICES_WAITING = "notices_waiting", "督办单待签发"
    NOTICE_REPLY_LATE = "notice_reply_late", "督办单逾期未回复"
    CLOCKS_BESIDE = "clocks_beside", "期限另有并行计时"
    RESIDENTS_TO_TELL = "residents_to_tell", "待告知群众"


class DueList(Worded):
    """时限: parts of what is awaited, each a set of rows behind a number."""

    OVERDUE_TO_5 = "overdue_1_5", "逾期1–5个工作日"
    OVERDUE_TO_15 = "overdue_6_15", "逾期6–15个工作日"
    OVERDUE_TO_30 = "overdue_16_30", "逾期16–30个工作日"
    OVERDUE_OVER_30 = "overdue_over_30", "逾期30个工作日以上"
    OVERDUE_UNCOUNTED = "overdue_uncounted", "逾期天数待核（工作日历未录）"
    PROVISIONAL = "due_provisional", "反馈期限暂定"
    EXTENDED = "due_extended", "已延期、尚未反馈"


AGES: dict[DueList, tuple[int, int | None]] = {
    DueList.OVERDUE_TO_5: (1, 5),
    DueList.OVERDUE_TO_15: (6, 15),
    DueList.OVERDUE_TO_30: (16, 30),
    DueList.OVERDUE_OVER_30: (31, None),
}
"""Ageing classes of what is overdue: first and last working day (None: open)."""
