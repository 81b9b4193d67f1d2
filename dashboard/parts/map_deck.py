"""The township honeycomb for pydeck, for browsers with WebGL; same frame, same colours.

A machine without WebGL shows an empty card and says nothing, so only the picture on the
city's own tiles is drawn by it (townships/base_map_panel.py).
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any

import pandas as pd
import pydeck as pdk

from dashboard.parts.base_map import TileServer
from dashboard.parts.honeycomb import TilePicture
from dashboard.parts.map_scales import LEVELS, OVERDUE, Scale
from dashboard.parts.map_specs import HEIGHT
from dashboard.parts.maps import Asked, tile_rows
from dashboard.parts.theme import FONT, Palette, ink_on, palette

_OVER_TILES = 205
"""Of 255: roads and rivers are seen through, and the classes are still told apart."""


NARROW = 480
"""Pixels: a phone."""


def township_deck(
    counts: pd.DataFrame, *, dark: bool, asked: Asked, scale: Scale = OVERDUE,
    width: int = 900, height: int = HEIGHT, tiles_of: TileServer | None = None,
) -> pdk.Deck:  # fmt: skip
    """The same picture for `st.pydeck_chart` (a browser with WebGL); layer `town` picks.

    With `tiles_of` it lies over the city's own tiles, which shine through. Narrower than
    NARROW its words are small and the units stand without their names.

    The zoom is computed for `width` × `height` pixels: deck.gl does not fit by itself.
    """
    rows, comb = tile_rows(counts, asked, scale), asked.picture
    tiles, units = rows[rows["kind"] == "tile"], rows[rows["kind"] == "unit"]
    colours = palette(dark)
    fills = dict(zip(LEVELS, colours.ramp, strict=True))
    seen_through = [_OVER_TILES] if tiles_of else []
    described = {
        row["code"]: _deck_properties(row, fills, seen_through) for row in tiles.to_dict("records")
    }
    features = [
        {**feature, "properties": described[feature["code"]]} for feature in comb.tile_features
    ]
    deck = pdk.Deck(
        layers=[
            pdk.Layer(
                "GeoJsonLayer", _collection(features), id="town", pickable=True,
                stroked=True, get_fill_color="properties.fill", auto_highlight=True,
                get_line_color=_rgb(colours.card), line_width_min_pixels=1.2,
            ),
            pdk.Layer(
                "GeoJsonLayer", _collection(list(comb.outline_features)), id="unit",
                filled=False, stroked=True, get_line_color=_rgb(colours.brand),
                line_width_min_pixels=2.4,
            ),
            *_deck_texts(tiles, fills, units, colours, 0.6 if width < NARROW else 1.0),
        ],
        initial_view_state=_view_state(comb, width, height),
        views=[pdk.View(type="MapView", controller={"scrollZoom": False, "dragRotate": False})],
        # No map_style argument at all: with one, even None, the page asks an outside server.
        map_provider=None,
        tooltip={"text": "{unit} {name}\n{told}"},
    )  # fmt: skip
    if tiles_of is not None:
        # Streamlit draws no ground without a provider; with a style of our own it is only a name.
        deck.map_provider, deck.map_style = "carto", tiles_of.style()
    return deck


def _deck_properties(
    row: dict[Hashable, Any], fills: dict[str, str], seen_through: list[int]
) -> dict[str, Any]:
    kept = {name: row[name] for name in ("code", "name", "unit", "told")}
    return {**kept, "fill": [*_rgb(fills[row["level"]]), *seen_through]}


def _deck_texts(
    tiles: pd.DataFrame, fills: dict[str, str], units: pd.DataFrame, colours: Palette,
    scale: float,
) -> list[pdk.Layer]:  # fmt: skip
    labels = [
        {
            "at": [row["lon"], row["lat"]], "name": row["short"], "n": row["label"],
            "ink": _rgb(ink_on(fills[row["level"]]) if row["label"] else colours.soft_ink),
        }
        for row in tiles.to_dict("records")
    ]  # fmt: skip
    zero = [text for text in labels if not text["n"]]
    some = [text for text in labels if text["n"]]
    sides = [
        _text_layer(
            f"unit_{side}",
            [
                {"at": [row["lon"], row["lat"]], "name": f"{row['name']} {row['detail']}"}
                for row in units[units["side"] == side].to_dict("records")
            ],
            "name", 14, _rgb(colours.brand), anchor=anchor, offset=[dx, 0],
        )
        for side, anchor, dx in (("left", "end", -8), ("right", "start", 8))
    ]  # fmt: skip
    size, large, up, down = (round(pixels * scale) for pixels in (13, 17, -9, 10))
    return [
        _text_layer("zero", zero, "name", size, "ink"),
        _text_layer("name", some, "name", size, "ink", offset=[0, up]),
        _text_layer("count", some, "n", large, "ink", offset=[0, down], weight=700),
        *(sides if scale == 1.0 else []),
    ]


def _text_layer(
    name: str, rows: list[dict[str, Any]], field: str, size: int, colour: object, *,
    anchor: str = "middle", offset: list[int] | None = None, weight: int = 500,
) -> pdk.Layer:  # fmt: skip
    # A bare string would be read as an expression over the data; String keeps it a word.
    word = pdk.types.String
    return pdk.Layer(
        "TextLayer", rows, id=name, get_position="at", get_text=field, get_size=size,
        get_color=colour, get_pixel_offset=offset or [0, 0], font_family=word(FONT),
        font_weight=weight, character_set=word("auto"), get_text_anchor=word(anchor),
        get_alignment_baseline=word("center"), pickable=False,
    )  # fmt: skip


def _view_state(comb: TilePicture, width: int, height: int) -> pdk.ViewState:
    extent = comb.extent
    # At zoom z the world (2π radians) is 512·2^z pixels wide.
    beside = 190 if comb.call_outs and width >= NARROW else 20
    pixels = min((width - beside) / extent.width, (height - 20) / extent.height)
    return pdk.ViewState(
        longitude=extent.lon, latitude=extent.lat, zoom=math.log2(pixels * 2 * math.pi / 512)
    )


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
