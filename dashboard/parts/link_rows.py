"""What a link narrows the list to beside the shared filters: a county, a session, a light, a
helper, a due day, nobody.

Keys of their own: a shared filter would stay set on the page the link came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dashboard.reads import Choices, Filters
from supervision.vocabulary import Light

ROW_KEYS = ("at", "meeting", "lamp", "help", "due", "nobody")
NOBODY = {
    "department_id": "牵头单位不明",
    "unit_id": "县(区)不明",
    "session_id": "不属于面对面场次",
}
"""Column of the facts → what it means that it names nothing."""
_DAY = len("2026-01-01")


def narrowed_to_rows(
    filters: Filters, url: Mapping[str, str], names: Choices
) -> tuple[Filters, list[str]]:
    """The filters narrowed by what the address says, and Chinese phrases for it."""
    told = []
    if (unit := _known(url.get("at"), names.units)) is not None:
        filters = replace(filters, units=(unit,))
        told.append(names.units[unit])
    if (session := _known(url.get("meeting"), names.sessions)) is not None:
        filters = replace(filters, sessions=(session,))
        told.append(names.sessions[session])
    if (light := url.get("lamp", "")) in list(Light):
        filters = replace(filters, lights=(light,))
        told.append(Light(light).label)
    if (helper := _known(url.get("help"), names.departments)) is not None:
        filters = replace(filters, helper=helper)
        told.append(f"{names.departments[helper]}协办")
    if (day := _day(url.get("due", ""))) is not None:
        filters = replace(filters, due_on=day)
        told.append(f"{day:%Y-%m-%d} 到期、尚未反馈")
    if (column := url.get("nobody", "")) in NOBODY:
        filters = replace(filters, without=(column,))
        told.append(NOBODY[column])
    return filters, told


def _known(asked: str | None, names: Mapping[int, str]) -> int | None:
    return next((key for key in names if str(key) == asked), None)


def _day(asked: str) -> date | None:
    try:
        return date.fromisoformat(asked) if len(asked) == _DAY else None
    except ValueError:
        return None
