"""A city's own file of its townships: checked whole before anything is drawn from it.

Every fault is told at once, each at its township. See decision records 0006, 0019 and 0022.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.map_making.city_towns import BordersRefused
from dashboard.map_making.gcj02 import CRS
from dashboard.map_making.geojson_text import named_system, review_number, told
from dashboard.map_making.rings import Ring, counted_points, point_of, shape_of
from dashboard.parts.honeycomb import TownTile

MOST_POINTS = 60_000
"""More than a browser draws at once; at 300 m a city has some ten thousand."""
FARTHEST = 0.6
"""Degrees about the city within which every point must lie."""
WIDEST = 12.0
"""Degrees across which no city reaches."""
MOST_FEATURES = 2_000
MOST_TOLD = 100
"""Faults that are told of one file."""
CODE_NAMES = ("code", "区划代码", "行政区划代码", "XZQDM")
"""Properties in which the code is looked for; the last two are what surveyors' files have."""
_CODE, _VILLAGE_TAIL = 9, "000"
_NAMED_AT_MOST = 5

Box = tuple[float, float, float, float]
CHINA: Box = (73.0, 3.0, 136.0, 54.0)
"""West, south, east, north."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The townships of a file by code: their shapes, or of a file of points their seats."""

    shapes: dict[str, list[list[Ring]]] = field(default_factory=dict)
    seats: dict[str, list[float]] = field(default_factory=dict)
    review_number: str | None = None
    """审图号, as far as the file tells one."""
    named_system: str | None = None
    """The coordinate system that the file itself names, if it names one."""
    points: int = 0

    def features(self) -> list[dict[str, Any]]:
        """The shapes as the map draws them: `code` alone beside them."""
        return [
            {
                "type": "Feature",
                "properties": {"code": code},
                "geometry": {"type": "MultiPolygon", "coordinates": self.shapes[code]},
            }
            for code in sorted(self.shapes)
        ]


def box_about(towns: Iterable[TownTile]) -> Box:
    """Within which the boundaries of these townships must lie."""
    lons, lats = zip(*((town.lon, town.lat) for town in towns), strict=True)
    return (
        min(lons) - FARTHEST, min(lats) - FARTHEST, max(lons) + FARTHEST, max(lats) + FARTHEST,
    )  # fmt: skip


def checked_file(
    data: bytes, *, crs: str, towns: Mapping[str, str], within: Box = CHINA
) -> CheckedFile:
    """Every code once, in WGS-84, rings clockwise, four decimals; BordersRefused for the rest.

    `towns`: code → name of every township of the city.
    """
    if crs not in CRS:
        raise BordersRefused(f"请写明坐标系（--crs）：{'、'.join(CRS)}。不明坐标系的文件不能用。")
    found = told(data)
    named = named_system(found)
    if named is not None and named != crs:
        raise BordersRefused(
            f"文件里写的坐标系是 {CRS[named]}，选择的是 {CRS[crs]}：请核对后选择一致的；"
            "若文件确实写错了，请在制图软件里改正后重新导出。"
        )
    features = found["features"]
    if len(features) > MOST_FEATURES:
        raise BordersRefused(f"文件里有 {len(features):,} 个要素，不像一个市的镇（街）。")
    points = sum(
        counted_points(one["geometry"].get("coordinates"))
        for one in features
        if isinstance(one, dict) and isinstance(one.get("geometry"), dict)
    )
    if points > MOST_POINTS:
        raise BordersRefused(
            f"边界共 {points:,} 个点，最多 {MOST_POINTS:,} 个，请先简化（容差约 300 米）。"
        )
    kept = CheckedFile({}, {}, review_number(found), named, points)
    reader = _Reader(kept, crs, towns, within)
    for place, feature in enumerate(features, 1):
        reader.take(place, feature)
    reader.refuse_gaps()
    return kept


