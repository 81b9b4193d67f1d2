"""A ledger of hotline counts, read cell by cell: 月份, 主题, 县区, 件数, 办结数, 满意数."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.ledger_import.cell_text import as_text, cell_name, compact
from data_access.ledger_import.model import CellValue, Sheet, Workbook
from data_access.ledger_import.personal import masked
from data_access.schema.registers import reporting_units
from data_access.small_sheets import CellFault, filled_rows
from supervision.hotline import (
    ALSO_CALLED,
    HEADINGS,
    LONGEST_THEME,
    MOST_COUNT,
    MOST_ROWS,
    NEEDED,
    TOTALS,
    WHOLE_CITY,
    HotlineRefused,
)

_HIGHEST_HEADING = 10
_MONTH = re.compile(r"(20\d\d)[-/.年]?(1[0-2]|0?[1-9])月?(?:份|[-/.]0?1|0?1日)?")
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?(?:件|宗|个)?")


@dataclass(frozen=True, slots=True)
class HotlineRow:
    """What one line tells; `unit_id` None: the whole city."""

    month: date
    theme: str
    unit_id: int | None
    received: int
    closed: int | None
    satisfied: int | None


@dataclass(frozen=True, slots=True)
class HotlineSheet:
    """A ledger's counts; with any fault none of them may be stored."""

    file_name: str
    sha256: str
    rows: tuple[HotlineRow, ...]
    faults: tuple[CellFault, ...]
    totals: int
    """Lines of sums, which are left out: they would count twice."""
    unread: tuple[str, ...] = ()
    """Sheets in which something stands, but no heading of such a ledger."""

    @property
    def months(self) -> tuple[date, ...]:
        """The months it tells of."""
        return tuple(sorted({row.month for row in self.rows}))

    @property
    def unread_told(self) -> str:
        """Which sheets were not read, as a sentence; empty where all were."""
        names = "、".join(f"“{name}”" for name in self.unread)
        return f"工作表{names}里没有热线统计的表头，没有读取。" if names else ""


def judged_hotline(engine: Engine, workbook: Workbook, *, as_of: date) -> HotlineSheet:
    """Every count of the workbook and every fault. Raises HotlineRefused for another file."""
    with reading(engine) as connection:
        units = {
            compact(name): key
            for key, name in connection.execute(
                select(reporting_units.c.id, reporting_units.c.name)
            )
        }
    headed = _headed(workbook)
    reader = _Reader(units, as_of, many=len(headed) > 1)
    for sheet, heading, columns in headed:
        reader.turn_to(sheet.name, columns)
        for row, values in filled_rows(sheet, heading, columns):
            reader.take(row, values)
            if len(reader.rows) > MOST_ROWS:
                raise HotlineRefused(f"一份热线统计最多 {MOST_ROWS} 行，请分成几份。")
    if not reader.rows and not reader.faults:
        raise HotlineRefused("表头下面没有数据，请从表头的下一行起每行填一个月份的一个主题。")
    return HotlineSheet(
        workbook.file_name, workbook.sha256, tuple(reader.rows), tuple(reader.faults),
        reader.totals, unread=_unread(workbook, [sheet for sheet, *_ in headed]),
    )  # fmt: skip


def _unread(workbook: Workbook, headed: list[Sheet]) -> tuple[str, ...]:
    return tuple(
        sheet.name
        for sheet in workbook.sheets
        if all(sheet is not one for one in headed)
        and any(as_text(value) for cells in sheet.rows for value in cells)
    )


def _headed(workbook: Workbook) -> list[tuple[Sheet, int, dict[str, int]]]:
    """The sheets with the headings of such a ledger, one for each month perhaps: place of the
    headings and field → column of each."""
    found = [(sheet, *told) for sheet in workbook.sheets if (told := _heading(sheet)) is not None]
    if not found:
        needed = "、".join(HEADINGS[field] for field in NEEDED)
        raise HotlineRefused(f"没有找到表头（至少要有{needed}），请下载模板填写。")
    return found


