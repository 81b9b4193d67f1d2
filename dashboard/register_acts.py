"""The door for keeping the registers: units, places, words, sessions.

Like `dashboard.acts`: each act requires its right, raises the change number and is audited.
"""

from __future__ import annotations

from dashboard.identity import behind
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

__all__ = [
    "DepartmentWanted", "Merged", "PlaceMerged", "RegisterRefused", "SessionWanted", "TermKind",
    "Validity",
]  # fmt: skip

add_department = behind(Right.MANAGE_REGISTERS, departments.add_department)
rename_department = behind(Right.MANAGE_REGISTERS, departments.rename_department)
merge_department = behind(Right.MANAGE_REGISTERS, department_merge.merge_department)
describe_department = behind(Right.MANAGE_REGISTERS, departments.describe_department)
add_department_alias = behind(Right.MANAGE_REGISTERS, departments.add_alias)
end_department_alias = behind(Right.MANAGE_REGISTERS, departments.end_alias)
rename_township = behind(Right.MANAGE_REGISTERS, places.rename_township)
link_township = behind(Right.MANAGE_REGISTERS, places.link_township)
merge_township = behind(Right.MANAGE_REGISTERS, place_merge.merge_township)
end_place = behind(Right.MANAGE_REGISTERS, places.end_place)
add_place_alias = behind(Right.MANAGE_REGISTERS, places.add_place_alias)
end_place_alias = behind(Right.MANAGE_REGISTERS, places.end_place_alias)
rename_term = behind(Right.MANAGE_REGISTERS, dictionary.rename_term)
merge_term = behind(Right.MANAGE_REGISTERS, dictionary.merge_term)
enter_session = behind(Right.MANAGE_REGISTERS, face_to_face.enter_session)
correct_session = behind(Right.MANAGE_REGISTERS, face_to_face.correct_session)
