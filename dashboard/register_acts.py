"""The door for keeping the registers: units, places, words, sessions.

Like `dashboard.acts`: each act requires its right, raises the change number and is audited.
"""

from __future__ import annotations

from datetime import date

from dashboard.engine import engine
from dashboard.identity import require
from data_access.dictionary import TermKind
from data_access.writes import (
    department_merge,
    departments,
    dictionary,
    face_to_face,
    place_merge,
    places,
)
from data_access.writes.department_merge import Merged
from data_access.writes.departments import DepartmentWanted
from data_access.writes.face_to_face import SessionWanted
from data_access.writes.place_merge import PlaceMerged
from supervision.registers import RegisterRefused, Validity
from supervision.rights import Right
from supervision.scope import Viewer

__all__ = [
    "DepartmentWanted", "Merged", "PlaceMerged", "RegisterRefused", "SessionWanted", "TermKind",
    "Validity",
]  # fmt: skip


def add_department(
    name: str, wanted: DepartmentWanted, *, valid_from: date | None, viewer: Viewer
) -> int:
    """A new department of the register, or RegisterRefused."""
    require(viewer, Right.MANAGE_REGISTERS)
    return departments.add_department(engine(), name, wanted, valid_from=valid_from, viewer=viewer)


def rename_department(
    department_id: int, name: str, short_name: str, *, on: date, as_of: date, row_version: int,
    viewer: Viewer,
) -> None:  # fmt: skip
    """A new name from a day on."""
    require(viewer, Right.MANAGE_REGISTERS)
    departments.rename_department(
        engine(), department_id, name, short_name,
        on=on, as_of=as_of, row_version=row_version, viewer=viewer,
    )  # fmt: skip


def merge_department(
    department_id: int, into: int, *, on: date, as_of: date, row_version: int, viewer: Viewer
) -> Merged:
    """One department ends, another carries on."""
    require(viewer, Right.MANAGE_REGISTERS)
    return department_merge.merge_department(
        engine(), department_id, into,
        on=on, as_of=as_of, row_version=row_version, viewer=viewer,
    )  # fmt: skip


def describe_department(
    department_id: int, wanted: DepartmentWanted, *, row_version: int, viewer: Viewer
) -> None:
    """Another short name, peer group or reporting unit."""
    require(viewer, Right.MANAGE_REGISTERS)
    departments.describe_department(
        engine(), department_id, wanted, row_version=row_version, viewer=viewer
    )


def add_department_alias(department_id: int, name: str, valid: Validity, *, viewer: Viewer) -> None:
    """Another name by which ledgers call a department."""
    require(viewer, Right.MANAGE_REGISTERS)
    departments.add_alias(engine(), department_id, name, valid, viewer=viewer)


def end_department_alias(alias_id: int, *, last: date, viewer: Viewer) -> None:
    """The last day of such a name."""
    require(viewer, Right.MANAGE_REGISTERS)
    departments.end_alias(engine(), alias_id, last=last, viewer=viewer)


def rename_township(
    code: str, name: str, *, on: date, as_of: date, row_version: int, viewer: Viewer
) -> None:
    """A township's new name from a day on."""
    require(viewer, Right.MANAGE_REGISTERS)
    places.rename_township(
        engine(), code, name, on=on, as_of=as_of, row_version=row_version, viewer=viewer
    )


def link_township(code: str, leader: str, *, row_version: int, viewer: Viewer) -> None:
    """Who is linked to a township (联镇领导); no name: nobody."""
    require(viewer, Right.MANAGE_REGISTERS)
    places.link_township(engine(), code, leader, row_version=row_version, viewer=viewer)


def merge_township(
    code: str, into: str, *, on: date, as_of: date, row_version: int, viewer: Viewer
) -> PlaceMerged:
    """One township ends, another of its county carries on."""
    require(viewer, Right.MANAGE_REGISTERS)
    return place_merge.merge_township(
        engine(), code, into, on=on, as_of=as_of, row_version=row_version, viewer=viewer
    )


def end_place(code: str, *, last: date, as_of: date, row_version: int, viewer: Viewer) -> None:
    """The last day of a place."""
    require(viewer, Right.MANAGE_REGISTERS)
    places.end_place(engine(), code, last=last, as_of=as_of, row_version=row_version, viewer=viewer)


def add_place_alias(code: str, name: str, valid: Validity, *, viewer: Viewer) -> None:
    """Another name of a township."""
    require(viewer, Right.MANAGE_REGISTERS)
    places.add_place_alias(engine(), code, name, valid, viewer=viewer)


def end_place_alias(alias_id: int, *, last: date, viewer: Viewer) -> None:
    """The last day of such a name."""
    require(viewer, Right.MANAGE_REGISTERS)
    places.end_place_alias(engine(), alias_id, last=last, viewer=viewer)


def rename_term(term_id: int, name: str, *, seen: str, viewer: Viewer) -> None:
    """Call a category or origin otherwise."""
    require(viewer, Right.MANAGE_REGISTERS)
    dictionary.rename_term(engine(), term_id, name, seen=seen, viewer=viewer)


def merge_term(term_id: int, into: int, *, seen: str, viewer: Viewer) -> int:
    """One word for two; how many items took the other."""
    require(viewer, Right.MANAGE_REGISTERS)
    return dictionary.merge_term(engine(), term_id, into, seen=seen, viewer=viewer)


def enter_session(wanted: SessionWanted, *, viewer: Viewer) -> int:
    """A new face-to-face session."""
    require(viewer, Right.MANAGE_REGISTERS)
    return face_to_face.enter_session(engine(), wanted, viewer=viewer)


def correct_session(
    session_id: int, wanted: SessionWanted, *, row_version: int, viewer: Viewer
) -> None:
    """Set a session right."""
    require(viewer, Right.MANAGE_REGISTERS)
    face_to_face.correct_session(
        engine(), session_id, wanted, row_version=row_version, viewer=viewer
    )