def _heading(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    called = {
        compact(name): field
        for field, own in HEADINGS.items()
        for name in (own, *ALSO_CALLED[field])
    }
    for place, cells in enumerate(sheet.rows[:_HIGHEST_HEADING]):
        columns: dict[str, int] = {}
        for column, value in enumerate(cells):
            field = called.get(compact(as_text(value)))
            if field is not None:
                columns.setdefault(field, column)
        if all(field in columns for field in NEEDED):
            return place, columns
    return None


class _Reader:
    """Takes row after row; knows what stood in the rows above."""

    def __init__(self, units: dict[str, int], as_of: date, *, many: bool) -> None:
        self._units, self._as_of, self._many = units, as_of, many
        self._sheet = ""
        self._columns: dict[str, int] = {}
        self._seen: dict[tuple[date, str, int | None], str] = {}
        self._by_county: dict[tuple[date, str], tuple[bool, str]] = {}
        self.rows: list[HotlineRow] = []
        self.faults: list[CellFault] = []
        self.totals = 0

    def turn_to(self, sheet: str, columns: dict[str, int]) -> None:
        """The rows that follow are of this sheet."""
        self._sheet, self._columns = sheet, columns

    def take(self, row: int, values: dict[str, CellValue]) -> None:
        theme = " ".join(masked(as_text(values["theme"])).split())
        unit = compact(as_text(values.get("unit")))
        if theme in TOTALS or unit in TOTALS or as_text(values["month"]).strip() in TOTALS:
            self.totals += 1
            return
        told: dict[str, str] = {}
        month = self._month(values["month"], told)
        if not theme or len(theme) > LONGEST_THEME:
            told["theme"] = f"请填写主题（最多 {LONGEST_THEME} 个字）。"
        unit_id = self._units.get(unit)
        if unit and unit_id is None and unit != WHOLE_CITY:
            told["unit"] = "登记册里没有这个县（区）；全市的数请留空或填“全市”。"
        counts = {field: _count(values.get(field)) for field in ("received", "closed", "satisfied")}
        for field, count in counts.items():
            if count is None and (field in NEEDED or as_text(values.get(field)).strip()):
                told[field] = "请填写不小于 0 的整数。"
        received = counts["received"]
        for field in ("closed", "satisfied"):
            count = counts[field]
            if count is not None and received is not None and count > received:
                told[field] = f"{HEADINGS[field]}不能多于件数（{received}）。"
        if month is not None and theme:
            where = f"“{self._sheet}”第 {row} 行" if self._many else f"第 {row} 行"
            self._tell_twice(told, (month, theme, unit_id), where)
        sheet = f"{self._sheet}!" if self._many else ""
        self.faults += [
            CellFault(f"{sheet}{cell_name(row, self._columns[field])}", HEADINGS[field], sentence)
            for field, sentence in told.items()
            if field in self._columns
        ]
        if not told and month is not None and received is not None:
            self.rows.append(
                HotlineRow(month, theme, unit_id, received, counts["closed"], counts["satisfied"])
            )

    def _month(self, value: CellValue, told: dict[str, str]) -> date | None:
        month = month_told(value)
        if month is None:
            told["month"] = "看不出是哪个月，请写成 2026-10 或 2026年10月。"
        elif month > self._as_of:
            told["month"] = "这个月还没有到。"
        return month

    def _tell_twice(
        self, told: dict[str, str], key: tuple[date, str, int | None], where: str
    ) -> None:
        first = self._seen.setdefault(key, where)
        if first != where:
            told["theme"] = f"与{first}是同一个月、同一主题、同一县（区）。"
        by_county = key[2] is not None
        held, above = self._by_county.setdefault(key[:2], (by_county, where))
        if held is not by_county and "theme" not in told:
            field = "unit" if "unit" in self._columns else "theme"
            told[field] = f"{above}同一主题{'分了' if held else '没有分'}县（区），不能混填。"


def month_told(value: CellValue) -> date | None:
    """The first day of the month that a cell names; None where it names none."""
    if isinstance(value, date | datetime):
        return date(value.year, value.month, 1) if 2000 <= value.year <= 2099 else None
    if isinstance(value, float) and not value.is_integer():
        # 2026.1 may be January or October.
        return None
    text = compact(as_text(value))
    found = _MONTH.fullmatch(text)
    return date(int(found.group(1)), int(found.group(2)), 1) if found else None


def _count(value: CellValue) -> int | None:
    if isinstance(value, bool):
        return None
    text = compact(as_text(value))
    found = _COUNT.fullmatch(text)
    count = int(found.group(1).replace(",", "")) if found else None
    return None if count is None or count > MOST_COUNT else count
