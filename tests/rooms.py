"""Who may import whom (docs/decisions/0001): the rooms as data, and the reader of imports."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass

TERMINAL = (
    "dashboard.account_commands",
    "dashboard.audit_commands",
    "dashboard.city_commands",
    "dashboard.city_parsers",
    "dashboard.commands",
    "dashboard.figure_commands",
    "dashboard.geo_commands",
    "dashboard.hotline_commands",
    "dashboard.item_commands",
    "dashboard.ledger_commands",
    "dashboard.ledger_parsers",
    "dashboard.privacy_commands",
    "dashboard.programme_commands",
    "dashboard.programme_parsers",
    "dashboard.rule_commands",
    "dashboard.rule_parsers",
)
"""The face for people at a terminal: it has no pages to go through."""

DOORS = (
    "dashboard.reads",
    "dashboard.acts",
    "dashboard.item_acts",
    "dashboard.loop_reads",
    "dashboard.form_reads",
    "dashboard.notice_reads",
    "dashboard.map_acts",
    "dashboard.map_reads",
    "dashboard.leader_reads",
    "dashboard.meeting_acts",
    "dashboard.meeting_reads",
    "dashboard.problem_acts",
    "dashboard.township_reads",
    "dashboard.programme_acts",
    "dashboard.programme_reads",
    "dashboard.quality_reads",
    "dashboard.register_acts",
    "dashboard.rule_acts",
    "dashboard.rule_reads",
    "dashboard.return_acts",
    "dashboard.view_acts",
    "dashboard.identity",
    "dashboard.engine",
)
"""The only modules of the pages' face that know the store."""

PICTURES = tuple(
    f"dashboard.parts.{name}"
    for name in ("charts", "chart_specs", "rate_charts", "rate_specs", "answer_charts",
                 "answer_specs", "heat_charts", "heat_specs", "hotline_charts", "hotline_specs",
                 "milestone_charts", "milestone_specs", "plan_charts", "plan_specs", "trend",
                 "trend_charts", "trend_specs",
                 "maps", "map_scales", "map_shelf", "map_specs", "map_deck", "map_words",
                 "base_map", "honeycomb", "village_points", "zones")
)  # fmt: skip
"""Frame in, chart out: slides and tests draw them without a server."""


@dataclass(frozen=True, slots=True)
class Wall:
    """What the modules of a room must never import, and what to do instead."""

    rooms: tuple[str, ...]
    never: tuple[str, ...]
    remedy: str
    but: tuple[str, ...] = ()


WALLS = (
    Wall(
        rooms=("data_access",),
        never=("dashboard", "streamlit", "altair", "pydeck", "pptx", "docx"),
        remedy="the store hands out frames and records; pictures are made in dashboard",
    ),
    Wall(
        rooms=("data_access",),
        never=("sample_data",),
        remedy="only data_access.sample fills a store with the sample city",
        but=("data_access.sample", "data_access.sample_meetings"),
    ),
    Wall(
        rooms=("data_access.facts", "data_access.figures", "data_access.measures",
               "data_access.answers", "data_access.disputes", "data_access.told_by_ledgers",
               "data_access.filters", "data_access.figure_columns",
               "data_access.quality_conditions", "data_access.quality_questions",
               "data_access.reads"),
        never=("data_access.writes", "data_access.ledger_import"),
        remedy="asking must not be able to change: move what both need below both",
    ),
    Wall(
        rooms=("sample_data",),
        never=("dashboard", "data_access.writes", "data_access.ledger_import", "sqlalchemy"),
        remedy="the sample city writes files; they come in by the door everyone uses",
    ),
    Wall(
        rooms=("dashboard",),
        never=("sqlalchemy", "data_access", "sample_data"),
        remedy="ask through dashboard.reads, do through dashboard.acts, item_acts, register_acts",
        but=DOORS + TERMINAL,
    ),
    Wall(
        rooms=("dashboard.parts", "dashboard.briefing"),
        never=("dashboard.app_pages", "dashboard.app"),
        remedy="pages use parts, never the other way round",
    ),
    Wall(
        rooms=("dashboard.parts", "dashboard.briefing"),
        never=("dashboard.acts", "dashboard.item_acts", "dashboard.register_acts",
               "dashboard.return_acts", "dashboard.rule_acts", "dashboard.view_acts",
               "dashboard.programme_acts", "dashboard.problem_acts",
               "dashboard.meeting_acts", "dashboard.map_acts"),
        remedy="only parts.forms turns a click into an act",
        but=("dashboard.parts.forms",),
    ),
    Wall(
        rooms=(*PICTURES, "dashboard.briefing"),
        never=("streamlit", "dashboard.reads", "dashboard.leader_reads", "dashboard.loop_reads",
               "dashboard.notice_reads", "dashboard.township_reads",
               "dashboard.acts", "dashboard.item_acts", "dashboard.quality_reads",
               "dashboard.register_acts", "dashboard.return_acts", "dashboard.rule_acts",
               "dashboard.rule_reads", "dashboard.view_acts", "dashboard.programme_acts",
               "dashboard.programme_reads", "dashboard.problem_acts", "dashboard.meeting_acts",
               "dashboard.meeting_reads", "dashboard.map_acts", "dashboard.map_reads"),
        remedy="take a frame and return a chart or bytes; the page draws or offers it",
    ),
)  # fmt: skip


def imports(module: str, source: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that this module's source imports, wherever it does."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            # What is named may be a module itself: `from data_access import writes`.
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)
        elif _imports_by_name(node):
            assert isinstance(node, ast.Call)
            assert isinstance(node.args[0], ast.Constant)
            yield node.lineno, str(node.args[0].value)


def _imports_by_name(node: ast.AST) -> bool:
    if (
        not isinstance(node, ast.Call)
        or not node.args
        or not isinstance(node.args[0], ast.Constant)
    ):
        return False
    called = (
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    )
    return called in {"import_module", "__import__"}


def within(name: str, rooms: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of these rooms or stands inside one."""
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def breaches(module: str, source: str) -> list[str]:
    """One sentence for each import that goes through a wall."""
    found = []
    for line, name in imports(module, source):
        found += [
            f"{module}:{line} imports {name}: {wall.remedy}"
            for wall in WALLS
            if within(module, wall.rooms) and not within(module, wall.but)
            if within(name, wall.never)
        ]
        if within(module, ("supervision",)) and not _is_rule_or_standard(name):
            found.append(f"{module}:{line} imports {name}: the rules stand on Python alone")
        if within(module, ("tests",)) and any(
            part.startswith("test_") or part == "conftest" for part in name.split(".")[:-1]
        ):
            found.append(f"{module}:{line} imports {name}: move what both need to tests/factories")
    return found


def _is_rule_or_standard(name: str) -> bool:
    first = name.split(".")[0]
    return first == "supervision" or first in sys.stdlib_module_names
