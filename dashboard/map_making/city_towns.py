"""The list of a city's townships as `duban geo build` is given it: the register's own columns.

The same file seeds a city's registers (data_access.registers), so map and register agree.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

MOST_BYTES = 2 * 1024 * 1024
MOST_TOWNS = 500
"""No prefecture has more township-level units."""
COLUMNS = ("code", "name", "reporting_unit")
_NAME = re.compile(r"[\w·（）()]{2,30}")
"""Words alone: nothing that a page, a workbook or a browser could read as more than a name."""


class BordersRefused(ValueError):
    """The files cannot be used; each fault is a Chinese sentence that says what to mend."""

    def __init__(self, *faults: str, more: int = 0) -> None:
        """`more`: how many faults are not told here."""
        self.faults = faults if more <= 0 else (*faults, f"另有 {more} 处问题。")
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class CityTown:
    """One township: 9-digit code, official name, reporting unit (考核单位)."""

    code: str
    name: str
    unit: str


def read_towns(data: bytes) -> tuple[CityTown, ...]:
    """The townships of a CSV with COLUMNS, by code; BordersRefused names the line to mend."""
    if len(data) > MOST_BYTES:
        raise BordersRefused(f"镇（街）名册超过 {MOST_BYTES // 1024 // 1024} MB。")
    try:
        lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        rows = list(lines)
    except (UnicodeDecodeError, csv.Error):
        raise BordersRefused("镇（街）名册不是 UTF-8 的 CSV 文件。") from None
    missing = [name for name in COLUMNS if name not in (lines.fieldnames or ())]
    if missing:
        raise BordersRefused(f"镇（街）名册缺列：{'、'.join(missing)}。")
    towns = tuple(_town(row, line) for line, row in enumerate(rows, 2))
    if not 2 <= len(towns) <= MOST_TOWNS:
        raise BordersRefused(
            f"镇（街）名册应有 2 到 {MOST_TOWNS} 个镇（街），现有 {len(towns)} 个。"
        )
    _refuse_doubles(towns)
    return tuple(sorted(towns, key=lambda town: town.code))


def _town(row: dict[str, str | None], line: int) -> CityTown:
    code, name, unit = ((row[column] or "").strip() for column in COLUMNS)
    if not (len(code) == 9 and code.isascii() and code.isdigit()):
        raise BordersRefused(f"镇（街）名册第 {line} 行没有 9 位的区划代码。")
    for word, text in (("名称", name), ("考核单位", unit)):
        if not _NAME.fullmatch(text) or text.isdigit():
            raise BordersRefused(
                f"镇（街）名册第 {line} 行（{code}）的{word}应为 2 到 30 个字，不能有标点和符号。"
            )
    return CityTown(code, name, unit)


def _refuse_doubles(towns: tuple[CityTown, ...]) -> None:
    code, times = Counter(town.code for town in towns).most_common(1)[0]
    if times > 1:
        raise BordersRefused(f"镇（街）名册里代码 {code} 出现了 {times} 次。")
    (unit, name), times = Counter((town.unit, town.name) for town in towns).most_common(1)[0]
    if times > 1:
        raise BordersRefused(f"镇（街）名册里 {unit} 有 {times} 个{name}。")
    cities = sorted({town.code[:4] for town in towns})
    if len(cities) > 1:
        raise BordersRefused(f"镇（街）名册里有几个市的代码（{'、'.join(cities[:3])} 开头）。")
