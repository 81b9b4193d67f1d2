"""An item's history in plain sentences: who did what, when, why, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.loop_reads import ActLine
from dashboard.parts.lists import time_line
from dashboard.parts.rows import actor_told
from dashboard.reads import ItemHistory, changed_fields
from supervision.audit_words import act_told

_TOLD_BY_THE_ACT = frozenset({"说明", "佐证材料"})
"""Fields of an audit row that the act's own line says already."""


def story(history: ItemHistory, acts: Sequence[ActLine]) -> None:
    """What happened to the item, newest first: the trail's rows, in the acts' own words."""
    lines = _paired(history.audit, acts)
    time_line(
        (f"{row['at']:%Y-%m-%d %H:%M}", _who(row, line), _told(row, line))
        for row, line in reversed(lines)
    )


def _paired(
    rows: Sequence[dict[str, Any]], acts: Sequence[ActLine]
) -> list[tuple[dict[str, Any], ActLine | None]]:
    """Each row of the trail with the act that wrote it; rows of ledgers have none."""
    waiting, paired = list(acts), []
    for row in rows:
        line = next(
            (one for one in waiting if (one.act, one.account) == (row["act"], row["actor"])), None
        )
        if line is not None:
            waiting.remove(line)
        paired.append((row, line))
    return paired


def _who(row: dict[str, Any], line: ActLine | None) -> str:
    if line is None:
        return actor_told(row["actor"])
    return f"{line.department}，{line.who}" if line.department else line.who


def _told(row: dict[str, Any], line: ActLine | None) -> str:
    if line is None:
        what, why = act_told(row["act"]), row["reason"]
    else:
        what = line.act_words + ("（已撤销）" if line.undone else "")
        why = "；".join(part for part in (line.reason, line.words) if part)
    parts = [f"{what}：{why}" if why else what]
    if line is not None and line.evidence:
        parts.append("佐证材料：" + "、".join(line.evidence))
    if row["before"] is not None:
        parts += [
            f"{name} {before} → {after}" if before != _EMPTY else f"{name}：{after}"
            for name, before, after in changed_fields(row["before"], row["after"])
            if line is None or name not in _TOLD_BY_THE_ACT
        ]
    return "\n".join(parts)


_EMPTY = "（空）"
