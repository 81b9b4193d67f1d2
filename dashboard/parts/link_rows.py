"""What a link narrows the list to beside the shared filters: a county, a session, a category, a
light, a helper, a due day, days, answers, nobody.

Keys of their own: a shared filter would stay set on the page the link came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dashboard.parts.filter_state import days_of
from dashboard.reads import Choices, Filters
from supervision.vocabulary import Light, Resolution, Satisfaction, Worded

ANSWERS: dict[str, tuple[str, str, type[Worded]]] = {
    "result": ("result", "评价", Satisfaction),
    "process": ("process", "过程评价", Satisfaction),
    "by_resident": ("resolved_by_resident", "群众认定", Resolution),
    "by_unit": ("resolved_by_unit", "单位认定", Resolution),
}
"""Key of the address → column of the facts, what was asked, what can be answered."""
NOT_TOLD = "none"
ROW_KEYS = (
    "at", "meeting", "category", "lamp", "help", "due", "days", "nobody", *ANSWERS,
)  # fmt: skip
NOBODY = {
    "department_id": "牵头单位不明",
    "unit_id": "县(区)不明",
    "session_id": "不属于面对面场次",
    "category_id": "没有问题分类",
}
"""Column of the facts → what it means that it names nothing."""
EARLIEST = date(2000, 1, 1)
"""Days from here on are all days."""
MOST_KEYS = 300
_DAY = len("2026-01-01")


def narrowed_to_rows(
    filters: Filters, url: Mapping[str, str], names: Choices
) -> tuple[Filters, list[str]]:
    """The filters narrowed by what the address says, and Chinese phrases for it."""
    told = []
    if (unit := _known(url.get("at"), names.units)) is not None:
        filters = replace(filters, units=(unit,))
        told.append(names.units[unit])
    if held := _known_ones(url.get("meeting", ""), names.sessions):
        filters = replace(filters, sessions=held)
        more = f"等 {len(held)} 场" if len(held) > 1 else ""
        told.append(names.sessions[held[0]] + more)
    if kinds := _known_ones(url.get("category", ""), names.categories):
        filters = replace(filters, categories=kinds)
        more = f"等 {len(kinds)} 类" if len(kinds) > 1 else ""
        told.append(names.categories[kinds[0]] + more)
    if (light := url.get("lamp", "")) in list(Light):
        filters = replace(filters, lights=(light,))
        told.append(Light(light).label)
    if (helper := _known(url.get("help"), names.departments)) is not None:
        filters = replace(filters, helper=helper)
        told.append(f"{names.departments[helper]}协办")
    if (day := _day(url.get("due", ""))) is not None:
        filters = replace(filters, due_on=day)
        told.append(f"{day.year}年{day.month}月{day.day}日到期、尚未反馈")
    if (period := days_of(url.get("days", ""))) is not None:
        filters = replace(filters, period=period)
        since = "截至" if period.first <= EARLIEST else f"{period.first:%Y-%m-%d} 至"
        told.append(f"{since} {period.last:%Y-%m-%d}")
    if without := tuple(column for column in NOBODY if column in _words(url.get("nobody", ""))):
        filters = replace(filters, without=without)
        told += [NOBODY[column] for column in without]
    filters, answers_told = _answered_so(filters, url)
    return filters, [*told, *answers_told]


def _answered_so(filters: Filters, url: Mapping[str, str]) -> tuple[Filters, list[str]]:
    told = []
    for key, (column, asked, possible) in ANSWERS.items():
        if wanted := _answers(url.get(key, ""), possible):
            filters = replace(filters, answers=(*filters.answers, (column, wanted)))
            words = "、".join("未填" if one is None else possible(one).label for one in wanted)
            told.append(f"{asked}：{words}")
    return filters, told


def _answers(said: str, possible: type[Worded]) -> tuple[str | None, ...]:
    words = [str(word) for word in possible]
    asked = said.split(",")[: len(words) + 1]
    return tuple(
        None if one == NOT_TOLD else one
        for one in dict.fromkeys(asked)
        if one == NOT_TOLD or one in words
    )


def _known(asked: str | None, names: Mapping[int, str]) -> int | None:
    return next((key for key in names if str(key) == asked), None)


def _known_ones(asked: str, names: Mapping[int, str]) -> tuple[int, ...]:
    """Several keys with commas between; unknown ones are left out."""
    wanted = set(asked.split(",", MOST_KEYS)[:MOST_KEYS])
    return tuple(key for key in names if str(key) in wanted)


def _words(said: str) -> list[str]:
    return said.split(",", MOST_KEYS)


def _day(asked: str) -> date | None:
    try:
        return date.fromisoformat(asked) if len(asked) == _DAY else None
    except ValueError:
        return None
