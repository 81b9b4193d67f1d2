"""Ledgers of other senders: counties, the hotline's export, two special campaigns."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from sample_data.paper import Formula, Ledger, Page, Percent, Printed
from sample_data.pens import Pen, said
from sample_data.story import Item, Seen, seen
from sample_data.tables import (
    Column,
    body,
    counted,
    header_row,
    title_rows,
    two_level_header,
)
from supervision.vocabulary import LedgerStatus

DITTO = ("同上", "〃")
HIDDEN_ROWS = 3


def county_ledger(name: str, items: list[Item], told: date, rng: random.Random) -> Ledger:
    """A sheet a county, numbering anew, dates typed in many ways, 同上, a hidden sheet."""
    ledger = Ledger(name, [])
    counties = dict.fromkeys(item.place.county for item in items)
    for county in counties:
        page = Page(county)
        columns = _county_columns(Pen(rng), rng)
        title_rows(page, len(columns), f"{county}面对面群众诉求办理台账")
        page.rows.append([f"填报单位：{county}督查专班（演示数据）"])
        header_row(page, columns)
        entries = [seen(item, told) for item in items if item.place.county == county]
        body(ledger, page, columns, entries, county=county)
        page.rows.append(["小计", f"{len(entries)}件"])
        ledger.pages.append(page)
    guide = Page("填写说明", [["本表由县(区)专班每月填报。"], ["演示数据，人名、电话均为虚构。"]])
    guide.hidden = True
    ledger.pages.append(guide)
    return ledger


def _county_columns(pen: Pen, rng: random.Random) -> list[Column]:
    return [
        Column("序号", None, counted()),
        Column("督办编号", "number", lambda s: said(s.item.number)),
        Column("事项名称", "title", lambda s: said(s.item.title)),
        Column("问题描述", "content", lambda s: said(s.item.content)),
        Column("乡镇", "township", lambda s: pen.township(s, short=True)),
        Column("村（社区）", "village", lambda s: said(s.item.place.village)),
        Column("责任单位", "lead_departments", _with_ditto(pen, rng)),
        Column("配合单位", "co_departments", pen.co),
        Column("交办时间", "assigned_on", lambda s: pen.day_text(s.assigned_on)),
        Column(
            "办理期限",
            "due_on",
            lambda s: pen.due(s, pen.day_text(s.round.due_on, limit=True)),
        ),
        Column("反馈时间", "feedback_on", lambda s: pen.day_text(s.feedback_on)),
        Column("办理情况", "feedback_text", lambda s: said(s.feedback_text)),
        Column("当前状态", "status", pen.status),
        Column("办结日期", "closed_on", lambda s: pen.day_text(s.closed_on)),
        Column("满意度", "satisfaction", pen.satisfaction),
    ]


def _with_ditto(pen: Pen, rng: random.Random) -> Callable[[Seen], Printed]:
    """The lead, or 同上 where the row above has the same."""
    above: object = None

    def show(entry: Seen) -> Printed:
        nonlocal above
        printed = pen.lead(entry)
        if printed.means and printed.means == above and rng.random() < 0.4:
            return Printed(rng.choice(DITTO), printed.means)
        above = printed.means
        return printed

    return show


def hotline_export(name: str, items: list[Item], told: date, rng: random.Random) -> Ledger:
    """A system's export: header first, residents' data in columns of their own, no merges."""
    page, pen = Page(name.removesuffix(".csv")), Pen(rng)
    ledger = Ledger(name, [page])
    columns = [
        Column("工单编号", "number", lambda s: said(s.item.number)),
        Column("来电人", None, lambda s: said(s.item.reporter)),
        Column("来电人电话", None, lambda s: said(s.item.phone)),
        Column("性别", None, lambda _: said(rng.choice(("男", "女", "保密")))),
        Column("诉求时间", "received_on", lambda s: pen.instant(s.item.received_on)),
        Column("受理渠道", "origin", lambda s: said(s.item.origin)),
        Column("诉求标题", "title", lambda s: said(s.item.title)),
        Column("诉求内容", "content", lambda s: said(s.item.content)),
        Column("问题分类", "category", _category_path),
        Column("所属区域", "county", pen.county),
        Column("街道名称", "township", pen.township),
        Column("主办单位", "lead_departments", pen.lead),
        Column("协办单位", "co_departments", lambda s: pen.co(s, between=",")),
        Column("派单时间", "assigned_on", lambda s: pen.instant(s.assigned_on)),
        Column("限定反馈日期", "due_on", lambda s: pen.due(s, _iso(s.round.due_on))),
        Column("反馈时间", "feedback_on", lambda s: pen.instant(s.feedback_on)),
        Column("回复内容", "feedback_text", lambda s: said(s.feedback_text)),
        Column("工单状态", "status", pen.status),
        Column("办结时间", "closed_on", lambda s: pen.instant(s.closed_on)),
        Column("办理满意", "satisfaction", pen.satisfaction),
    ]
    header_row(page, columns)
    body(ledger, page, columns, [seen(item, told) for item in items])
    return ledger


def traffic_ledger(name: str, items: list[Item], told: date, rng: random.Random) -> Ledger:
    """States as ticks under their own headings, satisfaction in per cent, hidden rows."""
    page, pen = Page("专项台账"), Pen(rng)
    ledger = Ledger(name, [page])
    columns = [
        Column("序号", None, counted(start_row=4, formula=True)),
        Column("任务编号", "number", lambda s: said(s.item.number)),
        Column("主要任务", "title", lambda s: said(s.item.title)),
        Column("存在问题", "content", lambda s: said(s.item.content)),
        Column("县区", "county", pen.county),
        Column("乡镇", "township", pen.township),
        Column("责任部门", "lead_departments", pen.lead),
        Column("配合单位", "co_departments", pen.co),
        Column("交办时间", "assigned_on", lambda s: pen.day(s.assigned_on)),
        Column("反馈时限", "due_on", lambda s: pen.due(s, pen.day(s.round.due_on))),
        Column("反馈时间", "feedback_on", lambda s: pen.day(s.feedback_on)),
        Column("办理结果", "feedback_text", lambda s: said(s.feedback_text)),
        Column("办结时间", "closed_on", lambda s: pen.day(s.closed_on)),
        *(_tick(status, rng) for status in TICKED),
        Column("满意度", "satisfaction", lambda s: _percent(s, rng)),
    ]
    title_rows(page, len(columns), "道路交通秩序专项整治台账", "填报单位：专项办（演示数据）")
    two_level_header(page, columns)
    first = len(page.rows) + 1
    entries = [seen(item, told) for item in items]
    body(ledger, page, columns, entries)
    for truth, entry in zip(ledger.truth, entries, strict=True):
        truth.says["status"] = entry.status
    page.hidden_rows |= set(rng.sample(range(first, len(page.rows) + 1), HIDDEN_ROWS))
    total = f'=COUNTA(B{first}:B{len(page.rows)})&"件"'
    page.rows.append(["合计", Formula(total, f"{len(entries)}件")])
    return ledger


TICKED = {
    LedgerStatus.CLOSED.label: "已办结",
    LedgerStatus.IN_PROGRESS.label: "办理中",
    LedgerStatus.NOT_STARTED.label: "未启动",
    LedgerStatus.LONG_TERM.label: "长期坚持",
    LedgerStatus.EXPLAINED.label: "解释说明",
}


def _tick(status: str, rng: random.Random) -> Column:
    def show(entry: Seen) -> Printed:
        return Printed(rng.choice(("√", "√", "■")) if entry.status == status else None, None)

    return Column(TICKED[status], None, show, "办理状态")


def _percent(entry: Seen, rng: random.Random) -> Printed:
    if entry.call is None or not entry.call.reached:
        return Printed(None, None)
    share = rng.randint(70, 100)
    return Printed(Percent(share / 100), f"{share}%")


def estate_ledger(name: str, items: list[Item], told: date, rng: random.Random) -> Ledger:
    """No numbers but 序号, one text column, contacts with telephone in one cell."""
    page, pen = Page("小区走访"), Pen(rng, year=told.year)
    ledger = Ledger(name, [page])
    columns = [
        Column("序号", "number", counted()),
        Column("小区点位", "address", lambda s: said(s.item.address)),
        Column("县区", "county", pen.county),
        Column("镇街", "township", pen.township),
        Column("存在问题", "content", lambda s: said(s.item.content)),
        Column("整改措施", "measures", lambda s: said(s.item.measures)),
        Column("责任单位", "lead_departments", pen.lead),
        Column("责任人及联系方式", None, lambda s: said(f"{s.item.reporter} {s.item.phone}")),
        Column("交办时间", "assigned_on", lambda s: pen.day_text(s.assigned_on)),
        Column("反馈时限", "due_on", lambda s: pen.day_text(s.round.due_on, limit=True)),
        Column("反馈时间", "feedback_on", lambda s: pen.day_text(s.feedback_on)),
        Column("反馈情况", "feedback_text", lambda s: said(s.feedback_text)),
        Column("办理状态", "status", pen.status),
        Column("办结时间", "closed_on", lambda s: pen.day_text(s.closed_on)),
    ]
    title_rows(page, len(columns), f"{told.year}年物业小区走访问题清单")
    header_row(page, columns)
    body(ledger, page, columns, [seen(item, told) for item in items])
    page.rows.append([])
    page.rows.append(["说明：本表问题由走访人员现场登记，演示数据。"])
    return ledger


def _category_path(entry: Seen) -> Printed:
    problem = entry.item.problem
    path = (problem.category, problem.theme)
    return Printed("->".join(path), path)


def _iso(on: date) -> Printed:
    return Printed(on.isoformat(), on)
