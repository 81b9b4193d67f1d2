"""A programme's ledger: its template, the filled file judged and compared, stored, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import ledger_desk, programme_acts, programme_reads, reads
from dashboard.acts import LedgerRefused
from dashboard.briefing.programme_workbook import ledger_template
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer, download_button
from dashboard.item_acts import StoreBusy
from dashboard.ledger_desk import OpenLedger
from dashboard.parts import return_parts
from dashboard.parts.ledger_tables import ledger_table
from dashboard.parts.ledger_upload import file_line, next_file, refusal, upload_box
from dashboard.parts.panels import headline
from dashboard.parts.return_parts import FateLine, FaultLine
from dashboard.parts.safe import label
from dashboard.programme_acts import ProgrammePlan
from dashboard.programme_reads import ProgrammeBatch, ProgrammeSeen
from supervision.programmes import FieldKind
from supervision.rights import NotPermitted, Right
from supervision.scope import Viewer
from supervision.undoing_imports import LONGEST_REASON
from supervision.vocabulary import RowOutcome

_FATES = (RowOutcome.NEW, RowOutcome.UPDATED, RowOutcome.REFUSED, RowOutcome.UNCHANGED)
_TOLD = {
    "new": "库里没有的，作为新的一条入库。",
    "updated": "按编号或标识栏认出是同一条，只改下面写明的栏。",
    "refused": "这些行不入库，原因见“问题”；改正后重新上传，已入库的不会重复。",
    "same": "与库里的完全相同，不重复入库。",
}
_NOTICE = (
    "严禁上传涉密、敏感信息。专题台账只用于督查督办；群众姓名、电话等只留遮盖后的样子，原文不入库。"
)
_UNDONE = "programme_undone"


def draw_importing(seen: ProgrammeSeen, who: Viewer, as_of: date) -> None:
    """Everything about the ledger of one programme, folded away below its figures."""
    batches = programme_reads.programme_batch_list(
        reads.change(), who.scope, as_of, seen.programme.name
    )
    title = label(f"{seen.programme.ledger_title}：模板、导入和撤销")
    with st.expander(title, expanded=not seen.entries, key="programme_ledger"):
        _template(seen)
        upload = upload_box(
            ledger_desk.limits_told(), what=f"选择填好的{seen.programme.ledger_title}",
            notice=_NOTICE,
        )  # fmt: skip
        if upload is not None:
            try:
                ledger = ledger_desk.uploaded(upload, who)
                _heed_undone(ledger, batches)
                if _is_stored(ledger, seen):
                    _done(ledger)
                else:
                    _look_through(ledger, seen.programme.name, who, as_of)
            except LedgerRefused as sentence:
                refusal(str(sentence))
        _batches(seen, batches, who)


def _is_stored(ledger: OpenLedger, seen: ProgrammeSeen) -> bool:
    stored = ledger.entered
    return stored is not None and stored.plan.judged.programme.name == seen.programme.name


def _heed_undone(ledger: OpenLedger, batches: Sequence[ProgrammeBatch]) -> None:
    """Where the storing was undone since, the ledger lies on the desk as if never stored."""
    undone = {one.id for one in batches if one.undone_at is not None}
    if ledger.entered is not None and ledger.entered.batch_id in undone:
        ledger.entered = None


def _template(seen: ProgrammeSeen) -> None:
    programme = seen.programme
    counties = [seen.names.counties[key] for key in seen.units]

    def made(_taker: Viewer, _mark: Watermark) -> Made:
        return Made(ledger_template(programme, counties), 0)

    title = f"{programme.ledger_title}模板"
    offer = Offer(title, (), f"{title}_{seen.version}.xlsx", Right.IMPORT_LEDGER)
    with st.container(horizontal=True, vertical_alignment="center"):
        download_button("下载模板", offer, made, key="programme_template")
        needed = "、".join(field.label for field in programme.fields if field.needed)
        st.caption(label(f"必填：{needed}。再次上传同一条会逐栏更新，空着的栏不改。"))


def _look_through(ledger: OpenLedger, name: str, who: Viewer, as_of: date) -> None:
    plan: ProgrammePlan = ledger.remembered(
        f"programme:{name}", as_of,
        lambda: programme_acts.plan_ledger(name, ledger.workbook, viewer=who, as_of=as_of),
    )  # fmt: skip
    counts = "，".join(f"{fate.label} {n} 行" for fate in _FATES if (n := plan.count(fate)))
    file_line(ledger.workbook.file_name, f"{plan.judged.programme.ledger_title}：{counts}")
    _tabs(plan, f"{ledger.key}:programme", is_done=False)
    taken = plan.count(RowOutcome.NEW) + plan.count(RowOutcome.UPDATED)
    if not return_parts.store_button(taken, key=f"{ledger.key}:programme"):
        return
    try:
        with st.spinner("正在入库……"):
            ledger.store_programme(plan.judged, viewer=who, as_of=as_of)
    except (StoreBusy, NotPermitted) as sentence:
        refusal(str(sentence))
        return
    st.rerun()


def _done(ledger: OpenLedger) -> None:
    done = ledger.entered
    assert done is not None
    plan = done.plan
    new, updated, refused = (
        plan.count(fate) for fate in (RowOutcome.NEW, RowOutcome.UPDATED, RowOutcome.REFUSED)
    )
    left = f"，{refused} 行没有入库" if refused else ""
    headline(f"第 {done.batch_id} 批已入库：新增 {new} 条，更新 {updated} 条{left}",
             "指标已按新数据更新；这一批可以在下面整批撤销", key="programme_stored")  # fmt: skip
    _tabs(plan, f"stored:{done.batch_id}", is_done=True)
    st.button("导入下一份", on_click=next_file, type="primary", key="programme_next")


def _tabs(plan: ProgrammePlan, key: str, *, is_done: bool) -> None:
    title = plan.judged.programme.of_kind(FieldKind.TITLE)
    lines = [
        FateLine(
            _fate(one.fate), one.line.sheet, one.line.row, one.line.number,
            str(one.line.values.get(title.name, "")) if title else "",
            one.why or "；".join(f"{change.label}：{change.before} → {change.after}"
                                for change in one.changes),
        )
        for one in plan.lines
    ]  # fmt: skip
    faults = [
        FaultLine(fault.severity.label, fault.sheet, fault.cell or f"第{fault.row}行",
                  fault.number or "", fault.message)
        for fault in plan.judged.faults
    ]  # fmt: skip
    fates = [("new", "新增"), ("updated", "更新"), ("refused", "不入库"), ("same", "不变")]
    return_parts.fate_tabs(fates, lines, faults, key=key, is_done=is_done, told=_TOLD)


def _fate(fate: RowOutcome) -> str:
    return "same" if fate is RowOutcome.UNCHANGED else fate.value


def _batches(seen: ProgrammeSeen, batches: Sequence[ProgrammeBatch], who: Viewer) -> None:
    if (told := st.session_state.pop(_UNDONE, None)) is not None:
        st.success(label(told), icon=":material/undo:")
    if not batches:
        return
    headline(f"这个专题导入过 {len(batches)} 批", "最近的先列；撤销时整批恢复到入库之前",
             key="programme_batches")  # fmt: skip
    ledger_table(
        pd.DataFrame(
            [
                {"id": one.id, "standing": "已撤销" if one.undone_at else "已入库",
                 "file_name": one.file_name, "stored_at": f"{one.stored_at:%Y-%m-%d %H:%M}",
                 "stored_by": one.stored_by, "new": one.new, "updated": one.updated,
                 "unchanged": one.unchanged, "refused": one.refused}
                for one in batches
            ]
        ),
        key=f"programme_batches_{seen.programme.name}",
    )  # fmt: skip
    standing = [one.id for one in batches if one.undone_at is None]
    if standing:
        _undoing(standing, who)


def _undoing(standing: list[int], who: Viewer) -> None:
    named = {f"第 {one} 批": one for one in standing}
    with (
        st.form("programme_undo", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        chosen = st.selectbox("撤销哪一批", list(named), width=140)
        reason = st.text_input("撤销的原因", max_chars=LONGEST_REASON)
        sent = st.form_submit_button("撤销这一批", icon=":material/undo:")
    batch = named[chosen]
    if not sent:
        return
    try:
        done = programme_acts.undo_ledger(batch, reason, viewer=who)
    except (programme_acts.ProgrammeNotUndone, StoreBusy, NotPermitted) as sentence:
        st.warning(label(str(sentence)))
        return
    st.session_state[_UNDONE] = (
        f"已撤销第 {batch} 批：移除新增的 {done.removed} 条，恢复更新前的 {done.restored} 条。"
    )
    st.rerun()
