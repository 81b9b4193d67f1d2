"""`duban programme`: definitions of 专题 and their ledgers at the machine's own terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine

from dashboard.ledger_commands import file_limits
from dashboard.terminal import ACCEPTED, REJECTED, WITH_ERRORS, say
from data_access import clock
from data_access.accounts.known import LOCAL
from data_access.database import reading
from data_access.ledger_import.model import LedgerRefused
from data_access.ledger_import.workbook import open_ledger
from data_access.programmes.apply import store_programme
from data_access.programmes.book import AS_SHIPPED, programme_book
from data_access.programmes.judging import judged_programme
from data_access.programmes.plan import plan_programme
from data_access.programmes.versions import (
    ProgrammeRefused,
    checked_definition,
    definition_of,
    import_programme,
    retire_programme,
)
from data_access.register_store import stored_registers
from supervision.programme_toml import DefinitionFault
from supervision.programme_words import definition_told
from supervision.vocabulary import RowOutcome


def list_programmes(engine: Engine) -> int:
    """Every programme in use, with the version of its definition."""
    with reading(engine) as connection:
        for name, known in programme_book(connection).items():
            version = "随程序提供" if known.version == AS_SHIPPED else f"本市第 {known.version} 版"
            say(f"{name}\t{known.programme.label}\t{known.programme.theme}\t{version}")
    return ACCEPTED


def check_definition(path: Path) -> int:
    """What a definition says, or every fault at its line; stores nothing."""
    data = _bytes(path)
    if data is None:
        return REJECTED
    try:
        programme = checked_definition(data)
    except ProgrammeRefused as refused:
        _tell(refused.faults)
        say(str(refused))
        return WITH_ERRORS
    say(f"“{programme.label}”（{programme.name}）没有发现问题，指标口径如下：")
    for figure in programme.figures:
        say(f"{figure.label}\t{definition_told(programme, figure)}")
    return ACCEPTED


def import_definition(engine: Engine, path: Path) -> int:
    """Put a definition in force, or say why not."""
    data = _bytes(path)
    if data is None:
        return REJECTED
    try:
        kept = import_programme(engine, data, path.name, viewer=LOCAL)
    except ProgrammeRefused as refused:
        _tell(refused.faults)
        say(str(refused))
        return WITH_ERRORS if refused.faults else REJECTED
    say(f"已启用“{kept.label}”（{kept.name}，第 {kept.version} 版）。")
    return ACCEPTED


def show_definition(engine: Engine, name: str) -> int:
    """The definition in force, to be changed and imported again."""
    text = definition_of(engine, name)
    say(text.rstrip() or f"没有正在使用的专题“{name[:40]}”，用 duban programme list 查看。")
    return ACCEPTED if text else REJECTED


def retire(engine: Engine, name: str) -> int:
    """Take a programme out of use."""
    try:
        kept = retire_programme(engine, name, viewer=LOCAL)
    except ProgrammeRefused as refused:
        say(str(refused))
        return REJECTED
    say(f"已停用“{kept.label}”；台账保留，再启用一份同标识的定义即可恢复。")
    return ACCEPTED


def import_ledger(engine: Engine, name: str, path: Path) -> int:
    """Judge and store a programme's ledger; every fault at its cell."""
    data, today = _bytes(path), clock.today()
    if data is None:
        return REJECTED
    with reading(engine) as connection:
        known = programme_book(connection).get(name)
        registers = stored_registers(connection)
    if known is None:
        say(f"没有正在使用的专题“{name[:40]}”，用 duban programme list 查看。")
        return REJECTED
    try:
        workbook = open_ledger(data, path.name, limits=file_limits())
        judged = judged_programme(
            known, workbook, registers=registers, as_of=today, scope=LOCAL.scope
        )
    except LedgerRefused as refused:
        say(str(refused))
        return REJECTED
    for fault in judged.faults:
        say(f"{fault.severity.label}：{fault.message}")
    with reading(engine) as connection:
        plan = plan_programme(connection, judged, scope=LOCAL.scope)
    title, what = judged.programme.ledger_title, "没有可以入库的行，没有存成一批"
    if plan.count(RowOutcome.NEW) or plan.count(RowOutcome.UPDATED):
        done = store_programme(engine, judged, viewer=LOCAL, as_of=today)
        plan, what = done.plan, f"第 {done.batch_id} 批已入库"
    told = "，".join(f"{fate.label} {n} 行" for fate in RowOutcome if (n := plan.count(fate)))
    say(f"{title}{what}：{told}。")
    return WITH_ERRORS if plan.count(RowOutcome.REFUSED) else ACCEPTED


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        say(f"读不到文件 {path.name}，请检查路径和权限。")
        return None


def _tell(faults: Sequence[DefinitionFault]) -> None:
    for fault in faults:
        say(fault.told)
