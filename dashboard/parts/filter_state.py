"""The one filter state: what an address asks for, read against what this person may ask for.

An address says keys and codes: ids of the registers, never names, so that it outlives a rename
and opens the same for everybody within his rights. Names, as addresses said them before, are
understood too. No Streamlit here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.parts.safe import option
from dashboard.parts.theme import LAMPS
from dashboard.reads import Choices, Filters, Period
from supervision.vocabulary import Light, PeerGroup

Asked = dict[str, tuple[str, ...]]
"""Key of the address → codes; what is not asked for is absent."""
Offers = Mapping[str, Mapping[str, str]]
"""Key of the address → code → name: what this person may ask for."""

HEADINGS = {
    "county": "县(区)",
    "town": "镇(街)",
    "group": "同类组",
    "dept": "牵头单位",
    "session": "面对面场次",
    "theme": "面对面主题",
    "cat": "问题分类",
    "channel": "来源渠道",
    "class": "类案",
    "leader": "包案领导",
    "linked": "联镇领导",
    "light": "亮灯",
    "period": "统计时段",
}
KEYS = tuple(HEADINGS)
"""Names of the filters in the address: short, and never changed."""
ONE_OF = frozenset({"leader", "linked", "period"})
MOST_CODES, LONGEST_CODE = 300, 120
CUSTOM = "自定义日期"

_PeriodOf = Callable[[date], tuple[date, date]]
PERIODS: dict[str, tuple[str, _PeriodOf]] = {
    "week": ("本周", lambda day: (day - timedelta(days=day.weekday()), day)),
    "last_week": ("上周", lambda day: _week_before(day)),
    "month": ("本月", lambda day: (day.replace(day=1), day)),
    "last_month": ("上月", lambda day: _month(day.replace(day=1) - timedelta(days=1))),
    "quarter": (
        "本季度",
        lambda day: (day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), day),
    ),
    "three_months": ("近三个月", lambda day: (day - timedelta(days=91), day)),
    "year": ("本年", lambda day: (day.replace(month=1, day=1), day)),
    "last_year": ("上年", lambda day: (date(day.year - 1, 1, 1), date(day.year - 1, 12, 31))),
}
"""Periods that move with the day: code → name and the days it means on a day."""
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""Days that can be asked for; no calendar offers others, whatever an address says."""
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What of an address counts, and the headings under which something was left out."""

    asked: Asked
    ignored: tuple[str, ...]


def _week_before(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday() + 7)
    return monday, monday + timedelta(days=6)


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def offers_of(choices: Choices, leaders: Sequence[str]) -> Offers:
    """Everything that can be asked for, with the names under which it is chosen."""
    towns = {code: name for code, (name, _) in town_names(choices).items()}
    told: dict[str, dict[str, str]] = {
        "county": _coded(choices.units),
        "town": _coded(towns),
        "group": {group.value: group.label for group in PeerGroup},
        "dept": _coded(choices.departments),
        "session": _coded(choices.sessions),
        "theme": {theme: theme for theme in choices.themes},
        "cat": _coded(choices.categories),
        "channel": _coded(choices.origins),
        "class": _coded(choices.matters),
        "leader": {name: name for name in leaders},
        "linked": {name: name for name in choices.linked_leaders},
        "light": {light.value: lamp.word for light, lamp in LAMPS.items() if light != Light.OUT},
    }
    return {
        key: {code: option(name) for code, name in names.items()} for key, names in told.items()
    }


def _coded(names: Mapping[int, str]) -> dict[str, str]:
    return {str(key): name for key, name in names.items()}


def town_names(choices: Choices) -> dict[int, tuple[str, int]]:
    """Townships by a name that is unique in the city (上坪镇 stands in two counties)."""
    times = Counter(name for name, _ in choices.townships.values())
    return {
        code: (name if times[name] == 1 else f"{name}（{choices.units[unit]}）", unit)
        for code, (name, unit) in choices.townships.items()
    }


def reading_of(
    said: Mapping[str, Sequence[str]], offers: Offers, *, stands_for: Mapping[int, int]
) -> Reading:
    """The codes of an address that count here; what is unknown or out of reach is left out."""
    asked: Asked = {}
    ignored = []
    for key in KEYS:
        values = [value for value in said.get(key, ()) if value]
        known = [_code(key, value, offers, stands_for) for value in values[:MOST_CODES]]
        codes = tuple(dict.fromkeys(code for code in known if code is not None))
        if codes:
            asked[key] = codes[:1] if key in ONE_OF else codes
        if None in known or len(values) > MOST_CODES:
            ignored.append(HEADINGS[key])
    return Reading(asked, tuple(ignored))


def _code(key: str, value: str, offers: Offers, stands_for: Mapping[int, int]) -> str | None:
    if key == "period":
        return _period_code(value)
    names = offers[key]
    if value in names:
        return value
    if key in {"cat", "channel"} and value.isdecimal() and len(value) < 19:
        value = str(stands_for.get(int(value), value))
    if value in names or len(value) > LONGEST_CODE:
        return value if value in names else None
    wanted = option(value)
    return next((code for code, name in names.items() if name == wanted), None)


def _period_code(value: str) -> str | None:
    if value in PERIODS:
        return value
    if days_of(value) is not None:
        return value
    return next((code for code, (name, _) in PERIODS.items() if name == value), None)


def days_of(code: str) -> Period | None:
    """The two days that a code of its own names, in their order; None for any other code."""
    told = _DAYS.fullmatch(code)
    if told is None:
        return None
    try:
        first, last = sorted(date.fromisoformat(day) for day in told.groups())
    except ValueError:
        return None
    return Period(first, last) if first >= FIRST_DAY and last <= LAST_DAY else None


def code_of_days(first: date, last: date) -> str:
    """Two days as an address says them."""
    first, last = sorted((first, last))
    return f"{first.isoformat()}_{last.isoformat()}"


def filters_of(asked: Asked, *, as_of: date) -> Filters:
    """The question that an address asks on this day: relative periods become days."""

    def ids(key: str) -> tuple[int, ...]:
        return tuple(int(code) for code in asked.get(key, ()))

    leader, linked = asked.get("leader"), asked.get("linked")
    period = asked.get("period")
    return Filters(
        units=ids("county"),
        townships=ids("town"),
        peer_groups=tuple(PeerGroup(code) for code in asked.get("group", ())),
        departments=ids("dept"),
        sessions=ids("session"),
        themes=asked.get("theme", ()),
        categories=ids("cat"),
        origins=ids("channel"),
        matters=ids("class"),
        case_leader=leader[0] if leader else None,
        linked_leader=linked[0] if linked else None,
        lights=asked.get("light", ()),
        period=_period(period[0], as_of) if period else None,
    )


def _period(code: str, as_of: date) -> Period | None:
    if code in PERIODS:
        return Period(*PERIODS[code][1](as_of))
    return days_of(code)
