"""The audit trail's words for what is kept beside a session: commitments and milestones."""

from __future__ import annotations

MEETING_ACTS = {
    "make_commitment": "登记承诺",
    "change_commitment": "更正承诺",
    "fulfil_commitment": "登记承诺兑现",
    "take_back_fulfilment": "撤回承诺兑现",
    "leave_commitment_undone": "撤销导入，承诺不再关联事项",
    "withdraw_commitment": "撤回承诺",
    "restore_commitment": "恢复承诺",
    "report_commitment": "报告承诺进展",
    "take_back_report": "撤回承诺进展",
    "accept_plan": "采用拟定的作战节点",
    "add_milestone": "增加作战节点",
    "change_milestone": "更正作战节点",
    "finish_milestone": "作战节点完成",
    "take_back_finish": "撤回作战节点完成",
    "remove_milestone": "移除作战节点",
    "restore_milestone": "恢复作战节点",
}

MEETING_FIELDS = {
    "promised_by": "承诺人",
    "department": "责任单位",
    "commitment_due_on": "兑现期限",
    "fulfilled_on": "兑现日期",
    "milestones": "节点",
    "planned_on": "计划日期",
    "done_on": "完成日期",
    "leader": "责任人",
}
