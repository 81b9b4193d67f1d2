"""Where the pictures of the townships are from: the store, the city's folder, or what is shipped.

What the administrator has put in force in the store wins; else the folder that DUBAN_MAP_FOLDER
names; else the shipped diagrams. See decision record 0022.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dashboard.settings import settings

GEO = Path(__file__).parent / "geo" / "4416"
TOWNS_FILE, UNITS_FILE = "honeycomb_towns.geojson", "honeycomb_units.geojson"
ZONES_FILE, BORDERS_FILE = "zones_towns.geojson", "township_borders.geojson"
ABOUT_FILE = "map_about.json"
"""Beside the pictures: where they are from, and the 审图号 of the map that they are from."""
RESIDENTS_FILE = "residents.csv"
_DIAGRAMS = (TOWNS_FILE, UNITS_FILE, ZONES_FILE)
_REVIEW_NUMBER = re.compile(r"[A-Z\u4e00-\u9fff]{1,6}[(（]\d{4}[)）]\d{1,6}号")
_SOURCE = re.compile(r"[\w·（）()〔〕、，\- ]{2,60}")
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class MapAbout:
    """What is known of the city's own pictures."""

    review_number: str | None = None
    source: str | None = None
    arranged: bool = False
    """The honeycomb follows the register alone: where places lie is not known."""

    def words(self) -> str:
        """The content of ABOUT_FILE."""
        told = {
            "review_number": self.review_number, "source": self.source, "arranged": self.arranged,
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False)


def is_review_number(text: str) -> bool:
    """Whether this is written like a 审图号: GS(2024)0650号, 粤S（2023）012号."""
    return len(text) <= _LONGEST and _REVIEW_NUMBER.fullmatch(text) is not None


def is_source(text: str) -> bool:
    """Whether this can stand under a picture as where it is from: words, no signs."""
    return _SOURCE.fullmatch(text) is not None


class MapShelf:
    """The files of one city's pictures. Pictures are remembered by the shelf they are from.

    Shelves of the same files are the same.
    """

    def __init__(
        self, files: Mapping[str, str], residents: Mapping[str, int], *, shipped: bool = False
    ) -> None:
        """`files`: file → its content, the honeycomb always there; `residents`: by township,
        where the city has given them; `shipped`: the diagrams are those of the program."""
        self.files, self.residents, self.shipped = files, residents, shipped
        told = json.dumps([dict(files), dict(residents)], sort_keys=True).encode()
        self.name = hashlib.sha256(told).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MapShelf) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def features(self, file: str) -> list[dict[str, Any]]:
        """The features of one of the files."""
        found: list[dict[str, Any]] = json.loads(self.files[file])["features"]
        return found

    def about(self) -> MapAbout:
        """What is known of the pictures; what was written by hand is not believed."""
        told = json.loads(self.files.get(ABOUT_FILE, "{}"))
        number, source = told.get("review_number"), told.get("source")
        return MapAbout(
            number if isinstance(number, str) and is_review_number(number) else None,
            source if isinstance(source, str) and is_source(source) else None,
            told.get("arranged") is True,
        )


class _InForce:
    """The shelf that the store tells to use, for the whole process."""

    def __init__(self) -> None:
        self.shelf: MapShelf | None = None
        self.versions: str | None = None


_in_force = _InForce()


def shelf() -> MapShelf:
    """What pictures are drawn from now."""
    told = _in_force.shelf
    return told if told is not None else from_folder(settings().map_folder)


def versions_in_force() -> str | None:
    """The store's versions that are on the shelf; None: it has none in force."""
    return _in_force.versions


def put_in_force(
    versions: str | None, files: Mapping[str, str] | None, residents: Mapping[str, int] | None
) -> None:
    """What the store has in force; None for what it has not: that is the folder's, or shipped."""
    if versions is None:
        _in_force.shelf = None
    else:
        outside = from_folder(settings().map_folder)
        _in_force.shelf = shelf_of(files, outside.residents if residents is None else residents)
    _in_force.versions = versions


def shelf_of(files: Mapping[str, str] | None, residents: Mapping[str, int]) -> MapShelf:
    """A shelf of these files; without a honeycomb of their own the shipped diagrams beside them."""
    outside = from_folder(settings().map_folder)
    if files is None:
        return MapShelf(outside.files, residents, shipped=outside.shipped)
    if TOWNS_FILE in files:
        return MapShelf(files, residents)
    return MapShelf({**_shipped(), **files}, residents, shipped=True)


@lru_cache(maxsize=4)
def from_folder(folder: Path | None) -> MapShelf:
    """What `duban geo build` wrote there, and residents.csv (code, residents) beside it."""
    if folder is None:
        return MapShelf(_shipped(), {}, shipped=True)
    own = (folder / TOWNS_FILE).is_file()
    wanted = (*_DIAGRAMS, BORDERS_FILE, ABOUT_FILE) if own else (BORDERS_FILE, ABOUT_FILE)
    files = {file: (folder / file).read_text("utf-8") for file in wanted
             if (folder / file).is_file()}  # fmt: skip
    counted = folder / RESIDENTS_FILE
    residents = _residents(counted.read_text("utf-8-sig")) if counted.is_file() else {}
    return MapShelf(files if own else {**_shipped(), **files}, residents, shipped=not own)


@cache
def _shipped() -> Mapping[str, str]:
    return {file: (GEO / file).read_text("utf-8") for file in _DIAGRAMS}


def _residents(words: str) -> dict[str, int]:
    rows = csv.DictReader(io.StringIO(words, newline=""))
    told = [(row.get("code") or "", row.get("residents") or "") for row in rows]
    return {
        code: int(number)
        for code, number in told
        if number.isascii() and number.isdigit() and 0 < len(number) < 9
    }
