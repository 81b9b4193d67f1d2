"""The steps of 台账导入 in their order: read, settle problems, compare, store, hand back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import ledger_changes, ledger_frames, reads
from dashboard.acts import Flag, JudgedLedger, KeyRefused, LedgerRefused
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer, download_button
from dashboard.ledger_desk import OpenLedger
from dashboard.parts import ledger_changes as changes_part
from dashboard.parts import ledger_problems as problems_part
from dashboard.parts import ledger_reading as reading_part
from dashboard.parts.leading import lead_to, set_query
from dashboard.parts.ledger_upload import file_line, next_file, refusal
from dashboard.parts.ledger_views import SheetView
from dashboard.parts.sentences import ITEMS_PAGE
from supervision.rights import Right
from supervision.scope import Viewer
from supervision.vocabulary import RowOutcome, Severity

LARGEST_VANISHED = 500


def look_through(ledger: OpenLedger, who: Viewer, as_of: date) -> None:
    """Everything between the upload and the storing of one ledger."""
    try:
        with st.spinner("正在判读台账，行数多时需要几十秒……"):
            judged = ledger.judged(as_of=as_of)
    except LedgerRefused as sentence:
        refusal(str(sentence))
        _read(ledger, None, as_of)
        return
    file_line(judged.file_name, _verdict(judged, ledger.flags(as_of=as_of)))
    _read(ledger, judged, as_of)
    _settle(ledger, judged, who, as_of)
    _store(ledger, who, as_of)


def done(ledger: OpenLedger, as_of: date) -> None:
    """The result of the storing, where to go from here, what to send back."""
    stored = ledger.stored
    assert stored is not None
    changes_part.result(
        {
            RowOutcome.NEW.label: stored.new,
            RowOutcome.UPDATED.label: stored.updated,
            RowOutcome.UNCHANGED.label: stored.unchanged,
            RowOutcome.REFUSED.label: stored.refused,
        }
    )
    with st.container(horizontal=True, vertical_alignment="center", key="stored_links"):
        if stored.new or stored.updated:
            st.page_link(ITEMS_PAGE, label="看这一批的事项", query_params=lead_to(batch=stored.id))
        st.button("看每一行的去向", on_click=set_query, kwargs={"batch": stored.id})
        _marked_button(ledger, as_of)
        st.button("导入下一份", on_click=next_file, type="primary")


def _marked_button(ledger: OpenLedger, as_of: date) -> None:
    """The sender's own file with its faults marked; nothing of the store stands in it."""
    later, rows = ledger.marked_later(as_of=as_of), len(ledger.judged(as_of=as_of).rows)

    def marked(_taker: Viewer, _mark: Watermark) -> Made:
        return Made(later(), rows)

    offer = Offer(
        "标注好的台账", [f"台账：{ledger.workbook.file_name}"], ledger.marked_name(),
        Right.IMPORT_LEDGER,
    )  # fmt: skip
    download_button(
        "下载标注好的台账",
        offer,
        marked,
        key=f"{ledger.key}:marked",
        help_text="原文件不变，有问题的单元格涂色并加批注，可直接退回填报单位",
    )


def _verdict(judged: JudgedLedger, flags: Sequence[Flag]) -> str:
    counts = [
        (sum(flag.severity == severity for flag in flags), severity.label) for severity in Severity
    ]
    told = "、".join(f"{count} 处{word}" for count, word in counts if count)
    return f"读出 {len(judged.rows)} 件事项：{told or '没有发现问题'}"


def _read(ledger: OpenLedger, judged: JudgedLedger | None, as_of: date) -> None:
    st.header("一　工作表、表头和栏目对应", anchor=False)
    sheets: list[SheetView] = ledger.remembered(
        "sheets", as_of, lambda: ledger_frames.sheet_views(ledger.workbook, judged, ledger.hints)
    )
    reading_part.sheet_table(sheets, ledger.workbook.hidden_sheets, key=ledger.key)
    sheet = reading_part.chosen_sheet(sheets, key=ledger.key)
    key = f"{ledger.key}:{sheets.index(sheet)}"
    with st.expander("表头不对，或不取用这个工作表？", expanded=judged is None):
        choice = reading_part.header_form(sheet, key=key)
        if ledger.revision:
            st.button("恢复自动识别", on_click=ledger.start_afresh, key=f"{key}:afresh")
    if choice is not None:
        names = tuple(
            view.name for view in sheets if (choice.taken if view is sheet else view.taken)
        )
        ledger.choose(
            lambda hints: ledger_changes.take_header(hints, sheet.name, choice.header, sheets=names)
        )
        st.rerun()
    if sheet.columns:
        _map(ledger, sheet, key)


def _map(ledger: OpenLedger, sheet: SheetView, key: str) -> None:
    to_check = sum(column.to_check for column in sheet.columns)
    st.caption(
        f"{len(sheet.columns)} 栏"
        + (f"，其中 {to_check} 栏含义不确定，请核对" if to_check else "")
        + "。点“对应字段”可以更改；群众个人信息栏加密保存，样例已遮盖。"
    )
    offered = tuple(ledger_frames.FIELD_OF)
    meanings = reading_part.mapping_form(sheet, offered, key=key)
    if meanings is None:
        return
    if not meanings:
        st.info("没有改动。")
        return
    sentence = ledger_changes.refused_mapping(sheet, meanings)
    if sentence is not None:
        st.error(sentence)
        return
    ledger.choose(lambda hints: ledger_changes.take_mapping(hints, sheet.name, meanings))
    st.rerun()


def _settle(ledger: OpenLedger, judged: JudgedLedger, who: Viewer, as_of: date) -> None:
    st.header("二　问题", anchor=False)
    names = reads.choices(reads.change(), who.scope, as_of)
    flags = ledger.flags(as_of=as_of)
    problems = ledger.remembered(
        "problems", as_of, lambda: ledger_frames.problems(judged, flags, names)
    )
    answers = problems_part.question_form(problems.questions, key=ledger.key)
    if answers:
        ledger.choose(lambda hints: ledger_changes.take_answers(hints, answers))
        st.rerun()
    problems_part.problem_tabs(problems, key=ledger.key)
    if flags:
        _marked_button(ledger, as_of)


def _store(ledger: OpenLedger, who: Viewer, as_of: date) -> None:
    st.header("三　入库会改变什么", anchor=False)
    with st.spinner("正在与库中事项比对……"):
        changes = ledger.remembered(
            "changes", as_of, lambda: ledger_changes.changes(ledger.plan(as_of=as_of))
        )
    vanished = reads.described_items(
        reads.change(), who.scope, as_of, changes.vanished[:LARGEST_VANISHED]
    )
    alike = reads.described_items(
        reads.change(), who.scope, as_of, tuple(dict.fromkeys(changes.similar["item_id"].tolist()))
    )
    changes_part.change_tabs(changes, vanished, alike, key=ledger.key)
    if changes_part.store_button(changes, key=ledger.key):
        try:
            changes_part.with_progress(
                lambda progress: ledger.store(viewer=who, as_of=as_of, progress=progress)
            )
        except KeyRefused as sentence:
            refusal(str(sentence))
            return
        st.rerun()
