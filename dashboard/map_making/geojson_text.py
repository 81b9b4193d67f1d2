"""The text of a GeoJSON file as plain values: nothing that JSON does not know, nothing twice.

Of a file come only codes, coordinates and a 审图号; whatever else stands in it stays behind.
"""

from __future__ import annotations

import json
import re
from typing import Any

from dashboard.map_making.city_towns import BordersRefused

MOST_BYTES = 20 * 1024 * 1024
TOO_LARGE = f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请先简化边界。"
_LONGEST_NUMBER = 40
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_SYSTEMS = re.compile(r"(?:(CRS:?84)|EPSG:+(4326|4490))$", re.IGNORECASE)
_OF_EPSG = {"4326": "wgs84", "4490": "cgcs2000"}


def told(data: bytes) -> dict[str, Any]:
    """A FeatureCollection with features; BordersRefused for every other file."""
    if len(data) > MOST_BYTES:
        raise BordersRefused(TOO_LARGE)
    if data.startswith(_PACKED):
        raise BordersRefused(
            "这是压缩包，不是 GeoJSON 文件：请先解压，只上传里面的 .geojson 文件。"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BordersRefused("不是 UTF-8 的 GeoJSON 文件：请在导出时选择 UTF-8 编码。") from None
    try:
        found = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_number, parse_int=_whole,
            parse_float=_broken,
        )  # fmt: skip
    except RecursionError:
        raise BordersRefused("不是 UTF-8 的 GeoJSON 文件：括号套得太深。") from None
    except json.JSONDecodeError as error:
        raise BordersRefused(
            f"不是 UTF-8 的 GeoJSON 文件：第 {error.lineno} 行第 {error.colno} 个字起读不下去。"
        ) from None
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features:
        raise BordersRefused("不是 GeoJSON 的 FeatureCollection，或里面没有要素。")
    assert isinstance(found, dict)
    return found


def named_system(found: dict[str, Any]) -> str | None:
    """The coordinate system that the file names, one of gcj02.CRS; None where it names none."""
    crs = found.get("crs")
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    match = _SYSTEMS.search(name) if isinstance(name, str) else None
    if match is None:
        raise BordersRefused(
            "文件里写的坐标系（crs）不是经纬度的 WGS-84（EPSG:4326）或 CGCS2000（EPSG:4490），"
            "请先转换。"
        )
    return _OF_EPSG.get(match[2] or "", "wgs84")


def review_number(found: dict[str, Any]) -> str | None:
    """审图号 beside the features or in their properties, where all that tell one tell the same."""
    features = [one.get("properties") for one in found["features"] if isinstance(one, dict)]
    places = [found, found.get("properties"), *features]
    numbers = {
        str(place["审图号"]) for place in places if isinstance(place, dict) and place.get("审图号")
    }
    if len(numbers) > 1:
        raise BordersRefused("文件里有几个不同的审图号：请写明一个，并在文件里删去其余。")
    return numbers.pop() if numbers else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    kept = dict(pairs)
    if len(kept) < len(pairs):
        raise BordersRefused("文件里同一个对象把一个名称写了两次，不知道以哪个为准：请重新导出。")
    return kept


def _no_number(_word: str) -> float:
    raise BordersRefused("坐标不是数字：文件里有 NaN 或 Infinity，请在导出前改正。")


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise BordersRefused("文件里有一个数字长得离谱，不像坐标：请重新导出。")
    return int(digits)


def _broken(digits: str) -> float:
    if len(digits) > _LONGEST_NUMBER:
        raise BordersRefused("文件里有一个数字长得离谱，不像坐标：请重新导出。")
    return float(digits)
