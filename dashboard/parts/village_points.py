"""Inside a township: one mark per item, in rows by village, its light by shape and colour.

No item has coordinates, so a mark shows no spot: only how many there are and in which village.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

import altair as alt
import pandas as pd

from dashboard.parts.chart_specs import Spec, finished
from dashboard.parts.charts import Chart
from dashboard.parts.theme import LAMPS, lamp_word, palette
from supervision.vocabulary import Light

SELECT_ITEM = "point"
ONE_LINE = 24
"""Marks in one line; a village with more goes on below."""
NAMES = 11
"""Room for the names of villages, in widths of a mark."""
LONGEST_NAME, LONGEST_TITLE = 8, 30
NOT_TOLD = "未写明"

_RINGS = "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0ZM-0.4,0A0.4,0.4,0,1,1,0.4,0A0.4,0.4,0,1,1,-0.4,0Z"
# The shapes of the signs in parts.theme, as Vega draws them, and whether they are filled.
_SHAPES: dict[Light, tuple[str, bool]] = {
    Light.RED: ("triangle-up", True),
    Light.YELLOW: ("diamond", True),
    Light.GREEN: ("circle", True),
    Light.NO_DEADLINE: ("circle", False),
    Light.UNASSIGNED: ("square", False),
    Light.AWAITING_CLOSURE: ("diamond", False),
    Light.REASSIGN_PENDING: (_RINGS, False),
    Light.HANGING: ("square", True),
}

_built: dict[bool, Spec] = {}
_building = Lock()


def village_points(rows: pd.DataFrame, *, dark: bool, town: str) -> Chart:
    """`rows`: item_id, village ("": not told), light, days_overdue, number, title.

    Villages with most overdue first, what names none last. Clicking selects `item_id`.
    """
    laid: list[dict[str, Any]] = []
    line = 0
    order = in_order(rows)
    for village in order:
        own = rows[rows["village"] == village]
        name = village[:LONGEST_NAME] or NOT_TOLD
        called = {"label": f"{name} {len(own)}", "light": ""}
        laid.append({"kind": "name", "line": line, "at": 0.0, **called})
        for place, row in enumerate(own.to_dict("records")):
            down, along = divmod(place, ONE_LINE)
            laid.append(_mark(row, line + down, along))
        line += (len(own) - 1) // ONE_LINE + 1
    return Chart(
        spec=_spec(dark),
        frame=pd.DataFrame(laid),
        headline=_headline(rows, town),
        note="一个图形是一件在办事项，按村（社区）排列，不表示具体地点；点一个看详情",
        selection=SELECT_ITEM,
    )


def in_order(rows: pd.DataFrame) -> list[str]:
    """The villages as they stand: most overdue, then most, first; what names none last."""
    red = rows["light"] == Light.RED.value
    counted = rows.assign(red=red).groupby("village").agg(n=("red", "size"), red=("red", "sum"))
    return sorted(
        counted.index,
        key=lambda name: (not name, -counted.loc[name, "red"], -counted.loc[name, "n"], name),
    )


def _mark(row: dict[Any, Any], line: int, along: int) -> dict[str, Any]:
    late = "" if pd.isna(row["days_overdue"]) else f"　逾期 {row['days_overdue']} 个工作日"
    title = str(row["title"] or "")
    cut = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
    return {
        "kind": "item", "line": line, "at": along + 0.5, "item_id": row["item_id"],
        "light": str(row["light"]), "told": lamp_word(str(row["light"])) + late,
        "title": cut, "number": str(row["number"] or ""),
    }  # fmt: skip


def _headline(rows: pd.DataFrame, town: str) -> str:
    if rows.empty:
        return f"{town}没有在办事项"
    red = int((rows["light"] == Light.RED.value).sum())
    told = rows[rows["village"] != ""]
    villages = told["village"].nunique()
    late = f"，其中逾期 {red} 件" if red else "，没有逾期"
    where = f"；写明村（社区）的 {len(told)} 件，分在 {villages} 个村（社区）" if villages else ""
    return f"{town}在办 {len(rows)} 件{late}{where}"


def _spec(dark: bool) -> Spec:
    if dark not in _built:
        with _building:
            _built[dark] = _made(dark)
    return _built[dark]


def _made(dark: bool) -> Spec:
    colours = palette(dark)
    lights = [light.value for light in _SHAPES]
    inks = [LAMPS[light].colour(dark) for light in _SHAPES]
    fills = [
        LAMPS[light].colour(dark) if filled else colours.card
        for light, (_, filled) in _SHAPES.items()
    ]
    chosen = alt.selection_point(name=SELECT_ITEM, fields=["item_id"])
    x = alt.X("at:Q").scale(domain=[-NAMES, ONE_LINE], nice=False).axis(None)
    y = alt.Y("line:O").axis(None)
    marks = (
        alt.Chart()
        .transform_filter("datum.kind === 'item'")
        .mark_point(
            size=alt.ExprRef(f"pow(clamp(width / {NAMES + ONE_LINE} * 0.7, 7, 17), 2)"),
            strokeWidth=1.8, opacity=1, cursor="pointer",
        )
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("light:N")
            .scale(domain=lights, range=[shape for shape, _ in _SHAPES.values()])
            .legend(None),
            stroke=alt.Stroke("light:N").scale(domain=lights, range=inks).legend(None),
            fill=alt.Fill("light:N").scale(domain=lights, range=fills).legend(None),
            tooltip=[
                alt.Tooltip("title:N", title="事项"),
                alt.Tooltip("number:N", title="编号"),
                alt.Tooltip("told:N", title="亮灯"),
            ],
        )
        .add_params(chosen)
    )  # fmt: skip
    names = (
        alt.Chart()
        .transform_filter("datum.kind === 'name'")
        .mark_text(align="right", dx=-6, fontSize=13, color=colours.ink)
        .encode(x=x, y=y, text="label:N")
    )
    layers = alt.layer(marks, names).resolve_scale(fill="independent", stroke="independent")
    return finished(layers.properties(height=alt.Step(26)), dark)
