"""What stands under each picture of the townships: what it is not, where it is from, 审图号."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.parts.honeycomb import GEO, city_folder
from dashboard.parts.zones import BORDERS, ON_TILES, has_borders
from dashboard.settings import settings
from dashboard.wording import MAP_NO_REVIEW, MAP_NOTE, MAP_OWN_SOURCE, MAP_REVIEWED, MAP_SOURCE

ABOUT_FILE = "map_about.json"
"""Beside the boundaries: the 审图号 of the map that they are from, where it has one."""
_REVIEW_NUMBER = re.compile(r"[A-Z\u4e00-\u9fff]{1,6}[(（]\d{4}[)）]\d{1,6}号")
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class MapAbout:
    """What is known of the city's own boundaries."""

    review_number: str | None = None


def is_review_number(text: str) -> bool:
    """Whether this is written like a 审图号: GS(2024)0650号, 粤S（2023）012号."""
    return len(text) <= _LONGEST and _REVIEW_NUMBER.fullmatch(text) is not None


def about_words(about: MapAbout) -> str:
    """The content of ABOUT_FILE."""
    return json.dumps({"review_number": about.review_number}, ensure_ascii=False)


def note_under(kind: str) -> str:
    """The words under a picture, one of zones.kinds(): on the page and on paper."""
    if kind not in {BORDERS, ON_TILES} or not has_borders():
        return MAP_NOTE + (MAP_SOURCE if city_folder() == GEO else MAP_OWN_SOURCE)
    number = _about(settings().map_folder).review_number
    return MAP_REVIEWED.format(number) if number else MAP_NO_REVIEW


@cache
def _about(folder: Path | None) -> MapAbout:
    file = folder / ABOUT_FILE if folder is not None else None
    if file is None or not file.is_file():
        return MapAbout()
    number = json.loads(file.read_text("utf-8")).get("review_number")
    # The file may have been written by hand.
    return MapAbout(number if isinstance(number, str) and is_review_number(number) else None)
