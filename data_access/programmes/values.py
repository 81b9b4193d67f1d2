"""What an entry tells, between the store's JSON and the rules' days and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from supervision.programme_figures import Entry, Value
from supervision.programmes import FieldKind, Programme

_VALUES = msgspec.json.Decoder(dict[str, str | int])
_DAYS = msgspec.json.Decoder(dict[str, date])


def encoded(values: Mapping[str, Any]) -> str:
    """Columns in a fixed order, days as ISO."""
    return msgspec.json.encode(dict(sorted(values.items()))).decode()


def decoded(programme: Programme, told: str) -> dict[str, Value]:
    """The columns that the definition still has, each as its kind says; others are left out."""
    return _as_told(kinds_of(programme), told)


def kinds_of(programme: Programme) -> dict[str, FieldKind]:
    """Column → kind."""
    return {one.name: one.kind for one in programme.fields}


def _as_told(kinds: Mapping[str, FieldKind], told: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in _VALUES.decode(told).items():
        kind = kinds.get(name)
        if kind is FieldKind.DAY:
            day = day_of(value)
            if day is not None:
                found[name] = day
        elif kind is FieldKind.COUNT:
            if isinstance(value, int):
                found[name] = value
        elif kind is not None:
            found[name] = str(value)
    return found


def day_of(value: object) -> date | None:
    """An ISO day; None for a text that a column of another kind has left."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def days(told: str) -> dict[str, date]:
    """Clock → day."""
    return _DAYS.decode(told)


def entry_of(kinds: Mapping[str, FieldKind], row: Any) -> Entry:
    """A row of programme_entries."""
    return Entry(
        row.id,
        _as_told(kinds, row.told),
        days(row.dues),
        row.reporting_unit_id,
        int(row.township_code) if row.township_code else None,
        row.department_id,
    )
