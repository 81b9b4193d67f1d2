"""常住人口 by township, read cell by cell: 区划代码 or 镇（街）名称, and the number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from data_access.city_maps import Township
from data_access.ledger_import.cell_text import as_text, cell_name, compact
from data_access.ledger_import.model import CellValue, Sheet, Workbook
from data_access.small_sheets import CellFault, filled_rows
from supervision.city_maps import MapRefused

HEADINGS = {
    "code": ("区划代码", "code", "代码", "行政区划代码", "统计用区划代码"),
    "name": ("镇街", "名称", "name", "镇街名称", "乡镇街道", "乡镇", "街道", "镇乡街道"),
    "unit": ("县区", "考核单位", "reporting_unit", "所属县区", "县市区", "区县"),
    "residents": ("常住人口", "residents", "人口", "人口数", "常住人口数"),
}
"""Field → how its heading may be written, brackets and spaces left out."""
_TOTALS = ("合计", "总计", "小计", "全市", "总数")
_HIGHEST_HEADING, _MOST_ROWS, _MOST_FAULTS = 10, 2_000, 200
_MOST_RESIDENTS = 3_000_000
_TEN_THOUSANDS = "万"
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class ResidentsSheet:
    """The numbers of a file; with any fault none of them may be used."""

    file_name: str
    sha256: str
    residents: dict[str, int]
    faults: tuple[CellFault, ...]
    missing: tuple[str, ...]
    """Townships of the register that the file does not tell of, by name."""


def judged_residents(workbook: Workbook, towns: Sequence[Township]) -> ResidentsSheet:
    """Every number and every fault. Raises MapRefused for another file."""
    sheet, heading, columns, times = _headed(workbook)
    reader = _Reader(towns, columns, times)
    if len(sheet.rows) - heading - 1 > _MOST_ROWS:
        raise MapRefused(f"一份人口表最多 {_MOST_ROWS} 行，不像一个市的镇（街）。")
    for row, values in filled_rows(sheet, heading, columns):
        reader.take(row, values)
    if not reader.found and not reader.faults:
        raise MapRefused("表头下面没有数据，请从表头的下一行起每行填一个镇（街）。")
    return ResidentsSheet(
        workbook.file_name, workbook.sha256, reader.found, tuple(reader.faults[:_MOST_FAULTS]),
        tuple(f"{town.unit}{town.name}" for town in towns if town.code not in reader.found),
    )  # fmt: skip


def _headed(workbook: Workbook) -> tuple[Sheet, int, dict[str, int], int]:
    called = {name: field for field, names in HEADINGS.items() for name in names}
    for sheet in workbook.sheets:
        for place, cells in enumerate(sheet.rows[:_HIGHEST_HEADING]):
            columns: dict[str, int] = {}
            times = 1
            for column, value in enumerate(cells):
                words = compact(as_text(value))
                field = called.get(re.sub(r"[(（].*?[)）]", "", words)) or called.get(
                    re.sub(r"[()（）]", "", words)
                )
                if field is not None and field not in columns:
                    columns[field] = column
                    if field == "residents" and _TEN_THOUSANDS in words:
                        times = 10_000
            if "residents" in columns and {"code", "name"} & set(columns):
                return sheet, place, columns, times
    raise MapRefused("没有找到表头：至少要有“区划代码”或“镇街”一栏，和“常住人口”一栏。")


class _Reader:
    def __init__(self, towns: Sequence[Township], columns: dict[str, int], times: int) -> None:
        self._columns, self._times = columns, times
        self._towns = {town.code: town for town in towns}
        self._named: dict[str, list[Township]] = defaultdict(list)
        for town in towns:
            for name in (town.name, f"{town.unit}{town.name}"):
                self._named[compact(name)].append(town)
        self._seen: dict[str, int] = {}
        self.found: dict[str, int] = {}
        self.faults: list[CellFault] = []

    def take(self, row: int, values: dict[str, CellValue]) -> None:
        texts = {field: compact(as_text(value)) for field, value in values.items()}
        if any(texts.get(field, "").startswith(_TOTALS) for field in ("code", "name", "unit")):
            return
        field, told = self._place(texts)
        if isinstance(told, str):
            self._tell(row, field, told)
            return
        first = self._seen.setdefault(told.code, row)
        if first != row:
            self._tell(row, field, f"与第 {first} 行是同一个镇（街）。")
            return
        number = self._number(values["residents"])
        if number is None:
            unit = "以万人为单位的数" if self._times > 1 else "人数，大于 0 的整数"
            self._tell(row, "residents", f"请填写{unit}。")
        else:
            self.found[told.code] = number

    def _place(self, texts: dict[str, str]) -> tuple[str, Township | str]:
        """The column that names the township, and the township or what is wrong."""
        code = texts.get("code", "")
        if code:
            town = self._towns.get(code) or self._towns.get(code.removesuffix("000"))
            if town is None:
                return "code", "不是本市的镇（街）代码，请按区划登记核对。"
            name = texts.get("name", "")
            if name and town not in self._named.get(name, [town]):
                return "name", f"这个代码在区划登记里是{town.name}，请核对。"
            return "code", town
        field = "name" if "name" in texts else "code"
        found = self._named.get(texts.get("name", ""), [])
        if len(found) > 1 and texts.get("unit"):
            found = [town for town in found if compact(town.unit) == texts["unit"]]
        if len(found) != 1:
            several = "不止一个镇（街）叫这个名称，请写上区划代码或县（区）。"
            return field, several if found else "不是登记的镇（街）全称，请按区划登记核对。"
        return field, found[0]

    def _number(self, value: CellValue) -> int | None:
        text = compact(as_text(value)).replace(",", "").removesuffix("人").removesuffix("万")
        if isinstance(value, bool) or not _NUMBER.fullmatch(text):
            return None
        number = float(text) * self._times
        whole = round(number)
        exact = self._times > 1 or number == whole
        return whole if exact and 0 < whole <= _MOST_RESIDENTS else None

    def _tell(self, row: int, field: str, sentence: str) -> None:
        self.faults.append(
            CellFault(cell_name(row, self._columns[field]), HEADINGS[field][0], sentence)
        )
