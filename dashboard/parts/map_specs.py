"""The Vega-Lite specification of the township honeycomb: geometry inside, counts from outside."""

from __future__ import annotations

from threading import Lock

import altair as alt

from dashboard.parts.chart_specs import Spec, finished
from dashboard.parts.honeycomb import TilePicture
from dashboard.parts.map_scales import LEVELS
from dashboard.parts.theme import Palette, ink_on, palette

SELECT_TOWNSHIP = "township"
LEAST_ROOM = 22
"""Pixels across: in a smaller tile stand no words."""
_LONGEST_WORDS = 1.2
"""Widths of its tile that a name may take: four letters of the usual size."""
MANY = 30
"""From so many tiles on, words of one size read better than words as large as their tile."""
HEIGHT = 620
"""Pixels of the picture on a desktop; on a phone its width decides."""

_built: dict[tuple[str, bool, str], Spec] = {}
_building = Lock()
_MOST_KEPT = 400
"""More than one city's pictures and measures make; an earlier map's go with them."""


def spec(measure: str, *, dark: bool, picture: TilePicture, named: str) -> Spec:
    """The specification for one measure's name and one picture, which `named` tells from others.

    Shared by all sessions, so never change it.
    """
    key = (measure, dark, named)
    if key not in _built:
        with _building:
            if len(_built) >= _MOST_KEPT:
                _built.clear()
            _built[key] = _picture_spec(measure, dark, picture)
    return _built[key]


def _picture_spec(measure: str, dark: bool, comb: TilePicture) -> Spec:
    colours, extent = palette(dark), comb.extent
    # Below 560 pixels there is no room for the call-outs, so the tiles take all of it.
    beside = 190 if comb.call_outs else 4
    scale = (
        f"min((width - (width < 560 ? 4 : {beside})) / {extent.width:.6f},"
        f" (height - 6) / {extent.height:.6f})"
    )
    tile = f"({scale} * datum.room)"
    chosen = alt.selection_point(name=SELECT_TOWNSHIP, fields=["code"])
    shapes = alt.LookupData(
        data=alt.InlineData(values=list(comb.tile_features)),
        key="code",
        fields=["type", "geometry"],
    )
    fills = alt.Color("level:N").legend(None).scale(domain=list(LEVELS), range=list(colours.ramp))
    hexagons = (
        alt.Chart()
        .transform_filter("datum.kind === 'tile'")
        .transform_lookup(lookup="code", from_=shapes)
        .mark_geoshape(stroke=colours.card, strokeWidth=1.2, cursor="pointer")
        .encode(
            color=fills,
            opacity=alt.when(chosen).then(alt.value(1)).otherwise(alt.value(0.55)),
            tooltip=[
                alt.Tooltip("name:N", title="镇（街）"),
                alt.Tooltip("unit:N", title="县（区）"),
                alt.Tooltip("told:N", title=measure),
            ],
        )
        .add_params(chosen)
    )
    outlines = alt.Chart(alt.NamedData("outlines")).mark_geoshape(
        filled=False, stroke=colours.brand, strokeWidth=2.2, strokeJoin="round"
    )
    layers = [
        hexagons,
        outlines,
        *_tile_texts(colours, tile, len(comb.tiles) > MANY),
        *_call_out_texts(colours, f"(width - {scale} * {extent.width:.6f}) / 2 - 12"),
    ]
    built = finished(
        alt.layer(*layers).resolve_scale(color="independent").properties(height=HEIGHT), dark
    )
    # Put in after Altair, which would move them to the top, where Streamlit takes them for rows.
    built["layer"][0]["transform"][1]["from"]["data"] = {"values": list(comb.tile_features)}
    built["layer"][1]["data"] = {"values": list(comb.outline_features)}
    built["projection"] = {
        "type": "mercator",
        "center": [extent.lon, extent.lat],
        "scale": {"expr": scale},
        "translate": {"expr": "[width / 2, height / 2]"},
    }
    return built


def _tile_texts(colours: Palette, tile: str, many: bool) -> list[alt.Chart]:
    inks = [colours.soft_ink, *(ink_on(fill) for fill in colours.ramp[1:])]
    ink = alt.Color("level:N").legend(None).scale(domain=list(LEVELS), range=inks)
    most, largest = (17, 22) if many else (26, 38)
    small = f"clamp({tile} * 0.29, 8, {most})"
    large = f"clamp({tile} * 0.34, 9, {largest})"

    # What is longer would lie over its neighbours; a pointer tells the name whole.
    longest = f"{tile} * {_LONGEST_WORDS}"

    def words(which: str, field: str, size: str, dy: str, weight: str = "normal") -> alt.Chart:
        return (
            alt.Chart()
            .transform_filter(f"datum.kind === 'tile' && {which}")
            .mark_text(
                fontSize=alt.ExprRef(size),
                dy=alt.ExprRef(dy),
                fontWeight=weight,
                limit=alt.ExprRef(longest),
                opacity=alt.ExprRef(f"{tile} < {LEAST_ROOM} ? 0 : 1"),
            )
            .encode(longitude="lon:Q", latitude="lat:Q", text=field, color=ink)
        )

    return [
        words("datum.label === ''", "short:N", small, "0"),
        words("datum.label !== ''", "short:N", small, f"-{tile} * 0.17"),
        words("datum.label !== ''", "label:N", large, f"{tile} * 0.19", "bold"),
    ]


def _call_out_texts(colours: Palette, room: str) -> list[alt.Chart]:
    """`room`: the edge of the picture; a longer name is cut at its end, not at its head."""
    out = []
    for side, align, dx in (("left", "right", -8), ("right", "left", 8)):
        for field, size, dy, colour in (
            ("name:N", 16, -9, colours.brand),
            ("detail:N", 12, 10, colours.soft_ink),
        ):
            out.append(
                alt.Chart()
                .transform_filter(f"datum.kind === 'unit' && datum.side === '{side}'")
                .mark_text(
                    align=align, dx=dx, dy=dy, fontSize=size, color=colour,
                    fontWeight="bold" if dy < 0 else "normal",
                    limit=alt.ExprRef(f"max({room}, 40)"),
                    opacity=alt.ExprRef("width < 560 ? 0 : 1"),
                )
                .encode(longitude="lon:Q", latitude="lat:Q", text=field)
            )  # fmt: skip
    return out
