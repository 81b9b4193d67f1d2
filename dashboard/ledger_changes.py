"""What storing a ledger would change, as frames; and what a person's choices become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from dashboard.acts import Hints, ImportPlan, PlannedRow, shown_value
from dashboard.ledger_frames import FIELD_OF, MOST_SHOWN
from dashboard.parts.ledger_tables import row_place
from dashboard.parts.ledger_views import NOT_TAKEN, Changes, SheetView
from dashboard.reads import FIELD_LABELS
from supervision.vocabulary import RowOutcome

ROW_COLUMNS = ("place", "number", "title", "lead", "unit", "township", "due_on", "reason")
SIMILAR_COLUMNS = ("place", "title", "likeness", "item_id")
UPDATE_COLUMNS = ("place", "number", "title", "field", "before", "after")
# Fields of which an item has one value: two columns cannot both tell it.
_ONLY_ONCE = frozenset(
    {"number", "title", "content", "county", "township", "lead_departments", "received_on",
     "assigned_on", "due_on", "feedback_on", "closed_on", "satisfaction"}
)  # fmt: skip


def changes(plan: ImportPlan) -> Changes:
    """The plan's rows by outcome, each table cut at MOST_SHOWN rows."""
    return Changes(
        new=_rows(plan, RowOutcome.NEW),
        updated=_updates(plan),
        unchanged=_rows(plan, RowOutcome.UNCHANGED),
        refused=_rows(plan, RowOutcome.REFUSED),
        counts={outcome.label: plan.count(outcome) for outcome in RowOutcome},
        vanished=tuple(plan.vanished),
        similar=_similar(plan),
        uncompared=plan.uncompared,
    )


def _similar(plan: ImportPlan) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (_place(entry), _title(entry), f"{entry.like.per_cent}%", entry.like.item)
            for entry in plan.rows
            if entry.like is not None
        ][:MOST_SHOWN],
        columns=list(SIMILAR_COLUMNS),
    )


def _chosen(plan: ImportPlan, outcome: RowOutcome) -> Iterable[PlannedRow]:
    return [entry for entry in plan.rows if entry.outcome == outcome]


def _place(entry: PlannedRow) -> str:
    return row_place(entry.row.source.sheet, entry.row.source.row)


def _rows(plan: ImportPlan, outcome: RowOutcome) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (
                _place(entry),
                entry.row.number,
                entry.row.title or entry.row.content,
                "、".join(entry.row.lead_departments),
                entry.row.county,
                entry.row.township,
                entry.row.due_on,
                entry.reason,
            )
            for entry in list(_chosen(plan, outcome))[:MOST_SHOWN]
        ],
        columns=list(ROW_COLUMNS),
    )


def _updates(plan: ImportPlan) -> pd.DataFrame:
    told: list[tuple[object, ...]] = []
    for entry in _chosen(plan, RowOutcome.UPDATED):
        if len(told) >= MOST_SHOWN:
            break
        if entry.opens_round is not None:
            words = f"开始第 {entry.opens_round} 轮办理"
            told.append((_place(entry), entry.row.number, _title(entry), "轮次", "", words))
        told += [
            (
                _place(entry),
                entry.row.number,
                _title(entry),
                FIELD_LABELS[change.field],
                shown_value(change.field, change.before, plan.lookups),
                shown_value(change.field, change.after, plan.lookups),
            )
            for change in entry.changes
        ]
    return pd.DataFrame(told, columns=list(UPDATE_COLUMNS))


def _title(entry: PlannedRow) -> str | None:
    return entry.row.title or entry.row.content


def refused_mapping(view: SheetView, meanings: Mapping[int, str]) -> str | None:
    """Why these meanings (0-based column → word) cannot be taken, in one sentence, or None."""
    told: dict[str, list[str]] = {}
    for column in view.columns:
        word = meanings.get(column.column, column.meaning)
        if FIELD_OF.get(word) in _ONLY_ONCE:
            told.setdefault(word, []).append(column.letter)
    for word, letters in told.items():
        if len(letters) > 1:
            return f"“{word}”选给了 {'、'.join(letters)} 列，请只留一列，其余改为“{NOT_TAKEN}”。"
    return None


def take_mapping(hints: Hints, sheet: str, meanings: Mapping[int, str]) -> None:
    """Keep what each column (0-based) means; words that nobody offered are not taken."""
    chosen = {
        column: FIELD_OF.get(word)
        for column, word in meanings.items()
        if word in FIELD_OF or word == NOT_TAKEN
    }
    hints.mapping[sheet] = {**hints.mapping.get(sheet, {}), **chosen}


def take_header(
    hints: Hints, sheet: str, header: tuple[int, ...] | None, *, sheets: tuple[str, ...]
) -> None:
    """Keep which sheets are taken and where this sheet's header stands (None: find it)."""
    before = hints.header_rows.pop(sheet, None)
    if header:
        hints.header_rows[sheet] = header
    if before != header:
        # Columns were chosen under another header.
        hints.mapping.pop(sheet, None)
    hints.sheets = sheets


def take_answers(hints: Hints, answers: Mapping[tuple[str, str], str]) -> None:
    """Keep what names mean: (departments or townships, as printed) → name or code."""
    for (kind, printed), value in answers.items():
        known = hints.departments if kind == "departments" else hints.townships
        known[printed] = value
