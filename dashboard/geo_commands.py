"""`duban geo`: a city's own townships, checked and made ready for the map."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from dashboard.border_files import CHINA, box_about, checked_file
from dashboard.map_making.city_files import made_files
from dashboard.map_making.city_towns import BordersRefused, read_towns
from dashboard.parts.honeycomb import honeycomb
from dashboard.parts.map_shelf import (
    ABOUT_FILE,
    BORDERS_FILE,
    TOWNS_FILE,
    UNITS_FILE,
    ZONES_FILE,
    MapAbout,
)
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
            towns={town.code: town.name for town in known},
            within=CHINA if towns else box_about(honeycomb().tiles),
        )
        about = MapAbout(asked.review_number or checked.review_number)
        made = made_files(checked, towns, about)
        _written(made, asked.folder, anew=bool(towns))
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


def _written(made: dict[str, str], folder: Path, *, anew: bool) -> None:
    """What an earlier build of another list of townships left must not stay beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _MADE if anew else ():
        (folder / name).unlink(missing_ok=True)
    for name, words in made.items():
        (folder / name).write_text(words, encoding="utf-8")


def _names(made: Iterable[str]) -> list[str]:
    pictures_made = {TOWNS_FILE: "蜂窝图", ZONES_FILE: "分区示意图", BORDERS_FILE: "边界图"}
    return [name for file, name in pictures_made.items() if file in made]
