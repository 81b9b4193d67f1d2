"""The verdict on a file for machines (ledger-contract.md's JSON) and for a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from data_access.ledger_import.field_names import SIXTEEN
from data_access.ledger_import.model import Flag, JudgedLedger, LedgerRow
from supervision.vocabulary import LedgerStatus, Severity

_ROWS_SHOWN = 40
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def report(judged: JudgedLedger, kept: Sequence[Flag] = ()) -> dict[str, Any]:
    """An accepted file: the sixteen fields of every row, all flags, all rows left out.

    `kept` are the notices of what the store does not take from it.
    """
    flags = [*judged.flags, *kept]
    return {
        "file": judged.file_name,
        "sha256": judged.sha256,
        "outcome": "accepted",
        "message": _summary(len(judged.rows), flags),
        "rows": [_row(row) for row in judged.rows],
        "flags": [_flag(flag) for flag in flags],
        "left_out": [
            {"sheet": left.sheet, "row": left.row, "reason": left.reason}
            for left in judged.left_out
        ],
    }


def refusal_report(file_name: str, sha256: str, message: str) -> dict[str, Any]:
    """A rejected file in the same shape: `message` says what is wrong and what to do."""
    return {
        "file": file_name,
        "sha256": sha256,
        "outcome": "rejected",
        "message": message,
        "rows": [],
        "flags": [],
        "left_out": [],
    }


def exit_status(outcome: dict[str, Any]) -> int:
    """0 accepted, 1 accepted with error flags, 2 rejected."""
    if outcome["outcome"] == "rejected":
        return 2
    return int(any(flag["severity"] == Severity.ERROR.value for flag in outcome["flags"]))


def _summary(items: int, flags: Sequence[Flag]) -> str:
    counts = {severity: sum(flag.severity == severity for flag in flags) for severity in Severity}
    told = "，".join(
        f"{counts[severity]}处{severity.label}" for severity in Severity if counts[severity]
    )
    return f"读出{items}件事项，{told or '没有发现问题'}。"


def _row(row: LedgerRow) -> dict[str, Any]:
    fields = {name: _value(name, getattr(row, name)) for name in SIXTEEN}
    return {**fields, "source": {"sheet": row.source.sheet, "row": row.source.row}}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if name == "status" and value is not None:
        return LedgerStatus(value).label
    return value


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "sheet": flag.sheet,
        "row": flag.row,
        "cell": flag.cell,
        "number": flag.number,
        "field": flag.field,
        "severity": flag.severity.value,
        "code": flag.code,
        "message": flag.message,
        "candidates": list(flag.candidates),
    }


def plain_text(outcome: dict[str, Any]) -> str:
    """The same verdict as Chinese lines for a terminal; ledger text on one line each."""
    verdict = "未通过" if outcome["outcome"] == "rejected" else "通过"
    lines = [f"{_one_line(outcome['file'])}：{verdict}。{outcome['message']}"]
    for row in outcome["rows"][:_ROWS_SHOWN]:
        source = row["source"]
        lead = row["lead_departments"][0] if row["lead_departments"] else "牵头单位待核"
        lines.append(
            f"  {_one_line(source['sheet'])}第{source['row']}行　{_one_line(row['number'])}　"
            f"{_one_line(row['title'] or row['content'])[:24]}　{lead}　"
            f"反馈期限{row['due_on'] or '无'}　{row['status'] or '状态未填'}"
        )
    if len(outcome["rows"]) > _ROWS_SHOWN:
        lines.append(f"  ……另有{len(outcome['rows']) - _ROWS_SHOWN}件")
    for flag in outcome["flags"]:
        choices = f"可选：{'、'.join(flag['candidates'])}" if flag["candidates"] else ""
        label = Severity(flag["severity"]).label
        lines.append(f"  [{label}] {_one_line(flag['message'])}{choices}")
    lines += [
        f"  [未取用] {_one_line(left['sheet'])}第{left['row']}行：{left['reason']}"
        for left in outcome["left_out"]
    ]
    return "\n".join(lines)


def _one_line(text: str | None) -> str:
    return _CONTROL.sub(" ", text or "")
