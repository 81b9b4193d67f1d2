"""The supervision office's own 面对面 ledgers: last year's, the older .xls, the newest."""

from __future__ import annotations

import random
from datetime import date
from itertools import groupby

from data_access.work_calendar import calendar_years
from sample_data.callbacks import callback_columns
from sample_data.paper import Ledger, Page, Printed
from sample_data.pens import Pen, said
from sample_data.story import Item, Seen, seen
from sample_data.tables import (
    Column,
    body,
    counted,
    header_row,
    merged_down,
    title_rows,
    two_level_header,
)

OFFICE = "填报单位：市督查室（演示数据）"
SIGNED = "填报人：赵示例        审核人：钱演示        联系电话：13800000000"


def yearly_ledger(name: str, items: list[Item], told: date, rng: random.Random) -> Ledger:
    """A sheet a year, sessions merged downwards, numbering by formula, totals and signatures."""
    ledger = Ledger(name, [])
    by_session = sorted(items, key=lambda item: (_held_on(item), item.number))
    for year, members in groupby(by_session, key=lambda item: _held_on(item).year):
        page = Page(f"{year}年")
        columns = _yearly_columns(Pen(rng))
        title_rows(
            page,
            len(columns),
            f"河源市“面对面”群众诉求交办事项台账（{year}年）",
            f"{OFFICE}        数据截至：{told.year}年{told.month}月{told.day}日",
        )
        header_row(page, columns)
        entries = [seen(item, told) for item in members]
        body(ledger, page, columns, entries)
        merged_down(page, 4, 3)
        page.rows.append(["合计", f"{len(entries)}件"])
        page.rows.append([SIGNED])
        ledger.pages.append(page)
    return ledger


def _yearly_columns(pen: Pen) -> list[Column]:
    return [
        Column("序号", None, counted(start_row=3, formula=True)),
        Column("事项编号", "number", lambda s: said(s.item.number)),
        Column("会议名称", "session_theme", _theme),
        Column("诉求标题", "title", lambda s: said(s.item.title)),
        Column("诉求内容", "content", lambda s: said(s.item.content)),
        Column("问题分类", "category", lambda s: _category(s)),
        Column("所属县区", "county", pen.county),
        Column("乡镇", "township", pen.township),
        Column("牵头单位", "lead_departments", pen.lead),
        Column("协办单位", "co_departments", pen.co),
        Column("交办日期", "assigned_on", lambda s: pen.day(s.assigned_on)),
        Column("反馈时限", "due_on", lambda s: pen.due(s, pen.day(s.round.due_on))),
        Column("延期后时限", "extended_due_on", lambda s: _extended(s)),
        Column("反馈时间", "feedback_on", lambda s: pen.day(s.feedback_on)),
        Column("回复内容", "feedback_text", lambda s: said(s.feedback_text)),
        Column("办理状态", "status", pen.status),
        Column("办结时间", "closed_on", lambda s: pen.day(s.closed_on)),
        Column("是否满意", "satisfaction", pen.satisfaction),
        Column("包案领导", None, _leader),
        Column("备注", "remarks", lambda s: said(_remark(s))),
    ]


def _leader(entry: Seen) -> Printed:
    """Whoever held the session answers for what was raised there."""
    return said(entry.item.session.host if entry.item.session else None)


def two_level_ledger(name: str, items: list[Item], told: date, rng: random.Random) -> Ledger:
    """Headings of two merged levels, as an old .xls, with a note at its foot."""
    page, pen = Page("交办台账"), Pen(rng)
    ledger = Ledger(name, [page])
    about, handed, done, asked = "诉求基本情况", "交办情况", "办理情况", "回访情况"
    columns = [
        Column("编号", "number", lambda s: said(s.item.number)),
        Column("场次", "session_theme", _theme, about),
        Column("标题", "title", lambda s: said(s.item.title), about),
        Column("具体问题", "content", lambda s: said(s.item.content), about),
        Column("所属区县", "county", lambda s: pen.county(s, short=True), about),
        Column("镇（街）", "township", pen.township, about),
        Column("牵头单位", "lead_departments", pen.lead, handed),
        Column("配合单位", "co_departments", lambda s: pen.co(s, between="\n"), handed),
        Column("交办时间", "assigned_on", lambda s: pen.day(s.assigned_on), handed),
        Column("反馈时限", "due_on", lambda s: pen.due(s, pen.day(s.round.due_on)), handed),
        Column("延期后时限", "extended_due_on", _extended, handed),
        Column("解决措施", "measures", lambda s: said(s.item.measures), done),
        Column("办理结果", "feedback_text", lambda s: said(s.feedback_text), done),
        Column("反馈时间", "feedback_on", lambda s: pen.day(s.feedback_on), done),
        Column("办结时间", "closed_on", lambda s: pen.day(s.closed_on), done),
        Column("办理状态", "status", pen.status, done),
        Column("满意度", "satisfaction", pen.satisfaction, asked),
        *callback_columns(pen, asked),
        Column("回访内容", None, lambda s: said(s.call.text if s.call else None), asked),
    ]
    title_rows(page, len(columns), "“面对面”群众诉求办理情况一览表", OFFICE)
    two_level_header(page, columns)
    body(ledger, page, columns, [seen(item, told) for item in items])
    page.rows.append(["备注：1.本表由市督查室汇总；2.反馈时限为交办次日起15个工作日。"])
    return ledger


