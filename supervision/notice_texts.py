"""What a 督办单 says, in the tone of such papers: a draft that a person reads and changes.

Titles and numbers of items only; nothing of residents comes in here (bulletins.md 5.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervision.loop_words import NoticeKind, NoticeTrigger

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What the text tells of its item; days that nobody knows are left out."""

    number: str | None
    title: str
    assigned_on: date | None = None
    due_on: date | None = None
    days_overdue: int = 0
    round_no: int = 1


_SO_FAR: dict[NoticeTrigger, str] = {
    NoticeTrigger.REFUSED_TO_RECEIVE: "至今未签收",
    NoticeTrigger.SOLVABLE_BUT_UNSOLVED: "具备解决条件，至今未予解决",
    NoticeTrigger.POOR_HANDLING: "办理不力，已造成不良影响",
    NoticeTrigger.REPEATED: "群众多次反映，至今未得到解决",
    NoticeTrigger.FALSE_RESULT: "反馈称已解决，经回访群众表示未解决，办理结果与实际不符",
    NoticeTrigger.NO_PROCESS: "办理时限已过半，尚无办理记录",
    NoticeTrigger.RAISED_AGAIN: "办理期间再次被提出，请予重视",
    NoticeTrigger.FIX_NOT_BACK: "反馈材料退回补正后，逾期未重新报送",
    NoticeTrigger.CO_SILENT: "协办单位至今未向牵头单位反馈协办情况",
    NoticeTrigger.OTHER: "尚未办结",
}
_ASKED: dict[NoticeKind, str] = {
    NoticeKind.REMINDER: (
        "请你单位抓紧办理，并在本通知书载明的期限内书面回复办理情况；"
        "暂不能办结的，请说明原因、下一步措施和完成时间。"
    ),
    NoticeKind.SUPERVISION: (
        "根据督查督办工作有关要求，现予督办。请你单位主要负责同志亲自过问，明确责任人、"
        "具体措施和完成时限，并在本通知书载明的期限内书面回复办理结果。"
        "逾期不回复或者办理不力的，将按规定予以提醒、约谈或者通报。"
    ),
}


def notice_text(
    kind: NoticeKind, trigger: NoticeTrigger, facts: NoticeFacts, *, as_of: date
) -> str:
    """The body of the paper, one paragraph for the facts and one for what is asked."""
    return f"{_facts_told(trigger, facts, as_of)}\n{_ASKED[kind]}"


def _facts_told(trigger: NoticeTrigger, facts: NoticeFacts, as_of: date) -> str:
    title = " ".join(facts.title.split()).rstrip("。；，、")
    cut = f"{title[:LONGEST_TITLE]}……" if len(title) > LONGEST_TITLE else title
    number = f"（编号：{facts.number}）" if facts.number else ""
    again = f"第{facts.round_no}轮" if facts.round_no > 1 else ""
    parts = [f"你单位承办的“{cut}”事项{number}"]
    if facts.assigned_on is not None:
        parts.append(f"于{_day(facts.assigned_on)}{again}交办")
    if facts.due_on is not None:
        parts.append(f"反馈期限为{_day(facts.due_on)}")
    parts.append(_so_far(trigger, facts, as_of))
    return "，".join(parts) + "。"


def _so_far(trigger: NoticeTrigger, facts: NoticeFacts, as_of: date) -> str:
    late = f"截至{_day(as_of)}已逾期{facts.days_overdue}个工作日" if facts.days_overdue else ""
    if trigger is NoticeTrigger.OVERDUE:
        return f"{late or '现已逾期'}，尚未书面反馈办理情况"
    return "，".join(part for part in (late, _SO_FAR[trigger]) if part)


def _day(day: date) -> str:
    """公文 write days without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
