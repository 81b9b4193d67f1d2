"""Definitions of programmes: taken out, changed by file, put in force, taken out of use."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard import programme_acts
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer, download_button
from dashboard.item_acts import StoreBusy
from dashboard.parts.panels import headline
from dashboard.parts.safe import clean, label
from dashboard.programme_acts import KeptVersion, ProgrammeRefused
from supervision.programmes import Programme
from supervision.rights import NotPermitted, Right
from supervision.scope import Viewer

_DONE, _TURN = "definition_done", "definition_turn"
_MOST_VERSIONS = 50


def draw_managing(programme: Programme | None, who: Viewer) -> None:
    """For who decides rules: change a definition or add one; faults at their line."""
    done = st.session_state.pop(_DONE, None)
    with st.expander("管理专题定义", expanded=done is not None, key="programme_definitions"):
        if done is not None:
            st.success(label(done))
        st.caption(
            "专题是一份定义文件（.toml）：名称、栏目、选项、时限、周期和指标，不用改程序。"
            "下载现有的定义，改名称、加选项、调时限后上传；换一个标识（name）就是新的专题。"
        )
        if programme is not None:
            _of_one(programme, who)
        turn = st.session_state.setdefault(_TURN, 0)
        file = st.file_uploader("选择一份定义（.toml）", key=f"definition_{turn}", type=None)
        if file is not None and st.button("检查并启用", key="definition_import", type="primary"):
            _import(file.getvalue(), file.name, who)
        _versions(who)


def _of_one(programme: Programme, who: Viewer) -> None:
    def made(taker: Viewer, _mark: Watermark) -> Made:
        return Made(programme_acts.definition(programme.name, viewer=taker).encode(), 0)

    with st.container(horizontal=True, vertical_alignment="center"):
        title = f"“{programme.label}”的定义"
        offer = Offer(title, (), f"{programme.name}.toml", Right.MANAGE_RULES)
        download_button(label(f"下载{title}"), offer, made, key="definition_file")
        if st.button("停用这个专题", key="definition_retire"):
            _say(lambda: programme_acts.retire(programme.name, viewer=who), "已停用")


def _import(data: bytes, file_name: str, who: Viewer) -> None:
    _say(lambda: programme_acts.import_definition(data, file_name, viewer=who), "已启用")


def _say(act: Callable[[], KeptVersion], word: str) -> None:
    try:
        kept = act()
    except ProgrammeRefused as refused:
        st.error(label(str(refused)))
        if refused.faults:
            told = pd.DataFrame(
                [(fault.line, clean(fault.key), clean(fault.message)) for fault in refused.faults],
                columns=["行", "键", "问题"],
            )
            st.dataframe(told, hide_index=True, height="content")
        return
    except (StoreBusy, NotPermitted) as sentence:
        st.warning(label(str(sentence)))
        return
    st.session_state[_DONE] = f"{word}“{kept.label}”（{kept.name}，第 {kept.version} 版）。"
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    if word == "已停用":
        st.query_params.pop("programme", None)
    st.rerun()


def _versions(who: Viewer) -> None:
    kept = programme_acts.kept_versions(viewer=who)[:_MOST_VERSIONS]
    if not kept:
        return
    headline(
        f"本市改过 {len(kept)} 次", "最近的先列；没有列出的按随程序提供的定义", key="definitions"
    )
    told = pd.DataFrame(
        [
            (clean(one.label), one.name, one.version, "启用" if one.in_use else "停用",
             clean(one.file_name), clean(one.stored_by), f"{one.stored_at:%Y-%m-%d %H:%M}")
            for one in kept
        ],
        columns=["专题", "标识", "版本", "状态", "文件", "经办人", "时间"],
    )  # fmt: skip
    st.dataframe(told, hide_index=True, height="content")