def newest_ledger(name: str, items: list[Item], told: date, rng: random.Random) -> Ledger:
    """The running ledger: lead and co-departments in one cell, limits in words."""
    page, pen = Page("Sheet1"), Pen(rng, year=told.year)
    ledger = Ledger(name, [page])
    columns = [
        Column("序号", None, counted()),
        Column("督办编号", "number", lambda s: said(s.item.number)),
        Column("批次", "session_theme", _theme),
        Column("召开日期", None, lambda s: pen.day(_held_on(s.item))),
        Column("督办标题", "title", lambda s: said(s.item.title)),
        Column("主要内容", "content", lambda s: said(s.item.content)),
        Column("问题类别", "category", _category),
        Column("县（市、区）", "county", pen.county),
        Column("镇街", "township", pen.township),
        Column("承办单位", "lead_departments", lambda s: _lead_and_co(s, pen)),
        Column("交办日期", "assigned_on", lambda s: pen.day_text(s.assigned_on)),
        Column("签收时间", "signed_on", lambda s: pen.day(_signed(s, told))),
        Column("反馈时限", "due_on", lambda s: pen.due(s, _limit(s, pen, rng))),
        Column("延期后时限", "extended_due_on", _extended),
        Column("工作进展", "progress", lambda s: said(s.round.progress)),
        Column("督办反馈时间", "feedback_on", lambda s: pen.day_text(s.feedback_on)),
        Column("督办反馈内容", "feedback_text", lambda s: said(s.feedback_text)),
        Column("督办状态", "status", pen.status),
        Column("办结时间", "closed_on", lambda s: pen.day_text(s.closed_on)),
        Column("是否满意", "satisfaction", pen.satisfaction),
        *callback_columns(pen),
        Column("包案领导", None, _leader),
        Column("回访内容", None, lambda s: said(s.call.text if s.call else None)),
    ]
    title_rows(page, len(columns), f"{told.year}年“面对面”重点督办事项推进表", OFFICE)
    header_row(page, columns)
    entries = [seen(item, told) for item in items]
    body(ledger, page, columns, entries)
    _tell_co(ledger, entries)
    page.rows.append([SIGNED])
    return ledger


def _lead_and_co(entry: Seen, pen: Pen) -> Printed:
    """A牵头，B、C配合."""
    item = entry.item
    lead = pen.lead(entry)
    if item.fault == "lead" or not item.co or item.joint:
        return lead
    co = "、".join(pen.department(name) for name in item.co)
    return Printed(f"{pen.department(item.lead)}牵头，{co}配合", lead.means)


def _tell_co(ledger: Ledger, entries: list[Seen]) -> None:
    """The cell of the lead also told the co-departments where it named them."""
    for truth, entry in zip(ledger.truth, entries, strict=True):
        told = entry.item.fault != "lead" and not entry.item.joint
        truth.says["co_departments"] = entry.item.co if told else ()


def _limit(entry: Seen, pen: Pen, rng: random.Random) -> Printed:
    """A date, or the rule in words where the calendar already reaches so far."""
    due_on = entry.round.due_on
    if rng.random() < 0.4 and due_on.year in calendar_years():
        return Printed("交办后15个工作日内", due_on)
    return pen.day_text(due_on, limit=True)


def _signed(entry: Seen, told: date) -> date | None:
    return entry.round.signed_on if entry.round.signed_on <= told else None


def _held_on(item: Item) -> date:
    return item.session.held_on if item.session else item.received_on


def _theme(entry: Seen) -> Printed:
    return said(entry.item.session.theme if entry.item.session else None)


def _category(entry: Seen) -> Printed:
    return Printed(entry.item.problem.category, (entry.item.problem.category,))


def _extended(entry: Seen) -> Printed:
    return Printed(entry.round.extended_due_on, entry.round.extended_due_on)


def _remark(entry: Seen) -> str | None:
    if entry.call and not entry.call.reached:
        return "回访电话无法接通"
    return None
