"""The upload of residents by township: file, faults by cell, 启用."""

from __future__ import annotations

import streamlit as st

from dashboard import map_acts
from dashboard.administration.done import done
from dashboard.administration.refusals import refusals_told
from dashboard.administration.sheet_upload import faults_told, sheet_taken, uploaded_sheet
from dashboard.map_acts import ResidentsSheet
from dashboard.parts.panels import headline
from dashboard.viewer import viewer_with
from supervision.rights import Right
from supervision.scope import Viewer

_NAME, _NAMED = "residents", 5


def residents_upload(who: Viewer) -> None:
    """From a table to 每万人 measures on the map."""
    st.caption(
        "Excel 或 CSV，每行一个镇（街）：“区划代码”或“镇街”（同名的再加“县区”），和“常住人口”"
        "（栏名写“常住人口（万人）”的按万人计）。启用后镇街地图多一个指标“每万人在办”。"
    )
    with refusals_told():
        book = uploaded_sheet("选择常住人口表", name=_NAME)
        if book is not None:
            _told(map_acts.judge_residents(book, viewer=who))


def _told(sheet: ResidentsSheet) -> None:
    if sheet.faults:
        told = f"{len(sheet.faults)} 处错误，没有启用"
        faults_told(sheet.faults, told, key="residents_faults", alt="常住人口的错误")
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
        sheet_taken(_NAME)
        done(f"已启用第 {version} 版常住人口，镇街地图可以选“每万人在办”。")
