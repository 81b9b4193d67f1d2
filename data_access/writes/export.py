"""The audit row of rows that leave the program as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from data_access.database import recording
from data_access.ledger_import.personal import masked
from data_access.writes.record_audit import record_audit
from supervision.scope import Viewer


@dataclass(frozen=True, slots=True)
class Export:
    """What leaves: which list, narrowed by what (in words), how many rows, under which name."""

    title: str
    told: Sequence[str]
    rows: int
    file_name: str


def record_export(engine: Engine, export: Export, *, viewer: Viewer) -> None:
    """Take down who exports what; to be called before the bytes are handed out.

    A number that was searched for is told masked: audit rows are never taken away.
    """
    with recording(engine) as change:
        record_audit(
            change, viewer, act="export", entity="export", entity_id=None,
            after={
                "list": export.title,
                "filters": masked("；".join(export.told)) or "不限",
                "rows": export.rows,
                "file": export.file_name,
            },
        )  # fmt: skip
