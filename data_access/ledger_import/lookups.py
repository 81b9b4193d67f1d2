"""From the words of a ledger to the keys of the store, and back for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select

from data_access.ledger_import.model import LedgerRow
from data_access.schema.registers import (
    departments,
    divisions,
    face_to_face_sessions,
    reporting_units,
    terms,
)
from supervision.vocabulary import (
    CoRole,
    DivisionLevel,
    LedgerStatus,
    Resolution,
    Satisfaction,
    Worded,
)

_LABELS: dict[str, type[Worded]] = {
    "satisfaction": Satisfaction,
    "process_satisfaction": Satisfaction,
    "resolved": Resolution,
    "resolved_by_unit": Resolution,
    "status": LedgerStatus,
}


def _values(words: type[Worded]) -> dict[str, str]:
    return {name: word.value for word in words for name in (word.value, word.label)}


_SATISFACTIONS, _STATUSES = _values(Satisfaction), _values(LedgerStatus)


def _each_once(beside: Iterable[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    found: dict[int, str] = {}
    for key, role in beside:
        found.setdefault(key, role)
    return tuple(found.items())


class Lookups:
    """Keys of departments, places, sessions and terms, read once per import.

    Words that are not in the store yet (a new theme, a new category) get keys that
    `store_new` inserts; departments and places are never made up.
    """

    def __init__(self, connection: Connection) -> None:
        self._units = {
            name: key
            for key, name in connection.execute(
                select(reporting_units.c.id, reporting_units.c.name)
            )
        }
        known = connection.execute(
            select(departments.c.id, departments.c.name, departments.c.successor_id)
        ).all()
        self._departments = {row.name: row.id for row in known}
        self._successor = {row.id: row.successor_id for row in known if row.successor_id}
        self._read_townships(connection)
        self._read_sessions(connection)
        words = connection.execute(select(terms)).all()
        self._terms = {(row.kind, row.name): row.stands_for_id or row.id for row in words}
        self._words: dict[int, str] = {row.id: row.name for row in words}
        self._next_term = max(self._words, default=0) + 1
        self._new_terms: list[dict[str, Any]] = []
        self._new_sessions: list[dict[str, Any]] = []

    def _read_townships(self, connection: Connection) -> None:
        counties = dict(
            connection.execute(
                select(divisions.c.code, divisions.c.name).where(
                    divisions.c.level == DivisionLevel.COUNTY
                )
            ).all()
        )
        units = {key: name for name, key in self._units.items()}
        self._township_unit: dict[str, int] = {}
        self._township_name: dict[str, str] = {}
        self._first_name: dict[str, str] = {}
        self._townships: dict[tuple[str, str | None], str] = {}
        names: dict[str, list[str]] = {}
        for row in connection.execute(
            select(divisions).where(divisions.c.level == DivisionLevel.TOWNSHIP)
        ):
            self._township_unit[row.code] = row.reporting_unit_id
            self._township_name[row.code] = row.name
            if row.first_name is not None:
                self._first_name[row.code] = row.first_name
            if row.valid_to is not None:
                # Its name may be another's by now; what is stored still tells it.
                continue
            names.setdefault(row.name, []).append(row.code)
            self._townships[row.name, counties[row.parent_code]] = row.code
            self._townships[row.name, units[row.reporting_unit_id]] = row.code
        for name, codes in names.items():
            if len(codes) == 1:
                self._townships[name, None] = codes[0]

    def _read_sessions(self, connection: Connection) -> None:
        self._sessions: dict[str, list[tuple[date | None, int]]] = {}
        for row in connection.execute(select(face_to_face_sessions)):
            self._sessions.setdefault(row.theme, []).append((row.held_on, row.id))
        keys = [key for held in self._sessions.values() for _, key in held]
        self._next_session = max(keys, default=0) + 1

    def township(self, name: str | None, county: str | None) -> str | None:
        """The code of a township; None where the county does not settle which one."""
        if name is None:
            return None
        return self._townships.get((name, county)) or self._townships.get((name, None))

    def place_of(self, row: LedgerRow) -> str:
        """The place that recognises an item: a renamed township's by its first name."""
        if self._first_name:
            first = self._first_name.get(self.township(row.township, row.county) or "")
            if first is not None:
                return first
        return row.township or row.county or ""

    def unit_of(self, township_code: str | None, county: str | None) -> int | None:
        """The reporting unit: the township's own (临江镇 → 江东新区), else the county's."""
        if township_code is not None:
            return self._township_unit[township_code]
        return self._units.get(county) if county else None

    def department(self, name: str | None) -> int | None:
        """The key of a department of the register; None for a name that is not in it."""
        return self._departments.get(name) if name else None

    def as_it_was(self, stored: Mapping[str, Any], said: dict[str, Any]) -> None:
        """Leave a round with the department that was merged since, where the row names its
        successor: a ledger sent again must not rewrite who did the work then.
        """
        lead, now = stored.get("lead_departments"), said.get("lead_departments")
        if lead is not None and self._successor.get(lead) == now:
            said["lead_departments"] = lead
        beside = stored.get("co_departments")
        if beside and _each_once(
            (self._successor.get(key, key), role) for key, role in beside
        ) == said.get("co_departments"):
            said["co_departments"] = beside

    def co_departments(self, row: LedgerRow) -> tuple[tuple[int, str], ...]:
        """Joint leads first, then co-departments, each once, only those in the register."""
        found: dict[int, str] = {}
        for name in row.lead_departments[1:]:
            key = self.department(name)
            if key is not None:
                found.setdefault(key, CoRole.JOINT_LEAD.value)
        for name in row.co_departments:
            key = self.department(name)
            if key is not None:
                found.setdefault(key, CoRole.CO.value)
        return tuple(found.items())

    def session(self, theme: str | None, near: date | None) -> int | None:
        """The session of that theme held last before `near`, else the theme's first."""
        if theme is None:
            return None
        held = self._sessions.get(theme)
        if held is None:
            key, self._next_session = self._next_session, self._next_session + 1
            self._sessions[theme] = [(None, key)]
            self._new_sessions.append({"id": key, "theme": theme})
            return key
        before = [(on, key) for on, key in held if on is not None and near and on <= near]
        return max(before)[1] if before else held[0][1]

    def term(self, kind: str, name: str | None) -> int | None:
        """The key of a dictionary word, new ones included."""
        if name is None:
            return None
        key = self._terms.get((kind, name))
        if key is None:
            key = self._terms[kind, name] = self._next_term
            self._next_term += 1
            self._words[key] = name
            self._new_terms.append({"id": key, "kind": kind, "name": name})
        return key

    def store_new(self, connection: Connection, batch: int) -> None:
        """Insert the words met for the first time since the last call, as the batch's own."""
        for table, new in ((terms, self._new_terms), (face_to_face_sessions, self._new_sessions)):
            if new:
                connection.execute(
                    insert(table), [{**row, "created_batch_id": batch} for row in new]
                )
                new.clear()

    @staticmethod
    def satisfaction(word: str | None) -> str | None:
        """The stored answer for a Chinese word; percentages and points have none."""
        return _SATISFACTIONS.get(word) if word else None

    @staticmethod
    def ledger_status(word: str | None) -> str | None:
        """The stored status for one of the contract's six words."""
        return _STATUSES.get(word) if word else None

    def words(self, field: str, value: Any) -> str:
        """A stored key as people read it."""
        if field in _LABELS:
            return _LABELS[field](value).label
        if field == "co_departments":
            return "、".join(self._name(self._departments, key) for key, _ in value)
        names: dict[str, dict[Any, Any]] = {
            "lead_departments": self._departments,
            "county": self._units,
        }
        if field in names:
            return self._name(names[field], value)
        if field == "township":
            return self._township_name.get(value, str(value))
        if field in ("category", "origin"):
            return self._words.get(int(value), "")
        if field == "session_theme":
            return self._theme(value)
        return str(value)

    def _theme(self, key: int) -> str:
        for theme, held in self._sessions.items():
            if any(known == key for _, known in held):
                return theme
        return ""

    @staticmethod
    def _name(names: dict[Any, Any], key: Any) -> str:
        return next((name for name, known in names.items() if known == key), "")
