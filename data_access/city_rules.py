"""What each city decides for itself: how working days are counted, what is 临期, how many points
an answer gives.

Kept in `settings`; `data_access.writes.city_rule` changes them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from data_access.database import reading
from data_access.loop_rules import LOOP_RULES, loop_rules
from data_access.schema.base import settings
from supervision.deadlines import DUE_SOON_WORKING_DAYS
from supervision.satisfaction import EXAMPLE, HOW_TO_WRITE, Points, points_of
from supervision.working_days import Convention

MOST_DUE_SOON = 30


@dataclass(frozen=True, slots=True)
class CityRule:
    """One rule: its name for commands, what it says, its value, what may be written."""

    name: str
    label: str
    value: str
    words: str
    allowed: str


CONVENTION, DUE_SOON = "deadline_convention", "due_soon_working_days"
SATISFACTION_POINTS = "satisfaction_points"


def deadline_convention(connection: Connection) -> Convention:
    """Which day of a limit is the first."""
    return Convention(_stored(connection, CONVENTION) or Convention.DAY_AFTER)


def due_soon_working_days(connection: Connection) -> int:
    """临期: how many working days ahead."""
    return int(_stored(connection, DUE_SOON) or DUE_SOON_WORKING_DAYS)


def satisfaction_points(connection: Connection) -> tuple[Points, ...]:
    """满意度得分: every dated set of the city, oldest first; none until it decides."""
    lines = (_stored(connection, SATISFACTION_POINTS) or "").splitlines()
    return tuple(points for line in lines if (points := points_of(line)) is not None)


def city_rules(engine: Engine) -> list[CityRule]:
    """Every rule as it stands."""
    with reading(engine) as connection:
        loop = loop_rules(connection)
        convention, days = deadline_convention(connection), due_soon_working_days(connection)
        sets = satisfaction_points(connection)
    return [
        CityRule(CONVENTION, "反馈期限的起算", convention.value, convention.label,
                 "、".join(f"{choice.value}（{choice.label}）" for choice in Convention)),
        CityRule(DUE_SOON, "临期的工作日数", str(days), f"{days}个工作日内到期（含当日）为临期",
                 f"1 到 {MOST_DUE_SOON} 的整数"),
        CityRule(SATISFACTION_POINTS, "满意度得分的分值",
                 "；".join(points.line() for points in sets) or EXAMPLE.source,
                 "；".join(f"{points.valid_from:%Y-%m-%d}起{points.words()}" for points in sets)
                 or f"示例（本市尚未规定）：{EXAMPLE.words()}", HOW_TO_WRITE),
        *(
            CityRule(name, rule.label, str(value := getattr(loop, name)), rule.words.format(value),
                     f"{rule.least} 到 {rule.most} 的整数")
            for name, rule in LOOP_RULES.items()
        ),
    ]  # fmt: skip


def _stored(connection: Connection, name: str) -> str | None:
    value = connection.execute(select(settings.c.value).where(settings.c.name == name)).scalar()
    return str(value) if value is not None else None
