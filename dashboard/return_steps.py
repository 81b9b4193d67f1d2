"""The steps of a filled 回访表 or 反馈表 on the page 台账导入: compare, take up, hand back."""

from __future__ import annotations

import weakref
from datetime import date

import streamlit as st

from dashboard import return_acts
from dashboard.acts import LedgerRefused
from dashboard.briefing.marked_apart import marked_apart
from dashboard.briefing.marked_workbook import marked_workbook
from dashboard.briefing.package import WorkbookNotMarked
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer, download_button
from dashboard.item_acts import StoreBusy
from dashboard.item_forms.conflict import as_told
from dashboard.ledger_desk import OpenLedger
from dashboard.notice_reads import of_the_office
from dashboard.parts import return_parts
from dashboard.parts.ledger_upload import file_line, next_file, refusal
from dashboard.parts.return_parts import FateLine, FaultLine, Since
from dashboard.return_acts import PlannedReturn, ReturnPlan, RowFate
from dashboard.return_undo import draw_undoing, undo_button
from supervision.reporters import without_traces
from supervision.return_sheets import ReturnSheet
from supervision.rights import NotPermitted, Right
from supervision.scope import Viewer

_LEFT = (RowFate.CONFLICT, RowFate.REFUSED)


def look_through(ledger: OpenLedger, kind: ReturnSheet, who: Viewer, as_of: date) -> None:
    """What the list would do, and the button that does it; LedgerRefused says why it cannot."""
    try:
        plan: ReturnPlan = ledger.remembered(
            "returned", as_of,
            lambda: return_acts.plan_filled(ledger.workbook, kind, viewer=who, as_of=as_of),
        )  # fmt: skip
    except NotPermitted as sentence:
        raise LedgerRefused(str(sentence)) from sentence
    filled = len(plan.rows) - plan.count(RowFate.BLANK)
    file_line(ledger.workbook.file_name, f"认出是{kind.label}：{filled} 行已填写，{_told(plan)}")
    _tabs(plan, who, f"{ledger.key}:plan")
    if return_parts.store_button(plan.count(RowFate.DONE), key=ledger.key):
        try:
            with st.spinner("正在登记……"):
                ledger.store_filled(kind, viewer=who, as_of=as_of)
        except StoreBusy as sentence:
            refusal(str(sentence))
            return
        st.rerun()
    _marked_button(ledger, plan)


def done(ledger: OpenLedger, kind: ReturnSheet, who: Viewer) -> None:
    """How every row ended, and the file with its faults to be put right."""
    stored = ledger.returned
    assert stored is not None
    plan = stored.plan
    left = sum(plan.count(fate) for fate in _LEFT)
    undone = return_acts.is_undone(stored.batch_id, viewer=who)
    if undone:
        return_parts.undone_head(kind.label)
    else:
        return_parts.stored_head(plan.count(RowFate.DONE), left, kind.label)
    draw_undoing(stored.batch_id)
    if not undone:
        _tabs(plan, who, f"{ledger.key}:done", is_done=True)
    with st.container(horizontal=True, vertical_alignment="center", key="returned_links"):
        _marked_button(ledger, plan)
        undo_button(stored.batch_id, who, key=ledger.key)
        st.button("传回下一份", on_click=next_file, type="primary")


def _told(plan: ReturnPlan) -> str:
    counts = [(plan.count(fate), fate.label) for fate in RowFate if fate is not RowFate.BLANK]
    return "、".join(f"{label} {count}" for count, label in counts if count) or "没有要登记的"


def _tabs(plan: ReturnPlan, who: Viewer, key: str, *, is_done: bool = False) -> None:
    """A department reads no trace of a resident, nor what is the office's own."""
    office = of_the_office(who)
    lines = [
        FateLine(row.fate.value, row.told.source.sheet, row.told.source.row,
                 row.number or row.told.source.number, _title(row, office=office), _words(row, who))
        for row in plan.rows
    ]  # fmt: skip
    faults = [
        FaultLine(fault.severity.label, fault.sheet, fault.cell or f"第{fault.row}行",
                  fault.number or "", fault.message)
        for row in plan.rows for fault in row.told.faults
    ]  # fmt: skip
    fates = [(fate.value, fate.label) for fate in RowFate]
    return_parts.fate_tabs(fates, lines, faults, key=key, is_done=is_done)


def _title(row: PlannedReturn, *, office: bool) -> str:
    return (row.title if office else without_traces(row.title)) or ""


def _words(row: PlannedReturn, who: Viewer) -> str:
    since = [
        Since(change.at, change.who, change.act,
              tuple((f.label, f.before, f.after) for f in change.fields))
        for change in (as_told(change, who) for change in row.changes)
    ]  # fmt: skip
    return return_parts.told_changes(since) or row.words


def _marked_button(ledger: OpenLedger, plan: ReturnPlan) -> None:
    """The person's own file with its faults coloured and commented."""
    faults = [fault for row in plan.rows for fault in row.told.faults]
    if not faults:
        return
    # Streamlit keeps what a button calls, and that must not keep the file beyond its stay.
    here, rows = weakref.ref(ledger), len(plan.rows)

    def marked(_taker: Viewer, _mark: Watermark) -> Made:
        still = here()
        if still is None:
            return Made(_told_instead("这份表已不在服务器上，请重新上传后再下载。"), 0)
        try:
            return Made(marked_apart(still.original, still.workbook.kind, faults), rows)
        except WorkbookNotMarked as reason:
            return Made(_told_instead(str(reason)), 0)

    told = [f"{plan.sheet.kind.label}：{ledger.workbook.file_name}"]
    offer = Offer("标注好的表", told, ledger.marked_name(), Right.RETURN_SHEETS)
    download_button("下载标注好的表", offer, marked, key=f"{ledger.key}:marked",
                    help_text="有问题的单元格涂色并加批注，改正后可以重新上传")  # fmt: skip


def _told_instead(sentence: str) -> bytes:
    return marked_workbook(sentence.encode(), "csv", ())
