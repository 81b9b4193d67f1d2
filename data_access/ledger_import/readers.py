"""Everything that reads the cells of one section, with its memory of texts already judged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from data_access.ledger_import.cell_text import as_text
from data_access.ledger_import.date_reading import Reading
from data_access.ledger_import.dates import DateReader
from data_access.ledger_import.departments import DepartmentReader
from data_access.ledger_import.model import CellValue
from data_access.ledger_import.personal import has_id_checksum, masked, masked_number
from data_access.ledger_import.places import PlaceReader
from supervision.city_rules import RuleBook
from supervision.deadlines import feedback_due
from supervision.vocabulary import DeadlineBasis
from supervision.working_days import WorkCalendar

_NAME = re.compile(r"[\u4e00-\u9fa5·]{2,5}")
# Bounded: with open ends a cell of a thousand spaces took seconds.
_BESIDE_NAMES = re.compile(
    r"等?\s{0,3}\d{0,5}\s{0,3}[人户名位]$|先生|女士|小姐|阿姨|大爷|大姐|师傅|老师|群众|村民|居民|市民|业主|住户|网友|家长|代表"
    r"|诉求人|来电人|反映人|投诉人|联系人|电话|手机|[男女](?=[,，、\s]|$)"
)
_NO_FULL_NAME = re.compile("某|匿名|热心|不详|保密|多人|等人|公司|单位|委员会|无")
_SPACE_IN_NAME = re.compile(r"(?<=[\u4e00-\u9fa5])[ \u3000]+(?=[\u4e00-\u9fa5](?![\u4e00-\u9fa5]))")
_LONG_DIGITS = re.compile(r"\d{7,17}[\dXx]?")
_MOBILE_NUMBER = re.compile(r"^1[3-9]\d{9}$")


class SafeText:
    """Texts as printed, personal data masked; each distinct cell is scanned once."""

    def __init__(self, known: dict[CellValue, str] | None = None) -> None:
        self.known: dict[CellValue, str] = {} if known is None else known
        """Cells already scanned, for loops that cannot afford a call per cell."""
        self._printed: dict[CellValue, str] = {}

    def printed(self, value: CellValue) -> str:
        """One cell as printed, for reading only: it may hold personal data."""
        if value.__class__ is not str and value in (0, 1):
            return as_text(value)
        text = self._printed.get(value)
        if text is None:
            text = self._printed[value] = as_text(value)
        return text

    def of(self, value: CellValue) -> str:
        """One cell as text that may be kept and shown; "" for a blank one."""
        if value.__class__ is not str and value in (0, 1):
            # TRUE is 1 to a dict, but not to a reader: neither is remembered.
            return as_text(value)
        text = self.known.get(value)
        if text is None:
            text = self.known[value] = masked(as_text(value))
        return text


def reporter_names(text: str) -> tuple[str, ...]:
    """The full names in a cell of 诉求人姓名; 李女士 and 王某 name nobody."""
    if not text:
        return ()
    if len(text) > 4 or not text.isalnum():
        text = _SPACE_IN_NAME.sub("", text)
        text = _BESIDE_NAMES.sub("|", text)
    return tuple(
        name
        for name in _NAME.findall(text)
        if not _NO_FULL_NAME.search(name) and not _BESIDE_NAMES.search(name)
    )


def reporter_numbers(text: str) -> tuple[str, ...]:
    """The phones and ID numbers in a personal column, as their digits stand."""
    return tuple(_LONG_DIGITS.findall(text))


def safe_number(text: str) -> str:
    """An item number as printed; a phone or an ID number in its place is masked."""
    if _MOBILE_NUMBER.match(text) or has_id_checksum(text):
        return masked_number(text)
    return text


@dataclass(slots=True)
class Counted:
    """A limit counted from a day: `on` is None beyond the calendar's horizon."""

    on: date | None
    provisional: bool


class LimitCounter:
    """Turns 15个工作日 into a day, each start day computed once."""

    def __init__(self, calendar: WorkCalendar, rules: RuleBook) -> None:
        self._calendar, self._rules = calendar, rules
        self._known: dict[tuple[date, int, str], Counted] = {}

    def day(self, start: date, reading: Reading) -> Counted:
        """The day a limit falls on when counted from `start`."""
        count = reading.count or 0
        key = (start, count, reading.unit)
        counted = self._known.get(key)
        if counted is None:
            counted = self._known[key] = self._count(start, count, reading.unit)
        return counted

    def _count(self, start: date, count: int, unit: str) -> Counted:
        if unit == "working_days":
            convention = self._rules.convention(start)
            deadline = feedback_due(start, self._calendar, limit=count, convention=convention)
            provisional = deadline.basis == DeadlineBasis.PROVISIONAL
            return Counted(None if provisional else deadline.due_on, provisional)
        if unit == "weeks":
            return Counted(start + timedelta(weeks=count), False)
        if unit == "months":
            return Counted(_months_later(start, count), False)
        return Counted(start + timedelta(days=count), False)


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(start.day, 28))


@dataclass(slots=True)
class Readers:
    """What a section's rows are read with."""

    dates: DateReader
    departments: DepartmentReader
    places: PlaceReader
    limits: LimitCounter
    as_of: date
    safe: SafeText = field(default_factory=SafeText)
