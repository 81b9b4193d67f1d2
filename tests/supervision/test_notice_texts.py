"""What a 督办单 says before a person has changed it."""

from __future__ import annotations

from datetime import date

import pytest

from supervision.loop_words import NoticeKind, NoticeTrigger
from supervision.notice_texts import NoticeFacts, notice_text

DAY = date(2026, 11, 25)
LIGHTS = NoticeFacts(
    "MDM-7", "红星路路灯不亮", date(2026, 10, 9), date(2026, 10, 30), days_overdue=18
)


def test_a_reminder_tells_the_facts_and_asks_for_a_reply():
    facts, asked = notice_text(
        NoticeKind.REMINDER, NoticeTrigger.OVERDUE, LIGHTS, as_of=DAY
    ).splitlines()
    assert facts == (
        "你单位承办的“红星路路灯不亮”事项（编号：MDM-7），于2026年10月9日交办，"
        "反馈期限为2026年10月30日，截至2026年11月25日已逾期18个工作日，尚未书面反馈办理情况。"
    )
    assert asked.startswith("请你单位抓紧办理")


def test_a_supervision_notice_speaks_to_the_head_of_the_department():
    text = notice_text(NoticeKind.SUPERVISION, NoticeTrigger.FALSE_RESULT, LIGHTS, as_of=DAY)
    assert "办理结果与实际不符" in text
    assert "主要负责同志亲自过问" in text


def test_what_nobody_knows_is_left_out():
    bare = NoticeFacts(None, "路灯\n不亮")
    text = notice_text(NoticeKind.REMINDER, NoticeTrigger.RAISED_AGAIN, bare, as_of=DAY)
    assert text.startswith("你单位承办的“路灯 不亮”事项，办理期间再次被提出，请予重视。")


def test_a_title_of_any_length_leaves_room_for_the_rest():
    long = NoticeFacts("1", "路" * 5_000, round_no=2, assigned_on=DAY)
    first = notice_text(NoticeKind.REMINDER, NoticeTrigger.OTHER, long, as_of=DAY).splitlines()[0]
    assert len(first) < 150
    assert "于2026年11月25日第2轮交办" in first


@pytest.mark.parametrize("trigger", NoticeTrigger)
@pytest.mark.parametrize("kind", NoticeKind)
def test_every_trigger_has_words(kind: NoticeKind, trigger: NoticeTrigger):
    assert "，。" not in notice_text(kind, trigger, NoticeFacts("1", "事"), as_of=DAY)
