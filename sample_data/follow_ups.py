"""Later ledgers that tell earlier items anew: what moved, and what was assigned again."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from sample_data.paper import Ledger, Page, Printed
from sample_data.pens import Pen, said
from sample_data.story import Item, Seen, seen
from sample_data.tables import Column, body, counted, header_row, title_rows
from supervision.vocabulary import LedgerStatus

UNCHANGED_SHARE = 0.5
"""Of items that still stand as they did, those that are told again all the same."""
OPEN = (LedgerStatus.IN_PROGRESS.label, LedgerStatus.NOT_STARTED.label)

Earlier = list[tuple[Item, date]]
"""Items with the day of the ledger that told of them first."""


def progress_ledger(name: str, earlier: Earlier, told: date, rng: random.Random) -> Ledger:
    """Sections under each other, each with its own band and header, numbering anew."""
    page, pen = Page("续办情况"), Pen(rng)
    ledger = Ledger(name, [page])
    entries = [
        seen(item, told)
        for item, before in earlier
        if _moved(item, before, told)
        or (_open(seen(item, before)) and rng.random() < UNCHANGED_SHARE)
    ]
    sections: tuple[tuple[str, Callable[[Seen], bool]], ...] = (
        ("一、逾期未反馈事项", lambda s: s.feedback_on is None),
        ("二、已反馈正在推进事项", lambda s: s.feedback_on is not None and _open(s)),
        ("三、本期办结事项", lambda s: not _open(s)),
    )
    columns = _progress_columns(pen)
    title_rows(page, len(columns), f"“面对面”事项续办情况通报附表（截至{told:%Y年%m月%d日}）")
    for band, belongs in sections:
        members = [entry for entry in entries if belongs(entry)]
        if members:
            page.rows.append([band])
            header_row(page, columns := _progress_columns(pen))
            body(ledger, page, columns, members)
    return ledger


def _progress_columns(pen: Pen) -> list[Column]:
    return [
        Column("序号", None, counted()),
        Column("事项编号", "number", lambda s: said(s.item.number)),
        Column("事项名称", "title", lambda s: said(s.item.title)),
        Column("问题描述", "content", lambda s: said(s.item.content)),
        Column("县区", "county", pen.county),
        Column("乡镇", "township", lambda s: said(s.item.place.township)),
        Column("牵头单位", "lead_departments", lambda s: _all_leads(s, pen)),
        Column("反馈时限", "due_on", lambda s: pen.day(s.round.due_on)),
        Column("反馈时间", "feedback_on", lambda s: pen.day(s.feedback_on)),
        Column("办理结果", "feedback_text", lambda s: said(s.feedback_text)),
        Column("办理状态", "status", pen.status),
        Column("办结时间", "closed_on", lambda s: pen.day(s.closed_on)),
        Column("满意度", "satisfaction", pen.satisfaction),
    ]


def reassigned_ledger(name: str, items: list[Item], told: date, rng: random.Random) -> Ledger:
    """Second rounds: the same numbers, new assignments, new limits."""
    page, pen = Page("重新交办"), Pen(rng)
    ledger = Ledger(name, [page])
    again = [item for item in items if len(item.rounds) > 1 and item.rounds[1].assigned_on <= told]
    columns = [
        Column("序号", None, counted()),
        Column("事项编号", "number", lambda s: said(s.item.number)),
        Column("办理次数", "round_no", lambda s: Printed(s.round_no, s.round_no)),
        Column("诉求标题", "title", lambda s: said(s.item.title)),
        Column("诉求内容", "content", lambda s: said(s.item.content)),
        Column("县区", "county", pen.county),
        Column("乡镇", "township", lambda s: said(s.item.place.township)),
        Column("牵头单位", "lead_departments", lambda s: _all_leads(s, pen)),
        Column("交办时间", "assigned_on", lambda s: pen.day(s.assigned_on)),
        Column("反馈时限", "due_on", lambda s: pen.day(s.round.due_on)),
        Column("反馈时间", "feedback_on", lambda s: pen.day(s.feedback_on)),
        Column("回复内容", "feedback_text", lambda s: said(s.feedback_text)),
        Column("办理状态", "status", _second_status),
        Column("办结时间", "closed_on", lambda s: pen.day(s.closed_on)),
        Column("是否满意", "satisfaction", pen.satisfaction),
    ]
    title_rows(page, len(columns), "群众不满意事项重新交办台账", "填报单位：市督查室（演示数据）")
    header_row(page, columns)
    body(ledger, page, columns, [seen(item, told, round_no=2) for item in again])
    return ledger


def _second_status(entry: Seen) -> Printed:
    """An item that is still open after it came back is 二次交办."""
    if entry.status in OPEN:
        return Printed("二次交办", LedgerStatus.REASSIGNED.label)
    return said(entry.status)


def _all_leads(entry: Seen, pen: Pen) -> Printed:
    """Leads as they really are: a later ledger corrects what an earlier one got wrong."""
    names = (entry.item.lead, *entry.item.joint)
    return Printed("\n".join(pen.department(name) for name in names), names)


def _open(entry: Seen) -> bool:
    return entry.closed_on is None


def _moved(item: Item, before: date, now: date) -> bool:
    return seen(item, before) != seen(item, now)
