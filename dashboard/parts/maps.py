"""The township honeycomb: a frame of counts to a picture, in SVG or in WebGL.

The picture that pages show is drawn by Vega-Lite as SVG (`township_honeycomb`): it needs no
graphics card, prints sharply and is light. map_deck has the same picture for pydeck. Both are
diagrams without boundaries and say so (wording.MAP_NOTE). See decision record 0006.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.parts import map_specs
from dashboard.parts.charts import Chart
from dashboard.parts.honeycomb import honeycomb
from dashboard.parts.map_specs import CLASSES, SELECT_TOWNSHIP
from dashboard.parts.theme import palette
from dashboard.wording import MAP_NOTE, MAP_SOURCE
from supervision.scope import Scope

OVERDUE = "逾期未反馈"

NOTE = MAP_NOTE + MAP_SOURCE
"""Stands under every picture: a diagram without boundaries, and where its points are from."""

_LOWER = (1, 3, 6, 10)
_UNKNOWN: dict[str, Any] = {"n": None, "level": "", "detail": "范围外"}


def build_all() -> None:
    """Build the specifications of the usual measure (the warm start calls it)."""
    for dark in (False, True):
        map_specs.spec(OVERDUE, dark=dark)


def class_of(n: int) -> str:
    """The class of CLASSES that a count falls into."""
    return CLASSES[sum(n >= lower for lower in _LOWER)]


def township_honeycomb(
    counts: pd.DataFrame, *, dark: bool, scope: Scope, measure: str = OVERDUE
) -> Chart:
    """One hexagon per township, coloured and numbered by `n`. Clicking selects `code`.

    `counts`: code (9 digits), n; townships that are not in it count 0, codes that are not a
    township of this city are told in the note as not located. `measure` names n. Of units outside
    `scope` nobody is told a number: none is known, which is not 0.
    """
    units = _units_known(scope)
    rows = tile_rows(counts, units)
    tiles = rows[(rows["kind"] == "tile") & rows["n"].notna()]
    outside = "" if units is None else "；范围外的镇（街）没有数字"
    return Chart(
        spec=map_specs.spec(measure, dark=dark),
        frame=rows,
        headline=_headline(tiles, measure, "全市" if scope.everything else "范围内"),
        note=_note(counts, measure) + outside,
        selection=SELECT_TOWNSHIP,
        picture=True,
    )


def classes_with_colours(dark: bool) -> list[tuple[str, str]]:
    """The key of the map: class and fill."""
    return list(zip(CLASSES, palette(dark).ramp, strict=True))


def _units_known(scope: Scope) -> frozenset[str] | None:
    """The units whose numbers are whole for this scope; None for every unit."""
    if scope.everything or scope.departments or scope.co_departments:
        return None
    return scope.reporting_units


def tile_rows(counts: pd.DataFrame, units: frozenset[str] | None = None) -> pd.DataFrame:
    """One row per township (kind `tile`) and per call-out of a unit (kind `unit`).

    Those outside `units` have no n.
    """
    comb = honeycomb()
    n_of = (
        counts.dropna(subset=["code"]).groupby("code")["n"].sum().to_dict() if len(counts) else {}
    )
    rows: list[dict[str, Any]] = []
    of_unit: dict[str, int] = {}
    for tile in comb.tiles:
        n = int(n_of.get(tile.code, 0))
        of_unit[tile.unit] = of_unit.get(tile.unit, 0) + n
        names = {"name": _inert(tile.name), "unit": _inert(tile.unit), "short": _inert(tile.short)}
        place = {"lon": tile.lon, "lat": tile.lat, "side": ""}
        inside = units is None or tile.unit in units
        known = {"n": n if inside else None, "level": class_of(n), "detail": ""}
        rows.append({"kind": "tile", "code": tile.code, **names, **place, **known})
    for call_out in comb.call_outs:
        n = of_unit[call_out.unit]
        unit = _inert(call_out.unit)
        names = {"name": unit, "unit": unit, "short": ""}
        place = {"lon": call_out.lon, "lat": call_out.lat, "side": call_out.side}
        inside = units is None or call_out.unit in units
        told: dict[str, Any] = {"n": n, "level": "", "detail": f"{n} 件"}
        known = told if inside else _UNKNOWN
        rows.append({"kind": "unit", "code": "", **names, **place, **known})
    return pd.DataFrame(rows).astype({"n": "Int64" if units is not None else "int64"})


def _inert(text: str) -> str:
    # pydeck reads a text that starts with @@ as an expression: the whole map would fail.
    return text.lstrip("@") if text.startswith("@@") else text


def _headline(tiles: pd.DataFrame, measure: str, where: str) -> str:
    some = tiles[tiles["n"] > 0]
    if some.empty:
        return f"各镇（街）没有{measure}事项"
    worst = some.sort_values(["n", "code"], ascending=[False, True]).iloc[0]
    return (
        f"{worst['unit']}{worst['name']}{measure} {worst['n']} 件，{where}最多；"
        f"{len(tiles)} 个镇（街）中 {len(some)} 个有{measure}"
    )


def _note(counts: pd.DataFrame, measure: str) -> str:
    known = {tile.code for tile in honeycomb().tiles}
    lost = int(counts.loc[~counts["code"].isin(known), "n"].sum()) if len(counts) else 0
    unplaced = f"；另有 {lost} 件未定位到镇（街）" if lost else ""
    return f"{measure}（件），一格为一个镇（街），点击看清单{unplaced}"
