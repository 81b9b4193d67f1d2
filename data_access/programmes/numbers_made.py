"""Numbers for a ledger without a column of numbers: made of what each line tells of itself.

Not of 序号, which next month's ledger counts from one again: the same matter has the same number
however often and wherever it stands, and another matter never takes its place.
"""

from __future__ import annotations

import hashlib

from data_access.ledger_import.cell_text import compact
from data_access.programmes.judged import JudgedLine
from data_access.programmes.tables_found import FoundTable
from supervision.programmes import Field, FieldKind, Programme

_PREFIX = "自编"
_PLACES = (FieldKind.COUNTY, FieldKind.TOWNSHIP, FieldKind.TITLE)


def number_wanted(programme: Programme, table: FoundTable) -> Field | None:
    """The field of numbers that a table has no column for; None where nothing is to be made."""
    number = programme.of_kind(FieldKind.NUMBER)
    return None if number is None or table.has(number.name) else number


def number_made(programme: Programme, line: JudgedLine) -> str:
    """By place, title and the day on which it began."""
    told = [compact(str(line.values.get(one.name, ""))) for one in _told_by(programme)]
    words = "\x1f".join([programme.name, *told])
    return f"{_PREFIX}-{hashlib.blake2b(words.encode(), digest_size=6).hexdigest().upper()}"


def made_told(programme: Programme, line: JudgedLine) -> str:
    """What is said of it, once for a sheet."""
    by = "、".join(one.label for one in _told_by(programme))
    return (
        f"没有这一栏，按{by}自编，如“{line.number}”；同一份再次导入不会重复，改了这几项会另记一条，"
        "以后补上编号请先撤销这一批"
    )


def _told_by(programme: Programme) -> list[Field]:
    starts = {clock.starts for clock in programme.clocks}
    return [one for one in programme.fields if one.kind in _PLACES or one.name in starts]
