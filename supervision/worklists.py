"""Lists that ask for a decision today; each is a set of rows behind a number, like a figure."""

from __future__ import annotations

from supervision.vocabulary import Worded


class Worklist(Worded):
    """What a leader or supervisor should see first; labels read as headings."""

    LONG_OVERDUE = "long_overdue", "逾期超过15个工作日"
    DUE_TODAY = "due_today", "今天到期尚未反馈"
    TAKEN_UP_AGAIN = "taken_up_again", "重新交办后仍未办结"
    REASSIGN_CANDIDATES = "reassign_candidates", "群众不满意或反弹，建议重新交办"
    NO_LEAD = "no_lead", "在办而牵头单位不明"
    NO_DEADLINE = "no_deadline", "反馈期限待核实"
    UNSOUND = "unsound", "台账信息有矛盾，暂不计入比率"


LONG_OVERDUE_WORKING_DAYS = 15