class _Reader:
    """Takes a file's features into `kept`, and keeps every fault."""

    def __init__(self, kept: CheckedFile, crs: str, towns: Mapping[str, str], within: Box) -> None:
        self._kept, self._crs, self._towns, self._within = kept, crs, towns, within
        self._faults: list[str] = []
        self._seen: set[str] = set()

    def take(self, place: int, feature: Any) -> None:
        """One feature: its code, then its shape."""
        code = code_of(feature)
        if code is None:
            named = "、".join(CODE_NAMES)
            self._faults.append(
                f"第 {place} 个要素没有 9 位的区划代码：请在属性里写上（名称用 {named} 之一）。"
            )
            return
        name = self._towns.get(code, "")
        where = f"第 {place} 个要素（{code}{' ' + name if name else ''}）"

        def tell(fault: str) -> None:
            self._faults.append(f"{where}：{fault}")

        if code in self._seen:
            tell(f"代码 {code} 出现了两次：一个镇（街）的几块应合成一个要素。")
        elif code not in self._towns:
            tell("不是本市的镇（街）代码：请按区划登记核对，市外的和已撤销的请删去。")
        else:
            self._take_shape(code, feature.get("geometry"), tell)
        self._seen.add(code)

    def _take_shape(self, code: str, geometry: Any, tell: Any) -> None:
        if isinstance(geometry, dict) and geometry.get("type") == "Point":
            seat = point_of(geometry.get("coordinates"), self._crs, tell)
            if seat is not None:
                self._kept.seats[code] = seat
        else:
            shape = shape_of(geometry, self._crs, tell)
            if shape is not None:
                self._kept.shapes[code] = shape
        west, south, east, north = self._within
        for x, y in self._every_point(code):
            if not (west <= x <= east and south <= y <= north):
                tell("不在本市范围内，经纬度写反，或坐标系不对。")
                return

    def _every_point(self, code: str) -> Iterator[list[float]]:
        if code in self._kept.seats:
            yield self._kept.seats[code]
        for ring in itertools.chain(*self._kept.shapes.get(code, ())):
            yield from ring

    def refuse_gaps(self) -> None:
        """What only the whole file shows; BordersRefused with every fault there was."""
        missing = sorted(set(self._towns) - self._seen)
        if missing:
            named = "、".join(
                f"{code} {self._towns[code]}".strip() for code in missing[:_NAMED_AT_MOST]
            )
            self._faults.append(f"缺这些镇（街）：{named}，共 {len(missing)} 个。")
        if self._kept.shapes and self._kept.seats:
            self._faults.append("文件里有的镇（街）是面、有的是点：应全部是面，或全部是驻地的点。")
        self._tell_seats_in_one_place()
        if not self._faults:
            every = [point for code in self._towns for point in self._every_point(code)]
            if any(max(axis) - min(axis) > WIDEST for axis in zip(*every, strict=True)):
                self._faults.append(f"各镇（街）相距超过 {WIDEST:.0f} 度，不像一个市：请核对坐标。")
        if self._faults:
            raise BordersRefused(*self._faults[:MOST_TOLD], more=len(self._faults) - MOST_TOLD)

    def _tell_seats_in_one_place(self) -> None:
        """What finds no address gives the middle of the county, to one township after another."""
        first: dict[tuple[float, ...], str] = {}
        for code, seat in sorted(self._kept.seats.items()):
            before = first.setdefault(tuple(seat), code)
            if before != code:
                self._faults.append(
                    f"{code} {self._towns[code]}：驻地与 {before} {self._towns[before]}是同一个点，"
                    "请按实际位置改正。"
                )


def code_of(feature: Any) -> str | None:
    """The 9 digits of a township; a code of 12 that ends with 000 is one too."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return None
    for name in CODE_NAMES:
        value = properties.get(name)
        code = str(value) if type(value) in (str, int) else ""
        if len(code) == _CODE + len(_VILLAGE_TAIL):
            code = code.removesuffix(_VILLAGE_TAIL)
        if len(code) == _CODE and code.isascii() and code.isdigit():
            return code
    return None
