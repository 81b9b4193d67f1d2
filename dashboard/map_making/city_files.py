"""All files of a city's pictures, from a checked file or from the register alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dashboard.border_files import CheckedFile
from dashboard.map_making.city_pictures import pictures
from dashboard.map_making.city_towns import BordersRefused, CityTown
from dashboard.map_making.register_layout import frame, layout
from dashboard.parts.honeycomb import honeycomb
from dashboard.parts.map_shelf import (
    ABOUT_FILE,
    BORDERS_FILE,
    TOWNS_FILE,
    UNITS_FILE,
    MapAbout,
    from_folder,
    is_review_number,
    is_source,
)
from dashboard.parts.zones import middle_of

WRONG_SOURCE = "来源写 2 到 60 个字，用文字、数字和括号，不用其他符号。"


def made_files(checked: CheckedFile, towns: Sequence[CityTown], about: MapAbout) -> dict[str, str]:
    """File → its content. Without `towns` the diagrams stay what they are."""
    if not towns and not checked.shapes:
        raise BordersRefused("文件里是驻地的点，没有边界：请用 --towns 给出本市的镇（街）名册。")
    if about.review_number is not None and not is_review_number(about.review_number):
        raise BordersRefused("审图号应写成 GS(2024)0650号 或 粤S(2023)012号 这样。")
    if about.source is not None and not is_source(about.source):
        raise BordersRefused(WRONG_SOURCE)
    made: dict[str, Any] = {}
    features = checked.features()
    if towns and not (features and are_shipped(towns)):
        seats = checked.seats or {f["properties"]["code"]: [*middle_of(f)] for f in features}
        made |= pictures(towns, seats, checked.shapes)
    if features:
        made[BORDERS_FILE] = {"type": "FeatureCollection", "features": features}
    return _words(made) | {ABOUT_FILE: about.words()}


def arranged_files(towns: Sequence[CityTown]) -> dict[str, str]:
    """A honeycomb of the register alone: districts beside each other, no place of any is known."""
    made = pictures(towns, layout(towns), {"": frame()})
    kept = {file: made[file] for file in (TOWNS_FILE, UNITS_FILE)}
    return _words(kept) | {ABOUT_FILE: MapAbout(arranged=True).words()}


def _words(made: dict[str, Any]) -> dict[str, str]:
    return {name: json.dumps(told, separators=(",", ":")) for name, told in made.items()}


def are_shipped(towns: Sequence[CityTown]) -> bool:
    """The shipped honeycomb of these townships was set by hand and stays."""
    shipped = {(tile.code, tile.unit) for tile in honeycomb(from_folder(None)).tiles}
    return shipped == {(town.code, town.unit) for town in towns}
