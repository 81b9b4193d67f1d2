"""Forms of what stands beside an item: 批示, 首接责任, 问责, media, 专班, who follows it."""

from __future__ import annotations

from typing import Any

from dashboard.item_acts import Said
from dashboard.item_forms import fields
from dashboard.item_forms.opening_forms import living_departments
from dashboard.item_forms.sheet import ActForm, Sheet
from dashboard.reads import ItemHistory
from supervision.beside_acts import AnyAct, BesideAct
from supervision.loop_words import AccountabilityKind, FollowerKind
from supervision.scope import Role


def _instruct(sheet: Sheet) -> Said:
    if Role.LEADER in sheet.who.roles:
        return Said(text=fields.words(sheet, "text", "批示内容"))
    history = sheet.history()
    leader = history.texts.get("case_leader") if history else None
    return Said(
        leader=fields.line(sheet, "leader", "批示领导", start=leader, hint="例如：王市长"),
        on=fields.day(sheet, "on", "批示日期", start=sheet.as_of, most=sheet.as_of),
        text=fields.words(sheet, "text", "批示内容", hint="照纸质批示原文录入"),
    )


def _answer(sheet: Sheet) -> Said:
    history = sheet.history()
    waiting = {row["id"]: _told(row) for row in _unanswered(history)}
    meant = next(iter(waiting), None)
    if len(waiting) > 1:
        meant = fields.pick(sheet, "instruction", "哪一条批示", waiting, start=meant)
    return Said(
        instruction_id=meant,
        text=fields.words(sheet, "text", "落实情况", hint="怎么办的、办到哪一步、何时办结"),
    )


def _unanswered(history: ItemHistory | None) -> list[dict[str, Any]]:
    told = history.instructions if history else ()
    return [row for row in told if row["answered_on"] is None]


def _told(row: dict[str, Any]) -> str:
    return f"{row['leader'] or '领导'}：{str(row['text'])[:40]}"


def _first_receiver(sheet: Sheet) -> Said:
    return Said(
        department_id=fields.pick(sheet, "department", "首接单位", living_departments(sheet)),
        on=fields.day(sheet, "on", "首接日期", start=sheet.as_of, most=sheet.as_of),
    )


def _accountability(sheet: Sheet) -> Said:
    return Said(
        accountability=fields.word(sheet, "kind", "方式", AccountabilityKind),
        department_id=fields.pick(
            sheet, "department", "对哪个单位", living_departments(sheet), hint="牵头单位"
        ),
        on=fields.day(sheet, "on", "日期", start=sheet.as_of, most=sheet.as_of),
        text=fields.words(sheet, "text", "事由", hint="对谁、因何、由谁作出"),
        outcome=fields.line(sheet, "outcome", "结果（可不填）", hint="例如：已书面检查，限期整改"),
    )  # fmt: skip


def _media(sheet: Sheet) -> Said:
    return Said(
        outlet=fields.line(sheet, "outlet", "媒体", hint="例如：本市日报"),
        on=fields.day(sheet, "on", "报道日期", start=sheet.as_of, most=sheet.as_of),
        text=fields.words(sheet, "text", "报道内容或跟踪情况"),
        link=fields.line(sheet, "link", "网址（可不填）"),
    )


def _task_force(sheet: Sheet) -> Said:
    return Said(
        head=fields.line(sheet, "head", "专班负责人", hint="姓名和职务"),
        members=fields.words(sheet, "members", "成员单位和人员"),
        words=fields.line(sheet, "words", "任务（可不填）"),
        on=fields.day(sheet, "on", "成立日期", start=sheet.as_of, most=sheet.as_of),
    )


def _follower(sheet: Sheet) -> Said:
    return Said(
        follower=fields.word(sheet, "kind", "谁", FollowerKind, start=FollowerKind.RESIDENT),
        name=fields.line(sheet, "name", "姓名（可不填）", hint="保存时自动遮盖"),
        text=fields.words(sheet, "text", "情况"),
    )


def _never(_history: ItemHistory) -> bool:
    """The item's own page offers these in the panel where they are told."""
    return False


RECORDED: dict[AnyAct, ActForm] = {
    BesideAct.RECORD_FIRST_RECEIVER: ActForm(
        _first_receiver, note="谁首接谁负责，直到告知群众为止。", send="登记", offered=_never
    ),
    BesideAct.RECORD_ACCOUNTABILITY: ActForm(_accountability, send="登记", offered=_never),
    BesideAct.RECORD_MEDIA_REPORT: ActForm(_media, send="登记", offered=_never),
    BesideAct.FORM_TASK_FORCE: ActForm(
        _task_force,
        note="疑难事项一事一专班；已有专班的，由新的接替。",
        send="登记",
        offered=_never,
    ),
    BesideAct.ADD_FOLLOWER: ActForm(_follower, send="登记", offered=_never),
    BesideAct.RAISE_AGAIN: ActForm(
        _follower, note="登记后列入督办工作台，直到告知群众。", send="登记", offered=_never
    ),
}
"""What one 登记 button of an item's page records."""

DUTIES: dict[AnyAct, ActForm] = {
    BesideAct.INSTRUCT: ActForm(_instruct, note="答复之前，一直列在督办工作台。", send="登记"),
    BesideAct.ANSWER_INSTRUCTION: ActForm(
        _answer, send="回复", offered=lambda history: bool(_unanswered(history))
    ),
    **RECORDED,
}
