"""The form under 12345热线: template, ledger, faults by cell, storing whole, and undoing."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import problem_acts
from dashboard.administration.done import done
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.refusals import refusals_told
from dashboard.administration.sheet_upload import faults_told, sheet_taken, uploaded_sheet
from dashboard.briefing.hotline_workbook import hotline_template
from dashboard.downloads import Made, Offer, download_button
from dashboard.leader_reads import HotlineImport, HotlineSeen
from dashboard.parts.panels import headline
from dashboard.parts.safe import label
from dashboard.problem_acts import HotlineSheet
from dashboard.viewer import viewer
from supervision.audit_words import ACTORS_WITHOUT_ACCOUNT
from supervision.rights import Right

_IMPORTS = {
    "id": Shown("第几次", 70), "file": Shown("文件", 280), "months": Shown("月份", 170),
    "rows": Shown("行数", 70), "by": Shown("导入人", 110), "at": Shown("时间", 140),
    "state": Shown("状态", 90),
}  # fmt: skip
_NAME = "hotline"


def draw_import(seen: HotlineSeen, as_of: date) -> None:
    """From the template to the counts, and what was imported before."""
    with st.expander("导入热线统计", expanded=not seen.imports, key="hotline_import"):
        st.caption(
            "每行一个月份的一个主题：月份、主题、件数必填，县区、办结数、满意数可空。"
            "逐格检查，有一处错误就一行也不导入；已有的月份再导入，整月替换。"
        )
        template = hotline_template(as_of)
        download_button(
            "下载模板",
            Offer("热线统计模板", (), "热线统计模板.xlsx", Right.COUNT_HOTLINE),
            lambda _who, _mark: Made(template, 0),
        )
        with refusals_told():
            book = uploaded_sheet("选择热线统计（Excel 或 CSV）", name=_NAME)
            if book is not None:
                _judged(problem_acts.judge_hotline(book, as_of=as_of, viewer=viewer()))
        _draw_imports(seen.imports)


def _judged(sheet: HotlineSheet) -> None:
    if sheet.faults:
        told = f"{len(sheet.faults)} 处错误，一行也没有导入"
        faults_told(sheet.faults, told, key="hotline_faults", alt="热线统计的错误")
        return
    first, last = (f"{month:%Y年%-m月}" for month in (sheet.months[0], sheet.months[-1]))
    months = first if first == last else f"{first} 至 {last}"
    totals = f"，合计行 {sheet.totals} 行不导入" if sheet.totals else ""
    headline(
        f"{len(sheet.rows)} 行没有发现问题，{len(sheet.months)} 个月（{months}）{totals}",
        f"{sheet.unread_told}这些月份如已有数据，将整月替换；导入后可以撤销。", key="hotline_sheet",
    )  # fmt: skip
    if st.button(f"导入 {len(sheet.rows)} 行", type="primary", key="store_hotline"):
        stored = problem_acts.store_hotline(sheet, viewer=viewer())
        sheet_taken(_NAME)
        done(stored.sentence)


def _draw_imports(imports: tuple[HotlineImport, ...]) -> None:
    if not imports:
        return
    rows = [
        (one.id, one.file_name, _months(one), one.rows,
         ACTORS_WITHOUT_ACCOUNT.get(one.by, one.by), f"{one.stored_at:%Y-%m-%d %H:%M}",
         "已撤销" if one.undone else "")
        for one in imports
    ]  # fmt: skip
    st.caption("以往的导入。点一行可以撤销那一次，它替换过的数据会恢复。")
    asked = st.container()
    place = office_table(rows, _IMPORTS, key="hotline_imports", alt="热线统计导入记录")
    if place is not None and not imports[place].undone:
        with asked:
            _offer_undo(imports[place])


def _months(one: HotlineImport) -> str:
    if one.first_month is None or one.last_month is None:
        return ""
    return f"{one.first_month:%Y-%m} 至 {one.last_month:%Y-%m}"


def _offer_undo(one: HotlineImport) -> None:
    if st.button(label(f"撤销第 {one.id} 次导入（{one.file_name}）"), key="undo_hotline"):
        with refusals_told():
            gone = problem_acts.undo_hotline(one.id, viewer=viewer())
            done(f"已撤销第 {one.id} 次导入，移除 {gone} 行；它替换过的数据已经恢复。")
