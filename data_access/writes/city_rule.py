"""Deciding a rule of the city anew: an act like any other, with its audit row."""

from __future__ import annotations

from sqlalchemy import Engine, delete, insert

from data_access.city_rules import (
    CONVENTION,
    DUE_SOON,
    MOST_DUE_SOON,
    SATISFACTION_POINTS,
    CityRule,
    city_rules,
    satisfaction_points,
)
from data_access.database import transaction
from data_access.loop_rules import LOOP_RULES
from data_access.schema.base import settings
from data_access.writes.record_audit import record_audit
from supervision.satisfaction import Points, points_of
from supervision.scope import Viewer
from supervision.working_days import Convention

RULES = (CONVENTION, DUE_SOON, SATISFACTION_POINTS, *LOOP_RULES)


class RuleRefused(ValueError):
    """The rule or its value is none; the sentence says what may be written."""


def set_city_rule(engine: Engine, name: str, value: str, *, viewer: Viewer) -> CityRule:
    """Decide a rule anew; deadlines already given keep the convention they were given by.

    Points of answers are dated: a set is added, or takes the place of that day's.

    Raises RuleRefused for an unknown rule or a value that is none.
    """
    before = next((rule for rule in city_rules(engine) if rule.name == name), None)
    if before is None:
        raise RuleRefused(f"没有“{name[:40]}”这项规则，可用的有 {'、'.join(RULES)}。")
    if not _allowed(name, value):
        raise RuleRefused(f"{before.label}不能是“{value[:40]}”，可以写：{before.allowed}。")
    with transaction(engine) as change:
        if name == SATISFACTION_POINTS:
            value = _with_set(satisfaction_points(change.connection), value)
        change.connection.execute(delete(settings).where(settings.c.name == name))
        change.connection.execute(insert(settings).values(name=name, value=value))
        record_audit(
            change, viewer, act="set_rule", entity="setting", entity_id=0,
            before={name: before.value}, after={name: value},
        )  # fmt: skip
    return next(rule for rule in city_rules(engine) if rule.name == name)


def _with_set(sets: tuple[Points, ...], line: str) -> str:
    new = points_of(line)
    assert new is not None
    kept = {points.valid_from: points for points in (*sets, new)}
    return "\n".join(kept[day].line() for day in sorted(kept))


def _allowed(name: str, value: str) -> bool:
    if name == SATISFACTION_POINTS:
        return points_of(value) is not None
    if name == CONVENTION:
        return value in {choice.value for choice in Convention}
    loop = LOOP_RULES.get(name)
    least, most = (loop.least, loop.most) if loop is not None else (1, MOST_DUE_SOON)
    return value.isascii() and value.isdigit() and len(value) < 6 and least <= int(value) <= most
