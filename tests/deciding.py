"""A rule of the city decided as a test needs it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from data_access.writes.city_rule import RuleChange, RuleEffect, decide_rule
from tests.factories import SUPERVISOR, TODAY


def rule_change(name: str, value: str, **said: Any) -> RuleChange:
    """A change from TODAY on, by a document."""
    return RuleChange(name, value, **{"valid_from": TODAY, "basis": "某文件", **said})


def decide(engine: Engine, name: str, value: str, **said: Any) -> RuleEffect:
    """Decide it as a supervisor of the whole city."""
    wanted = rule_change(name, value, **said)
    return decide_rule(engine, wanted, viewer=SUPERVISOR, as_of=TODAY)
