"""The door for doing: data_access writes and the ledger import.

Nothing is forgotten by hand afterwards: every act raises the change number, and what pages
remember is named by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from dashboard.briefing.watermark import Watermark
from dashboard.engine import engine, key_place
from dashboard.identity import require
from dashboard.ledger_commands import file_limits
from data_access import clock
from data_access.accounts import upkeep
from data_access.accounts.account_sheet import HEADINGS as ACCOUNT_HEADINGS
from data_access.accounts.account_sheet import AccountSheet, judged_account_sheet
from data_access.accounts.upkeep import AccountRefused, AccountWanted, IssuedPassword
from data_access.database import reading
from data_access.ledger_import.apply import StoredBatch
from data_access.ledger_import.apply import store_import as _store_import
from data_access.ledger_import.cell_text import as_text, column_letter
from data_access.ledger_import.field_names import LABELS as FIELD_WORDS
from data_access.ledger_import.kept_here import kept_flags
from data_access.ledger_import.model import (
    CellValue,
    Flag,
    Hints,
    JudgedLedger,
    LedgerRefused,
    Section,
    Sheet,
    Workbook,
)
from data_access.ledger_import.personal import masked
from data_access.ledger_import.plan import ImportPlan, PlannedRow, plan_import
from data_access.ledger_import.reach import keep_within
from data_access.ledger_import.receive import judged_workbook
from data_access.ledger_import.record import shown as shown_value
from data_access.ledger_import.workbook import open_ledger as _open_ledger
from data_access.privacy.keys import KeyRefused
from data_access.privacy.looking import LONGEST_REASON, LookRefused, Shown
from data_access.privacy.looking import see_personal_data as _see_personal_data
from data_access.small_sheets import CellFault
from data_access.text_index import catch_up
from data_access.writes.acting.outcome import StoreBusy
from data_access.writes.export import Export
from data_access.writes.export import record_export as _record_export
from data_access.writes.undo_batch import BatchNotUndone, Undone
from data_access.writes.undo_batch import undo_batch as _undo_batch
from supervision.rights import Right
from supervision.scope import Viewer

__all__ = [
    "ACCOUNT_HEADINGS",
    "FIELD_WORDS",
    "LONGEST_REASON",
    "AccountRefused",
    "AccountSheet",
    "AccountWanted",
    "BatchNotUndone",
    "CellFault",
    "CellValue",
    "Export",
    "Flag",
    "Hints",
    "ImportPlan",
    "IssuedPassword",
    "JudgedLedger",
    "KeyRefused",
    "LedgerRefused",
    "LookRefused",
    "PlannedRow",
    "Section",
    "Sheet",
    "Shown",
    "StoreBusy",
    "StoredBatch",
    "Undone",
    "Workbook",
    "column_letter",
    "kept_flags",
    "shown_value",
]  # fmt: skip


def see_personal_data(
    item_id: int, reason: str, *, viewer: Viewer, as_of: date
) -> tuple[Shown, ...]:
    """An item's personal data in clear, after who looked and why was recorded."""
    require(viewer, Right.SEE_PERSONAL_DATA)
    return _see_personal_data(
        engine(), key_place(), item_id, reason=reason, viewer=viewer, as_of=as_of
    )


def open_ledger(data: bytes, file_name: str) -> Workbook:
    """Open a file in the limited child process; LedgerRefused says in Chinese why not."""
    return _open_ledger(data, file_name, limits=file_limits())


def masked_text(value: CellValue) -> str:
    """A cell of an opened ledger as text that may be shown: personal data masked."""
    return masked(as_text(value))


def judge_ledger(
    workbook: Workbook, hints: Hints | None, *, viewer: Viewer, as_of: date
) -> JudgedLedger:
    """Judge an opened ledger with what the person decided so far; rows outside are marked."""
    require(viewer, Right.IMPORT_LEDGER)
    judged = judged_workbook(workbook, as_of=as_of, engine=engine(), hints=hints)
    with reading(engine()) as connection:
        keep_within(connection, judged, scope=viewer.scope)
    return judged


