"""What a date cell says: a day, a limit counted from the assignment, or a fault.

Ledger-contract: right or flagged; an unreadable, impossible or ambiguous date is never guessed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from data_access.ledger_import.cell_text import BLANK_MARKS, clean, compact, is_unknown_word
from data_access.ledger_import.date_reading import BLANK, Reading, fault, notice
from data_access.ledger_import.date_text import LONGEST, Token, day_of, is_range, simplified, tokens
from data_access.ledger_import.model import CellError, CellValue
from supervision.vocabulary import Severity

FIRST_PLAUSIBLE_YEAR = 2015
YEARS_AHEAD = 5
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)

_WORDS = re.compile(
    "长期|持续|常态|立行立改|立整立改|边整边改|立即|即知即改|即行即改|立知立改|尽快|尽早|马上|抓紧|按序时|按计划|"
    "视情|视实际|适时|近期|逐步|分步|分期|待定|未定|待明确|另行|动态|全年|永久|无期限|无时限|随时|即办|即时"
)
_NOT_YET = re.compile(
    "^(?:暂?无|否|是|没有|未反馈|未交办|未办结|未完成|未销号|未回访|未签收|未到期?|暂未.{0,4}|尚未.{0,4}|待.{1,4}|已反馈|"
    "已办结|已完成|已签收|已交办|正在.{0,4}|办理中|推进中|进行中)$"
)
_RELATIVE = re.compile(
    "本月|下月|上月|月底|月内|本周|下周|周内|周末|本季度|下季度|节前|节后|汛期|开学"
)
_DOUBT = re.compile("左右|大约|约|或|暂定|原定|原计划|延至|延期|顺延|调整|改为|推迟")
_SHORT = re.compile(r"^(?:\d{1,2}|20\d\d)\.[123]$")
_UNREAD = re.compile(r"\d|旬")
_PERIODIC = re.compile("每|逢")


class DateReader:
    """Reads the date cells of one section and remembers every text it has seen.

    `year` is the year of the ledger's title or period, None where it tells none;
    `year_is_sure` is False for a year inferred from the other dates. `zeros_may_be_lost`: in a
    CSV 9.3 may have been 9.30: a warning. `date_1904`: serial numbers count from 1904.
    """

    def __init__(
        self,
        *,
        year: int | None,
        as_of: date,
        year_is_sure: bool = True,
        zeros_may_be_lost: bool = False,
        date_1904: bool = False,
    ) -> None:
        self.year = year
        self.year_is_sure = year_is_sure
        self.as_of = as_of
        self._zeros_may_be_lost = zeros_may_be_lost
        self._epoch = _EPOCH_1904 if date_1904 else _EPOCH
        self._read: dict[CellValue, Reading] = {}

    def read(self, value: CellValue) -> Reading:
        """One cell; equal cells are judged once."""
        reading = self._read.get(value)
        if reading is None:
            reading = self._read[value] = self._judged(value)
        return reading

    def _judged(self, value: CellValue) -> Reading:
        if value is None:
            return BLANK
        if isinstance(value, datetime):
            return self._plausible(Reading(on=value.date()))
        if isinstance(value, date):
            return self._plausible(Reading(on=value))
        if isinstance(value, CellError):
            return fault("cell-error", "是公式错误，请在原表改成日期")
        if isinstance(value, (int, float)):
            return self._number(float(value))
        reading = self._text(value)
        if self._zeros_may_be_lost and reading.code is None and _SHORT.match(value.strip()):
            return self._maybe_short(value.strip(), reading)
        return reading

    def _maybe_short(self, text: str, reading: Reading) -> Reading:
        longer = self._text(text + "0")
        if reading.on is None or longer.on is None:
            return reading
        days = (reading.on.isoformat(), longer.on.isoformat())
        say = f"按{days[0]}理解；如果原表是数字，末尾的0可能丢失，请核对"
        return replace(
            reading, code="date-doubtful", severity=Severity.WARNING, say=say, candidates=days
        )

    def _plausible(self, reading: Reading) -> Reading:
        on = reading.on
        if on is None or FIRST_PLAUSIBLE_YEAR <= on.year <= self.as_of.year + YEARS_AHEAD:
            return reading
        return fault(
            "date-implausible", f"读作{on.isoformat()}，年份不合常理，请核对", (on.isoformat(),)
        )

    def _number(self, number: float) -> Reading:
        whole = int(number) if number.is_integer() else None
        if whole is not None and 19000101 <= whole <= 21001231:
            return self._text(str(whole))
        if whole is not None and 200001 <= whole <= 210012:
            return self._text(str(whole))
        if 20000 <= number < 80000:
            return self._plausible(Reading(on=self._epoch + timedelta(days=int(number))))
        text = f"{number:.10g}"
        if _SHORT.match(text):
            return self._lost_zero(text)
        if re.fullmatch(r"(?:\d{1,2}|20\d\d)\.\d{1,2}", text):
            return self._text(text)
        return fault("date-unreadable", "是一个数字，看不出是哪一天，请改成年-月-日")

    def _lost_zero(self, text: str) -> Reading:
        """A number cell shows 9.30 as 9.3: two readings, so a person decides."""
        readings = [self._text(text), self._text(text + "0")]
        days = tuple(r.on.isoformat() for r in readings if r.on is not None)
        if len(days) == 1:
            return next(r for r in readings if r.on is not None)
        return fault("date-ambiguous", "是数字，末尾的0可能丢失，请核对是哪一天", days)

    def _text(self, value: str) -> Reading:
        if not (text := clean(value)) or text in BLANK_MARKS:
            return BLANK
        if is_unknown_word(text):
            return notice("unknown-word", "写明不详或保密，按空白处理")
        plain = simplified(text[:LONGEST])
        # One sign may become eighteen when its form is made plain.
        if max(len(text), len(plain)) > LONGEST:
            return fault("date-unreadable", "文字太长，请改成年-月-日")
        found = tokens(plain)
        if not found:
            return self._words(compact(text))
        return self._tokens(plain, found)

    def _words(self, text: str) -> Reading:
        if _WORDS.search(text) and not re.search(r"\d", text):
            return notice("deadline-in-words", "没有写具体日期，不设期限")
        if _NOT_YET.match(text):
            return notice("date-in-words", "没有写日期，按空白处理")
        if _RELATIVE.search(text):
            return fault("date-relative", "是相对说法，看不出是哪一天，请改成年-月-日")
        return fault("date-unreadable", "看不出日期，请改成年-月-日")

    def _tokens(self, plain: str, found: list[Token]) -> Reading:
        leftover = self._between(plain, found)
        if any(_UNREAD.search(part) for part in leftover):
            return fault("date-unreadable", "不是看得懂的日期，请改成年-月-日")
        if any(_PERIODIC.search(part) for part in leftover):
            return fault("date-unreadable", "是周期，不是期限，请改成年-月-日")
        dated, limits = ([t for t in found if t.is_limit == counted] for counted in (False, True))
        if not dated:
            return self._limit(limits)
        readings = self._days(dated, "".join(leftover))
        faulty = next((r for r in readings if r.on is None), None)
        if faulty is not None:
            return faulty
        if len(readings) > 1:
            return self._several(plain, dated, readings)
        if limits and re.search("起|后", "".join(leftover)):
            return replace(self._limit(limits), start=readings[0].on)
        return self._single(readings[0], dated[0], "".join(leftover))

    @staticmethod
    def _between(plain: str, found: list[Token]) -> list[str]:
        ends = [0, *(token.end for token in found)]
        starts = [*(token.start for token in found), len(plain)]
        return [plain[a:b] for a, b in zip(ends, starts, strict=True)]

    @staticmethod
    def _limit(limits: list[Token]) -> Reading:
        if len({(token.kind, token.count) for token in limits}) > 1:
            return fault("date-several", "写了几个时限，请只留反馈期限")
        token = limits[0]
        if token.kind == "hours":
            return fault("date-unreadable", "按小时计，请改成年-月-日")
        return Reading(count=token.count, unit=token.kind)

    def _days(self, dated: list[Token], leftover: str) -> list[Reading]:
        """Every token as a day; later ones borrow the year and month of the one before."""
        readings: list[Reading] = []
        before: date | None = None
        for token in dated:
            reading = self._day(token, leftover, before)
            readings.append(reading)
            before = reading.on or before
        return readings

    def _day(self, token: Token, leftover: str, before: date | None) -> Reading:
        if token.kind == "vague":
            return fault("date-unreadable", "只写月初或月中，请写明哪一天")
        if token.kind == "serial" and token.serial is not None:
            return self._plausible(Reading(on=self._epoch + timedelta(days=token.serial)))
        if token.kind == "triple" and token.triple is not None:
            return self._triple(token.triple, token.separator)
        if token.month is None:
            if before is None:
                return fault("date-unreadable", "只写了日，没有写月，请改成年-月-日")
            token = replace(token, month=before.month)
        year = token.year or (before.year if before is not None else self._stated_year(leftover))
        if year is None:
            return self._without_year(token)
        on = day_of(token, year)
        if on is None:
            return fault("date-unreadable", "不是真实存在的日子，请核对")
        if before is not None and token.year is None and on < before:
            on = day_of(token, year + 1) or on
        return self._plausible(self._with_year(token, on, before))

    def _with_year(self, token: Token, on: date, before: date | None) -> Reading:
        if token.year is not None or self.year_is_sure or before is not None:
            return Reading(on=on, precision=token.precision, year_printed=token.year is not None)
        return Reading(
            on=on,
            precision=token.precision,
            year_printed=False,
            code="date-year-inferred",
            severity=Severity.WARNING,
            say=f"没有写年份，按表内其他日期或文件名推定为{on.year}年，请核对",
            candidates=(on.isoformat(),),
        )

    def _stated_year(self, leftover: str) -> int | None:
        if self.year is None:
            return self.as_of.year if "今年" in leftover or "本年" in leftover else None
        if re.search("明年|次年|来年", leftover):
            return self.year + 1
        return self.year - 1 if "去年" in leftover else self.year

    def _without_year(self, token: Token) -> Reading:
        years = (self.as_of.year, self.as_of.year + 1)
        days = [day_of(token, year) for year in years]
        candidates = tuple(day.isoformat() for day in days if day is not None)
        if not candidates:
            return fault("date-unreadable", "不是真实存在的日子，请核对")
        return fault("date-without-year", "没有写年份，表名和填报时间也没有年份", candidates)

    def _triple(self, triple: tuple[int, int, int], separator: str) -> Reading:
        """Three figures without a four-digit year first: 26.9.30, 30/9/2026, 9/10/26."""
        a, b, c = triple
        if separator != "/" and self._is_short_year(a):
            readings = {self._maybe(2000 + a, b, c)}
        elif c >= 1000:
            readings = {self._maybe(c, a, b), self._maybe(c, b, a)}
        else:
            readings = {self._maybe(2000 + a, b, c)} if self._is_short_year(a) else set()
            if self._is_short_year(c):
                readings |= {self._maybe(2000 + c, a, b), self._maybe(2000 + c, b, a)}
        days = sorted(day for day in readings if day is not None)
        if len(days) == 1:
            return self._plausible(Reading(on=days[0]))
        if days:
            say = "年月日的先后看不准，请改成年-月-日"
            return fault("date-ambiguous", say, tuple(day.isoformat() for day in days))
        return fault("date-unreadable", "不是真实存在的日子，请核对")

    def _is_short_year(self, figure: int) -> bool:
        first = FIRST_PLAUSIBLE_YEAR - 2000
        return first <= figure <= self.as_of.year - 2000 + YEARS_AHEAD

    @staticmethod
    def _maybe(year: int, month: int, day: int) -> date | None:
        return day_of(Token(0, 0, "date", year, month, day), year)

    @staticmethod
    def _single(reading: Reading, token: Token, leftover: str) -> Reading:
        if reading.on is None or reading.code is not None:
            return reading
        candidates = (reading.on.isoformat(),)
        if re.search("明年|次年|来年|去年", leftover) and token.year is None:
            say = f"按{reading.on.isoformat()}理解，请核对年份"
        elif _DOUBT.search(leftover) or _WORDS.search(leftover):
            say = f"措辞不确定，按{reading.on.isoformat()}理解，请核对"
        else:
            return reading
        return replace(
            reading, code="date-doubtful", severity=Severity.WARNING, say=say, candidates=candidates
        )

    @staticmethod
    def _several(plain: str, dated: list[Token], readings: list[Reading]) -> Reading:
        days = [reading.on for reading in readings if reading.on is not None]
        candidates = tuple(dict.fromkeys(day.isoformat() for day in days))
        if len(candidates) == 1:
            return readings[0]
        if is_range(plain[dated[0].end : dated[1].start], days):
            return replace(
                readings[1],
                code="date-range",
                severity=Severity.WARNING,
                say=f"写的是一段时间，取最后一天{days[1].isoformat()}，请核对",
                candidates=candidates,
            )
        return fault("date-several", "写了几个日期，请只留一个", candidates)
