"""Headings whose meaning only their values tell: 完成时间, 办理情况, 完成情况."""

from __future__ import annotations

from collections.abc import Callable, Container

from data_access.ledger_import.columns import Columns, HeadingFault, shown_heading
from data_access.ledger_import.field_names import LABELS
from data_access.ledger_import.values import has_boxes, status_of
from supervision.vocabulary import Severity

_LIMIT_WORDS = ("前", "底", "长期", "持续", "工作日", "立行", "旬", "季度")
LONGEST_STATUS = 12


def settle_by_values(
    columns: Columns,
    headings: dict[int, str],
    texts: Callable[[int], list[str]],
    *,
    decided: Container[int],
) -> None:
    """`texts` gives a column's first texts; columns `decided` by a person stay as they are."""
    if columns.done_or_due is not None and columns.done_or_due not in decided:
        _done_or_due(columns, headings, texts(columns.done_or_due))
    for name in ("feedback_text", "progress"):
        column = columns.column(name)
        if column is not None and column not in decided and not _has_status(columns):
            _maybe_status(columns, headings, column, texts(column))
    column = columns.column("status")
    if column is not None and column not in decided and not columns.has("feedback_text"):
        _maybe_text(columns, headings, column, texts(column))


def _has_status(columns: Columns) -> bool:
    return any((name or "").startswith("status") for name in columns.fields.values())


def _done_or_due(columns: Columns, headings: dict[int, str], values: list[str]) -> None:
    """完成时间 without a limit column: 9月底前, 长期坚持 and the like show that it is one."""
    column = columns.done_or_due
    assert column is not None
    worded = any(mark in value for value in values for mark in _LIMIT_WORDS)
    name = "due_on" if worded else "closed_on"
    columns.fields[column] = name
    columns.asked[column] = ("due_on", "closed_on")
    say = f"按{LABELS[name]}读取，请核对是期限还是实际完成日期"
    _tell(columns, column, headings, name, Severity.WARNING, say)


def _maybe_status(
    columns: Columns, headings: dict[int, str], column: int, values: list[str]
) -> None:
    """办理情况 that holds nothing but 已办结 and 办理中 is a status."""
    if values and all(_is_status(value) for value in values):
        columns.fields[column] = "status"
        columns.asked[column] = ("status", "feedback_text")
        _tell(columns, column, headings, "status", Severity.NOTICE, "填的都是状态，按办理状态读取")


def _maybe_text(columns: Columns, headings: dict[int, str], column: int, values: list[str]) -> None:
    """完成情况 that holds sentences is what the unit wrote, no status."""
    sentences = sum(len(value) > LONGEST_STATUS and not has_boxes(value) for value in values)
    if "情况" in headings.get(column, "") and sentences * 2 > len(values):
        columns.fields[column] = "feedback_text"
        columns.asked[column] = ("feedback_text", "status")
        say = "填的多是文字说明，按书面反馈读取"
        _tell(columns, column, headings, "feedback_text", Severity.NOTICE, say)


def _is_status(text: str) -> bool:
    return len(text) <= LONGEST_STATUS and status_of(text).code is None


def _tell(
    columns: Columns,
    column: int,
    headings: dict[int, str],
    name: str,
    severity: Severity,
    say: str,
) -> None:
    heading = shown_heading(headings, column)
    columns.faults.append(
        HeadingFault(column, name, "heading-asked", severity, f"栏目“{heading}”{say}")
    )
