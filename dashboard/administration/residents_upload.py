"""The upload of residents by township: file, faults by cell, 启用."""

from __future__ import annotations

import streamlit as st

from dashboard import acts, map_acts
from dashboard.acts import Workbook
from dashboard.administration.done import done
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.refusals import refusals_told
from dashboard.map_acts import ResidentsSheet
from dashboard.parts.panels import headline
from dashboard.viewer import viewer_with
from supervision.rights import Right
from supervision.scope import Viewer

_FAULTS = {
    "cell": Shown("单元格", 90), "heading": Shown("栏目", 100), "sentence": Shown("问题", 560),
}  # fmt: skip
_TURN, _OPENED = "residents_turn", "residents_opened"
_NAMED = 5


def residents_upload(who: Viewer) -> None:
    """From a table to 每万人 measures on the map."""
    st.caption(
        "Excel 或 CSV，每行一个镇（街）：“区划代码”或“镇街”（同名的再加“县区”），和“常住人口”"
        "（栏名写“常住人口（万人）”的按万人计）。启用后镇街地图多一个指标“每万人在办”。"
    )
    turn = st.session_state.setdefault(_TURN, 0)
    upload = st.file_uploader("选择常住人口表", key=f"residents_file_{turn}", type=None)
    if upload is None:
        return
    with refusals_told():
        book = _opened(upload.file_id, upload.getvalue(), upload.name)
        _told(map_acts.judge_residents(book, viewer=who))


def _opened(key: str, data: bytes, name: str) -> Workbook:
    """Opening takes a child process: once for an upload, not at every click."""
    held: tuple[str, Workbook] | None = st.session_state.get(_OPENED)
    if held is None or held[0] != key:
        with st.spinner("正在打开文件……"):
            held = (key, acts.open_ledger(data, name))
        st.session_state[_OPENED] = held
    return held[1]


def _told(sheet: ResidentsSheet) -> None:
    if sheet.faults:
        headline(
            f"{len(sheet.faults)} 处错误，没有启用", "请在表里改正后重新上传。",
            key="residents_faults",
        )  # fmt: skip
        rows = [(fault.cell, fault.heading, fault.sentence) for fault in sheet.faults]
        office_table(rows, _FAULTS, key="residents_faults", alt="常住人口的错误", choose=False)
        return
    total = sum(sheet.residents.values())
    missing = "全部镇（街）都有。"
    if sheet.missing:
        named = "、".join(sheet.missing[:_NAMED])
        missing = f"表里没有：{named}，共 {len(sheet.missing)} 个，它们和所在县（区）不算每万人。"
    headline(
        f"{len(sheet.residents)} 个镇（街）没有发现问题，合计 {total / 10_000:,.2f} 万人", missing,
        key="residents_checked",
    )  # fmt: skip
    source = st.text_input(
        "数据来源（必填）", max_chars=60, placeholder="例如 市统计局 2025年末常住人口"
    )
    if st.button("启用这份人口", type="primary"):
        who = viewer_with(Right.MANAGE_REGISTERS)
        version = map_acts.enable_residents(sheet, source, viewer=who)
        st.session_state[_TURN] += 1
        st.session_state.pop(_OPENED, None)
        done(f"已启用第 {version} 版常住人口，镇街地图可以选“每万人在办”。")
