"""Accounts by the dozen: a workbook with one account a row, judged cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Engine

from data_access.accounts.wanted import (
    AccountRefused,
    AccountWanted,
    NamesInUse,
    names_in_use,
    wanted_faults,
)
from data_access.database import reading
from data_access.ledger_import.cell_text import as_text, cell_name, compact
from data_access.ledger_import.model import Sheet, Workbook
from data_access.small_sheets import CellFault, filled_rows
from supervision.rights import ROLES_OF_PEOPLE
from supervision.scope import Role, Scope

HEADINGS = {
    "login": "账号",
    "name": "姓名",
    "roles": "角色",
    "scope": "可见范围",
    "outside_subject": "统一身份标识",
}
"""Field of AccountWanted → heading of its column."""
WHOLE_CITY = "全市"
MOST_AT_ONCE = 500
_NEEDED = ("login", "name", "roles", "scope")
_HIGHEST_HEADING = 10
_BETWEEN = re.compile(r"[、，,；;/\n]+")


@dataclass(frozen=True, slots=True)
class AccountSheet:
    """The accounts of a workbook; with any fault none of them may be made."""

    wanted: tuple[AccountWanted, ...]
    faults: tuple[CellFault, ...]


def judged_account_sheet(engine: Engine, workbook: Workbook) -> AccountSheet:
    """Every account of the workbook and every fault. Raises AccountRefused for another file."""
    with reading(engine) as connection:
        names = names_in_use(connection)
    sheet, heading, columns = _headed(workbook)
    reader = _Reader(names, columns)
    for row, values in filled_rows(sheet, heading, columns):
        if len(reader.wanted) == MOST_AT_ONCE:
            raise AccountRefused(f"一次最多导入 {MOST_AT_ONCE} 个账号，请分成几份。")
        reader.take(row, {field: as_text(value) for field, value in values.items()})
    if not reader.wanted:
        raise AccountRefused("表头下面没有账号，请从表头的下一行起每行填一个账号。")
    return AccountSheet(tuple(reader.wanted), tuple(reader.faults))


def _headed(workbook: Workbook) -> tuple[Sheet, int, dict[str, int]]:
    for sheet in workbook.sheets:
        for place, cells in enumerate(sheet.rows[:_HIGHEST_HEADING]):
            texts = ["".join(as_text(value).split()) for value in cells]
            columns = {
                field: texts.index(heading)
                for field, heading in HEADINGS.items()
                if heading in texts
            }
            if all(field in columns for field in _NEEDED):
                return sheet, place, columns
    needed = "、".join(HEADINGS[field] for field in _NEEDED)
    raise AccountRefused(f"没有找到表头（{needed}），请下载模板填写。")


class _Reader:
    """Takes row after row; knows what stood in the rows above."""

    def __init__(self, names: NamesInUse, columns: dict[str, int]) -> None:
        self._names, self._columns = names, columns
        self._logins: dict[str, int] = {}
        self._subjects: dict[str, int] = {}
        self.wanted: list[AccountWanted] = []
        self.faults: list[CellFault] = []

    def take(self, row: int, texts: dict[str, str]) -> None:
        roles, unknown_roles = _roles(texts["roles"])
        scope, unknown_names = self._scope(texts["scope"])
        wanted = AccountWanted(
            login=texts["login"],
            name=texts["name"],
            roles=roles,
            scope=scope,
            outside_subject=texts.get("outside_subject") or None,
        )
        told = {}
        for fault in wanted_faults(wanted, self._names):
            told[fault.field] = fault.sentence
        if unknown_roles:
            told["roles"] = f"没有这样的角色：{'、'.join(unknown_roles)}。见“填写说明”。"
        if unknown_names:
            told["scope"] = f"登记册里没有：{'、'.join(unknown_names)}。见“填写说明”。"
        self._tell_twice(told, "login", wanted.login.casefold(), self._logins, row)
        self._tell_twice(told, "outside_subject", wanted.outside_subject, self._subjects, row)
        self.wanted.append(wanted)
        self.faults += [
            CellFault(cell_name(row, self._columns[field]), HEADINGS[field], sentence)
            for field, sentence in told.items()
        ]

    @staticmethod
    def _tell_twice(
        told: dict[str, str], field: str, value: str | None, seen: dict[str, int], row: int
    ) -> None:
        if not value or field in told:
            return
        first = seen.setdefault(value, row)
        if first != row:
            told[field] = f"与第 {first} 行的{HEADINGS[field]}相同。"

    def _scope(self, text: str) -> tuple[Scope, list[str]]:
        words = _words(text)
        if words == [WHOLE_CITY]:
            return Scope.whole_city(), []
        units, own = set(self._names.units), set(self._names.departments)
        unknown = [word for word in words if word not in units and word not in own]
        return Scope(
            reporting_units=frozenset(word for word in words if word in units),
            departments=frozenset(word for word in words if word in own),
        ), unknown


def _words(text: str) -> list[str]:
    return [word.strip() for word in _BETWEEN.split(text) if word.strip()]


def _roles(text: str) -> tuple[frozenset[Role], list[str]]:
    known = {compact(role.label): role for role in ROLES_OF_PEOPLE}
    # 县(区)专班 is written with either kind of bracket.
    words = {word: known.get(compact(word)) for word in _words(text)}
    return (
        frozenset(role for role in words.values() if role is not None),
        [word for word, role in words.items() if role is None],
    )
