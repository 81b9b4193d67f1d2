"""`duban geo`: a city's own townships, checked and made ready for the map."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dashboard.border_files import CHINA, CheckedFile, box_about, checked_file
from dashboard.map_making.city_pictures import pictures
from dashboard.map_making.city_towns import BordersRefused, CityTown, read_towns
from dashboard.parts.honeycomb import TOWNS_FILE, UNITS_FILE, ZONES_FILE, honeycomb
from dashboard.parts.map_words import ABOUT_FILE, MapAbout, about_words, is_review_number
from dashboard.parts.zones import BORDERS_FILE, middle_of
from dashboard.terminal import ACCEPTED, REJECTED, complain, say

_MADE = (TOWNS_FILE, UNITS_FILE, ZONES_FILE, BORDERS_FILE, ABOUT_FILE)


def geo_build(asked: argparse.Namespace) -> int:
    """Check the files and write what the map reads; nothing is written when one is refused."""
    try:
        towns = read_towns(asked.towns.read_bytes()) if asked.towns else ()
        known = towns or honeycomb().tiles
        checked = checked_file(
            asked.file.read_bytes(),
            crs=asked.crs,
            codes={town.code for town in known},
            within=CHINA if towns else box_about(honeycomb().tiles),
        )
        made = _made(checked, towns, asked.review_number or checked.review_number)
        _written(made, asked.folder)
    except BordersRefused as refusal:
        complain(str(refusal))
        return REJECTED
    except OSError:
        complain("文件读不出，或目录写不进去。")
        return REJECTED
    say(f"{len(checked.shapes) or len(checked.seats)} 个镇（街）已检查，写入 {asked.folder}："
        f"{'、'.join(_names(made))}。")  # fmt: skip
    say("把 DUBAN_MAP_FOLDER 设为这个目录，重新启动看板。")
    return ACCEPTED


def _made(
    checked: CheckedFile, towns: tuple[CityTown, ...], review_number: str | None
) -> dict[str, str]:
    """File → its content."""
    if not towns and not checked.shapes:
        raise BordersRefused("文件里是驻地的点，没有边界：请用 --towns 给出本市的镇（街）名册。")
    if review_number is not None and not is_review_number(review_number):
        raise BordersRefused("审图号应写成 GS(2024)0650号 或 粤S(2023)012号 这样。")
    made: dict[str, Any] = {}
    features = checked.features()
    if towns:
        seats = checked.seats or {f["properties"]["code"]: [*middle_of(f)] for f in features}
        made |= pictures(towns, seats, checked.shapes)
    if features:
        made[BORDERS_FILE] = {"type": "FeatureCollection", "features": features}
    words = {name: json.dumps(told, separators=(",", ":")) for name, told in made.items()}
    return words | {ABOUT_FILE: about_words(MapAbout(review_number))}


def _written(made: dict[str, str], folder: Path) -> None:
    """What an earlier build of another list of townships left must not stay beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _MADE if TOWNS_FILE in made else ():
        (folder / name).unlink(missing_ok=True)
    for name, words in made.items():
        (folder / name).write_text(words, encoding="utf-8")


def _names(made: Iterable[str]) -> list[str]:
    pictures_made = {TOWNS_FILE: "蜂窝图", ZONES_FILE: "分区示意图", BORDERS_FILE: "边界图"}
    return [name for file, name in pictures_made.items() if file in made]