def plan_ledger(judged: JudgedLedger, *, viewer: Viewer) -> ImportPlan:
    """What storing would change of what the viewer sees; stores nothing."""
    require(viewer, Right.IMPORT_LEDGER)
    with reading(engine()) as connection:
        return plan_import(connection, judged, scope=viewer.scope)


def store_ledger(
    judged: JudgedLedger, *, viewer: Viewer, as_of: date, progress: Callable[[float, str], None]
) -> StoredBatch:
    """Store a judged ledger whole, then let the text index follow."""
    require(viewer, Right.IMPORT_LEDGER)
    batch = _store_import(
        engine(), judged, viewer=viewer, as_of=as_of, keys=key_place(), progress=progress
    )
    catch_up(engine())
    return batch


def undo_batch(batch_id: int, reason: str, *, viewer: Viewer) -> Undone:
    """Take a stored batch back whole; BatchNotUndone or StoreBusy say why nothing was done."""
    require(viewer, Right.IMPORT_LEDGER)
    undone = _undo_batch(engine(), batch_id, reason, viewer=viewer)
    catch_up(engine())
    return undone


def create_account(wanted: AccountWanted, *, viewer: Viewer) -> IssuedPassword:
    """A new account with its one-time password, or AccountRefused."""
    require(viewer, Right.MANAGE_ACCOUNTS)
    password = upkeep.create_account(engine(), wanted, viewer=viewer)
    return IssuedPassword(wanted.login, wanted.name, password)


def change_account(
    account_id: int, wanted: AccountWanted, *, row_version: int, viewer: Viewer
) -> None:
    """Other roles, scope or name; the account's sessions end."""
    require(viewer, Right.MANAGE_ACCOUNTS)
    upkeep.change_account(engine(), account_id, wanted, row_version=row_version, viewer=viewer)


def set_account_active(account_id: int, *, active: bool, row_version: int, viewer: Viewer) -> None:
    """Switch an account off or on."""
    require(viewer, Right.MANAGE_ACCOUNTS)
    upkeep.set_active(engine(), account_id, active=active, row_version=row_version, viewer=viewer)


def unlock_account(account_id: int, *, row_version: int, viewer: Viewer) -> None:
    """Take off the lock of failed logins."""
    require(viewer, Right.MANAGE_ACCOUNTS)
    upkeep.unlock_account(engine(), account_id, row_version=row_version, viewer=viewer)


def reset_password(account_id: int, *, row_version: int, viewer: Viewer) -> str:
    """A new one-time password."""
    require(viewer, Right.MANAGE_ACCOUNTS)
    return upkeep.reset_password(engine(), account_id, row_version=row_version, viewer=viewer)


def end_session(session_id: int, *, viewer: Viewer) -> None:
    """End somebody's session at once."""
    require(viewer, Right.MANAGE_ACCOUNTS)
    upkeep.end_session_of(engine(), session_id, viewer=viewer)


def judge_accounts(workbook: Workbook, *, viewer: Viewer) -> AccountSheet:
    """The accounts of an opened workbook with their faults; AccountRefused for another one."""
    require(viewer, Right.MANAGE_ACCOUNTS)
    return judged_account_sheet(engine(), workbook)


def create_accounts(wanted: Sequence[AccountWanted], *, viewer: Viewer) -> list[IssuedPassword]:
    """Make all these accounts or none, with their one-time passwords."""
    require(viewer, Right.MANAGE_ACCOUNTS)
    return upkeep.create_accounts(engine(), wanted, viewer=viewer)


def watermark(viewer: Viewer) -> Watermark:
    """What a file says of who takes it out now."""
    return Watermark(viewer.name, viewer.account, clock.now())


def record_export(export: Export, *, viewer: Viewer) -> None:
    """Take down that rows leave the program; before the bytes do."""
    _record_export(engine(), export, viewer=viewer)
