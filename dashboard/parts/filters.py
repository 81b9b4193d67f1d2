"""The shared filters: drawn once by the entry file, kept in the URL, the same on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from dashboard.parts.safe import option
from dashboard.reads import Choices, Filters, Period

KEYS = ("county", "town", "dept", "session", "cat", "leader", "period")
_ONE_OF = frozenset({"leader", "period"})
"""Names of the filters in the URL."""
NAMED_AT_MOST = 4

PERIODS: dict[str, Callable[[date], tuple[date, date]]] = {
    "本月": lambda day: (day.replace(day=1), day),
    "上月": lambda day: _month(day.replace(day=1) - timedelta(days=1)),
    "本季度": lambda day: (day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), day),
    "近三个月": lambda day: (day - timedelta(days=91), day),
    "本年": lambda day: (day.replace(month=1, day=1), day),
    "上年": lambda day: (date(day.year - 1, 1, 1), date(day.year - 1, 12, 31)),
}


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def shared_filters(choices: Choices, leaders: Sequence[str], *, as_of: date) -> Filters:
    """Draw the filters and say what they are set to; values live in the URL under short keys.

    `leaders` are the 包案领导 of items within reach; where no ledger names any there is no filter.
    """
    _say_again()
    units = _chosen("county", "县(区)", choices.units, "全部县(区)")
    in_units = {
        code: name
        for code, (name, unit) in _townships(choices).items()
        if not units or unit in units
    }
    filters = Filters(
        units=units,
        townships=_chosen("town", "镇(街)", in_units, "全部镇(街)"),
        departments=_chosen("dept", "牵头单位", choices.departments, "全部单位"),
        sessions=_chosen("session", "面对面场次", choices.sessions, "全部场次"),
        categories=_chosen("cat", "问题分类", choices.categories, "全部分类"),
        case_leader=_leader(leaders),
    )
    period = st.selectbox(
        "统计时段",
        list(PERIODS),
        index=None,
        key="period",
        bind="query-params",
        placeholder="默认：比率按本月，清单不限",
        on_change=_first_page,
    )
    return replace(filters, period=Period(*PERIODS[period](as_of))) if period else filters


def _leader(leaders: Sequence[str]) -> str | None:
    if not leaders:
        return None
    names = {option(name): name for name in leaders}
    chosen = st.selectbox(
        "包案领导", list(names), index=None, key="leader", bind="query-params",
        placeholder="全部", on_change=_first_page,
    )  # fmt: skip
    return names.get(chosen) if chosen else None


def _say_again() -> None:
    # A link to another page leaves out of the address what is bound to a widget; a widget that
    # is set anew says it again.
    for key in KEYS:
        if st.session_state.get(key) and key not in st.query_params:
            st.session_state[key] = st.session_state[key]


def clear_filters() -> None:
    """Set every filter to nothing; the URL follows."""
    for key in KEYS:
        st.session_state[key] = None if key in _ONE_OF else []
    _first_page()


def _first_page() -> None:
    # Other rows: the key of a page of the old ones stands for nothing.
    st.query_params.pop("after", None)


def _townships(choices: Choices) -> dict[int, tuple[str, int]]:
    """Townships by a name that is unique in the city (上坪镇 stands in two counties)."""
    names = [name for name, _ in choices.townships.values()]
    return {
        code: (name if names.count(name) == 1 else f"{name}（{choices.units[unit]}）", unit)
        for code, (name, unit) in choices.townships.items()
    }


def _chosen(key: str, heading: str, names: dict[int, str], nothing: str) -> tuple[int, ...]:
    keys = {option(name): item for item, name in names.items()}
    chosen = st.multiselect(
        heading, list(keys), key=key, bind="query-params", placeholder=nothing,
        on_change=_first_page,
    )  # fmt: skip
    return tuple(keys[name] for name in chosen if name in keys)


def told(filters: Filters, choices: Choices) -> list[str]:
    """What the filters are set to, one phrase each, for headings and exports.

    Of a long choice the first few are named and the rest counted.
    """
    towns = {code: name for code, (name, _) in _townships(choices).items()}
    phrases = []
    for heading, wanted, names in (
        ("县(区)", filters.units, choices.units),
        ("镇(街)", filters.townships, towns),
        ("牵头单位", filters.departments, choices.departments),
        ("场次", filters.sessions, choices.sessions),
        ("分类", filters.categories, choices.categories),
    ):
        if wanted:
            named = "、".join(names.get(key, "?") for key in wanted[:NAMED_AT_MOST])
            rest = f"等 {len(wanted)} 个" if len(wanted) > NAMED_AT_MOST else ""
            phrases.append(f"{heading}：{named}{rest}")
    if filters.case_leader is not None:
        phrases.append(f"包案领导：{filters.case_leader}")
    if filters.period is not None:
        phrases.append(f"时段：{filters.period.first:%Y-%m-%d} 至 {filters.period.last:%Y-%m-%d}")
    return phrases
