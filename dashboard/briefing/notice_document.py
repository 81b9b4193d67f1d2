"""催办通知书 and 督办通知书 as Word documents, ready for the office's own red head.

What it says of residents: nothing. Titles and texts of ledgers are text, whatever they hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from dashboard.briefing.official_paper import OfficialPaper
from dashboard.briefing.sheet_look import chinese_date
from dashboard.briefing.watermark import Watermark
from supervision.loop_words import NoticeKind, NoticeLevel

UNNUMBERED = "（拟稿，尚未签发编号）"
UNDATED = "回复期限自签发之日起计算，签发时确定。"
ANNEX = "督办事项和期限计算说明"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Paper(Protocol):
    """What a document needs of data_access.reads.notice_papers.NoticePaper."""

    @property
    def number(self) -> str | None: ...
    @property
    def kind(self) -> NoticeKind: ...
    @property
    def level(self) -> NoticeLevel: ...
    @property
    def department(self) -> str | None: ...
    @property
    def item_number(self) -> str | None: ...
    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def issued_on(self) -> date | None: ...
    @property
    def reply_due_on(self) -> date | None: ...
    @property
    def feedback_trace(self) -> Sequence[str]: ...
    @property
    def reply_trace(self) -> Sequence[str]: ...


def notice_document(paper: Paper, *, watermark: Watermark) -> bytes:
    """A .docx of one notice: the letter on its own sheet, behind it how its days came about."""
    made = OfficialPaper(paper.kind.label, watermark)
    _letter(made, paper)
    made.annex("附件", ANNEX)
    made.heading("一、督办事项")
    made.body(f"事项名称：{' '.join(paper.title.split())}")
    made.body(f"事项编号：{paper.item_number or '台账未编号'}")
    made.heading("二、反馈期限")
    made.body(_in_prose(paper.feedback_trace) or "交办日期或期限未录入，以交办文书为准。")
    made.heading("三、回复期限")
    made.body(_in_prose(paper.reply_trace) or UNDATED)
    return made.saved()


def _in_prose(trace: Sequence[str]) -> str:
    """One paragraph, its days as official papers write them: no line ends inside a day."""
    return _DAY.sub(lambda day: chinese_date(date.fromisoformat(day.group())), "".join(trace))


def _letter(made: OfficialPaper, paper: Paper) -> None:
    made.title(paper.kind.label)
    made.centred(paper.number or UNNUMBERED)
    made.centred(f"督办等级：{paper.level.label}色")
    made.gap()
    made.addressee(f"{paper.department or '承办单位'}：")
    made.body(paper.text)
    due = paper.reply_due_on
    made.body(f"请于{chinese_date(due)}前（含当日）书面回复。" if due else UNDATED)
    made.gap()
    made.body(f"附件：{ANNEX}")
    made.gap()
    made.signed("（签发单位盖章）", from_right=2)
    if paper.issued_on is not None:
        made.signed(chinese_date(paper.issued_on), from_right=3)
