"""The door for 专题: their ledgers come in and are taken back, their definitions change."""

from __future__ import annotations

from datetime import date

from dashboard.engine import engine
from dashboard.identity import require
from data_access.database import reading
from data_access.ledger_import.model import LedgerRefused, Workbook
from data_access.programmes.apply import StoredProgramme
from data_access.programmes.apply import store_programme as _store_programme
from data_access.programmes.book import programme_book
from data_access.programmes.judged import JudgedProgramme
from data_access.programmes.judging import judged_programme
from data_access.programmes.plan import PlannedLine, ProgrammePlan, plan_programme
from data_access.programmes.tables_found import is_titled_so
from data_access.programmes.undo import ProgrammeNotUndone, ProgrammeUndone
from data_access.programmes.undo import undo_programme as _undo_programme
from data_access.programmes.versions import KeptVersion, ProgrammeRefused, definition_of
from data_access.programmes.versions import import_programme as _import_programme
from data_access.programmes.versions import kept_versions as _kept_versions
from data_access.programmes.versions import retire_programme as _retire_programme
from data_access.register_store import stored_registers
from supervision.rights import Right
from supervision.scope import Viewer

__all__ = [
    "JudgedProgramme", "KeptVersion", "PlannedLine", "ProgrammeNotUndone", "ProgrammePlan",
    "ProgrammeRefused", "ProgrammeUndone", "StoredProgramme",
]  # fmt: skip


def plan_ledger(name: str, workbook: Workbook, *, viewer: Viewer, as_of: date) -> ProgrammePlan:
    """What a programme's ledger would change; stores nothing. LedgerRefused for another file."""
    require(viewer, Right.IMPORT_LEDGER)
    with reading(engine()) as connection:
        known = programme_book(connection).get(name)
        if known is None:
            raise LedgerRefused("这个专题已经停用，不能再导入台账。")
        judged = judged_programme(
            known, workbook, registers=stored_registers(connection), as_of=as_of,
            scope=viewer.scope,
        )  # fmt: skip
        return plan_programme(connection, judged, scope=viewer.scope)


def recognised(workbook: Workbook) -> str | None:
    """The programme whose ledger an opened workbook says it is; None for an items' ledger."""
    with reading(engine()) as connection:
        known = [one.programme for one in programme_book(connection).values()]
    return next((one.label for one in known if is_titled_so(one, workbook)), None)


def store_ledger(judged: JudgedProgramme, *, viewer: Viewer, as_of: date) -> StoredProgramme:
    """Store every sound line of a judged ledger in one transaction. StoreBusy."""
    require(viewer, Right.IMPORT_LEDGER)
    return _store_programme(engine(), judged, viewer=viewer, as_of=as_of)


def undo_ledger(batch_id: int, reason: str, *, viewer: Viewer) -> ProgrammeUndone:
    """Take a batch back whole; ProgrammeNotUndone or StoreBusy say why nothing was done."""
    require(viewer, Right.IMPORT_LEDGER)
    return _undo_programme(engine(), batch_id, reason, viewer=viewer)


def import_definition(data: bytes, file_name: str, *, viewer: Viewer) -> KeptVersion:
    """Put a definition in force; ProgrammeRefused tells every fault."""
    require(viewer, Right.MANAGE_RULES)
    return _import_programme(engine(), data, file_name, viewer=viewer)


def retire(name: str, *, viewer: Viewer) -> KeptVersion:
    """Take a programme out of use; its entries stay."""
    require(viewer, Right.MANAGE_RULES)
    return _retire_programme(engine(), name, viewer=viewer)


def kept_versions(*, viewer: Viewer) -> tuple[KeptVersion, ...]:
    """What was decided here, newest first."""
    require(viewer, Right.MANAGE_RULES)
    return _kept_versions(engine())


def definition(name: str, *, viewer: Viewer) -> str:
    """The definition in force as a file."""
    require(viewer, Right.MANAGE_RULES)
    return definition_of(engine(), name)
