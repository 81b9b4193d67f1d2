"""The tab 地图: what is in force, the upload of boundaries and of residents, earlier versions."""

from __future__ import annotations

import streamlit as st

from dashboard import map_acts, map_reads
from dashboard.administration.done import done
from dashboard.administration.map_preview import draw_preview
from dashboard.administration.map_upload import map_upload, upload_turn
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.refusals import refusals_told
from dashboard.administration.residents_upload import residents_upload
from dashboard.map_making.gcj02 import CRS
from dashboard.map_reads import MapVersion, Township
from dashboard.parts.honeycomb import honeycomb
from dashboard.parts.map_shelf import shelf
from dashboard.parts.panels import headline
from dashboard.parts.safe import label
from dashboard.settings import settings
from supervision.audit_words import ACTORS_WITHOUT_ACCOUNT
from supervision.city_maps import MapKind
from supervision.scope import Viewer

_VERSIONS = {
    "id": Shown("版本", 56), "kind": Shown("种类", 76), "state": Shown("状态", 76),
    "at": Shown("上传时间", 136), "file": Shown("文件", 240), "source": Shown("来源", 220),
    "system": Shown("坐标系", 100), "number": Shown("审图号", 150), "towns": Shown("镇（街）", 80),
    "by": Shown("启用人", 110),
}  # fmt: skip
"""What tells a version from another stands first: a phone shows no more than four."""
_NAMED = 5


def map_tab(who: Viewer) -> None:
    """From what is in force to what may be: files, checks, previews, versions."""
    versions = map_reads.map_versions(who)
    towns = map_reads.map_townships(who)
    _state(versions, towns)
    # Another key for each map that is put in force: what it was uploaded with closes again.
    with st.expander(
        "上传边界或驻地（GeoJSON）", expanded=not versions, key=f"map_upload_{upload_turn()}"
    ):
        map_upload(who, towns)
    with st.expander("上传各镇（街）常住人口"):
        residents_upload(who)
    if versions:
        _versions(versions, who)


def _state(versions: list[MapVersion], towns: list[Township]) -> None:
    now = {one.kind: one for one in versions if one.in_force}
    lost = _not_drawn(towns)
    if MapKind.MAP in now:
        one = now[MapKind.MAP]
        told = f"镇街地图用的是第 {one.id} 版（{one.source or one.file_name}）"
    elif settings().map_folder is not None:
        told = "镇街地图用的是服务器目录里的文件（DUBAN_MAP_FOLDER）"
    elif lost and len(lost) == len(towns):
        told = "还没有本市的地图：镇街地图上看不到数字"
    else:
        told = "镇街地图用的是随程序提供的示意图"
    people = (
        f"常住人口用的是第 {now[MapKind.RESIDENTS].id} 版。"
        if MapKind.RESIDENTS in now
        else "没有启用人口，不显示每万人指标。"
    )
    if lost and len(lost) < len(towns):
        named = "、".join(f"{town.unit}{town.name}" for town in lost[:_NAMED])
        people = f"图上没有这些镇（街）：{named}，共 {len(lost)} 个，请重新上传。{people}"
    headline(told, people, key="map_state")


def _not_drawn(towns: list[Township]) -> list[Township]:
    drawn = {tile.code for tile in honeycomb(shelf()).tiles}
    return [town for town in towns if town.code not in drawn]


def _versions(versions: list[MapVersion], who: Viewer) -> None:
    headline(
        "各版本", "都保留在库里。点一行可以预览、启用旧版本（退回）或停用。", key="map_versions"
    )
    rows = [
        (one.id, one.kind.label, "启用中" if one.in_force else "",
         f"{one.stored_at:%Y-%m-%d %H:%M}", one.file_name,
         one.source or "", CRS.get(one.coordinate_system or "", ""), one.review_number or "",
         one.townships if one.kind is MapKind.MAP else one.points,
         ACTORS_WITHOUT_ACCOUNT.get(one.stored_by, one.stored_by))
        for one in versions
    ]  # fmt: skip
    opened = st.container()
    place = office_table(rows, _VERSIONS, key="map_versions", alt="地图与人口的版本")
    if place is None:
        return
    one = versions[place]
    with opened, refusals_told():
        _offered(one, who)
        if one.kind is MapKind.MAP:
            draw_preview(map_reads.version_shelf(who, one), key=f"version_{one.id}")


def _offered(one: MapVersion, who: Viewer) -> None:
    named = f"{one.kind.label}第 {one.id} 版"
    if not one.in_force and st.button(label(f"启用{named}"), type="primary"):
        map_acts.restore_map(one.id, viewer=who)
        done(f"已启用{named}，各页面下次刷新时生效。")
    if one.in_force and st.button(label(f"停用{named}")):
        map_acts.disable_map(one.id, viewer=who)
        done(f"已停用{named}。这一版仍保留，可以再启用。")
