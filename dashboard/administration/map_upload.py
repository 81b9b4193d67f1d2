"""The upload of a city's own map: file, coordinate system, source, faults, preview, 启用."""

from __future__ import annotations

import streamlit as st

from dashboard import map_acts
from dashboard.administration.done import done
from dashboard.administration.map_preview import draw_preview
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.refusals import refusals_told
from dashboard.border_files import CODE_NAMES
from dashboard.map_acts import JudgedMap, MapFile
from dashboard.map_making.gcj02 import CRS
from dashboard.map_reads import Township
from dashboard.parts.map_shelf import shelf_of
from dashboard.parts.panels import headline
from dashboard.viewer import viewer_with
from supervision.rights import Right
from supervision.scope import Viewer

_FAULTS = {"n": Shown("序号", 60), "fault": Shown("问题和改法", 900)}
_TURN, _JUDGED = "map_turn", "map_judged"
_SYSTEMS = {
    "cgcs2000": "CGCS2000（国家大地坐标，自然资源部门多用）",
    "wgs84": "WGS-84（GPS、天地图）",
    "gcj02": "GCJ-02（高德、腾讯等地图，上传后换算）",
}
_HELP = (
    "每个镇（街）一个要素：面（边界）或点（驻地）；属性里写 9 位区划代码（名称用 "
    f"{'、'.join(CODE_NAMES)} 之一）。文件 UTF-8 编码，不超过 20 MB、6 万个点；只取代码和坐标，"
    "其他内容一律不读。逐个检查，有一处问题就不启用。"
)


def upload_turn() -> int:
    """How many maps were put in force here: each begins with empty fields."""
    return int(st.session_state.setdefault(_TURN, 0))


def map_upload(who: Viewer, towns: list[Township]) -> None:
    """Draw the upload as far as it has come."""
    st.caption(_HELP)
    turn = upload_turn()
    upload = st.file_uploader("选择 GeoJSON 文件", key=f"map_file_{turn}", type=None)
    with st.form(f"map_said_{turn}", border=False):
        system, number = st.columns(2)
        crs = system.selectbox(
            "坐标系（必选，请向提供文件的单位问明）", list(CRS), index=None,
            format_func=_SYSTEMS.__getitem__, placeholder="请选择",
        )  # fmt: skip
        review = number.text_input(
            "审图号（没有就留空，只能内部使用）", max_chars=30, placeholder="例如 GS(2024)0650号"
        )
        source = st.text_input(
            "来源（必填）", max_chars=60, placeholder="例如 市自然资源局 2025年 镇级行政区划"
        )
        checked = st.form_submit_button("检查文件", type="primary")
    key = upload.file_id if upload is not None else ""
    if checked:
        file = None
        if upload is not None and crs is not None and source.strip():
            file = MapFile(upload.name, upload.getvalue(), crs, source, review)
        _check(key, file, who)
    result = st.container()
    st.caption(
        f"手头没有文件：可以先按区划登记的 {len(towns)} 个镇（街）排出蜂窝图，只按县（区）归类，"
        "不表示方位。"
    )
    if st.button("按区划登记排出蜂窝图"):
        with refusals_told(), st.spinner("正在排布……"):
            st.session_state[_JUDGED] = (key, map_acts.arrange_map(viewer=who))
    held: tuple[str, JudgedMap] | None = st.session_state.get(_JUDGED)
    # Another file has taken the place of the one that was checked.
    if held is not None and held[0] == key:
        with result:
            _told(held[1])


def _check(key: str, file: MapFile | None, who: Viewer) -> None:
    st.session_state.pop(_JUDGED, None)
    if file is None:
        st.error("请选择文件、坐标系，并写明来源。")
        return
    with refusals_told(), st.spinner("正在检查……"):
        st.session_state[_JUDGED] = (key, map_acts.judge_map(file, viewer=who))


def _told(judged: JudgedMap) -> None:
    faults = judged.verdict.faults
    if faults or judged.wanted is None:
        headline(f"{len(faults)} 处问题，没有启用", "请改正后重新上传检查。", key="map_faults")
        rows = list(enumerate(faults, 1))
        office_table(rows, _FAULTS, key="map_faults", alt="地图文件的问题", choose=False)
        return
    wanted, named = judged.wanted, judged.verdict.named_system
    if wanted.coordinate_system is None:
        said = "按区划登记排布，没有用任何坐标。"
    else:
        own = f"文件写明是 {CRS[named]}，一致" if named else "文件没有写明"
        said = f"坐标系：{CRS[wanted.coordinate_system]}（{own}）；{wanted.points:,} 个点；"
        said += f"审图号：{wanted.review_number or '无'}。"
    headline(f"{len(wanted.codes)} 个镇（街）齐全，没有发现问题", said, key="map_checked")
    draw_preview(shelf_of(wanted.content, {}), key="upload")
    if st.button("启用这份地图", type="primary"):
        with refusals_told():
            version = map_acts.enable_map(wanted, viewer=viewer_with(Right.MANAGE_REGISTERS))
            st.session_state.pop(_JUDGED, None)
            st.session_state[_TURN] += 1
            done(f"已启用第 {version} 版地图，各页面下次刷新时生效，不必重新启动。")
