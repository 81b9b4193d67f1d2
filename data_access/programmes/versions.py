"""The city's own definitions: judged, kept version by version, taken out of use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import OperationalError

from data_access import clock
from data_access.database import Transaction, reading, transaction
from data_access.programmes.book import programme_book, shipped_definitions
from data_access.schema.programmes import programme_entries, programme_versions
from data_access.writes.in_line import WAIT_MS, busy
from data_access.writes.record_audit import record_audit
from supervision.programme_file import read_programme
from supervision.programme_toml import DefinitionFault
from supervision.programmes import Programme
from supervision.scope import Viewer

NOT_CITY = "专题由可见全市的人员管理，您的可见范围不是全市。"
UNREADABLE = "文件不是 UTF-8 文字，请用文本编辑器另存为 UTF-8。"
UNCHANGED = "与正在使用的定义完全相同，没有改动。"


class ProgrammeRefused(ValueError):
    """The definition is not taken; `faults` are those at its lines, the text is one sentence."""

    def __init__(self, sentence: str, faults: tuple[DefinitionFault, ...] = ()) -> None:
        super().__init__(sentence)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A definition that was decided here."""

    name: str
    label: str
    version: int
    in_use: bool
    file_name: str
    stored_by: str
    stored_at: datetime


def checked_definition(data: bytes) -> Programme:
    """The programme that a file defines, or ProgrammeRefused with every fault."""
    return _checked(data)[0]


def import_programme(engine: Engine, data: bytes, file_name: str, *, viewer: Viewer) -> KeptVersion:
    """Put a definition in force. Raises ProgrammeRefused, StoreBusy."""
    programme, text = _checked(data)
    try:
        with transaction(engine, wait_ms=WAIT_MS) as change:
            return _keep(change, programme, text, file_name, viewer)
    except OperationalError as fault:
        raise busy(fault) from fault


def retire_programme(engine: Engine, name: str, *, viewer: Viewer) -> KeptVersion:
    """Take a programme out of use; its entries stay. Raises ProgrammeRefused, StoreBusy."""
    try:
        with transaction(engine, wait_ms=WAIT_MS) as change:
            known = programme_book(change.connection).get(name)
            if known is None:
                raise ProgrammeRefused(f"没有正在使用的专题“{name[:40]}”。")
            return _keep(change, known.programme, "", "", viewer)
    except OperationalError as fault:
        raise busy(fault) from fault


def _checked(data: bytes) -> tuple[Programme, str]:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ProgrammeRefused(UNREADABLE) from None
    file = read_programme(text)
    if file.programme is None:
        raise ProgrammeRefused(f"定义有 {len(file.faults)} 处问题，没有启用。", file.faults)
    return file.programme, text


def _keep(
    change: Transaction, programme: Programme, definition: str, file_name: str, viewer: Viewer
) -> KeptVersion:
    connection = change.connection
    if not viewer.scope.everything:
        raise ProgrammeRefused(NOT_CITY)
    if definition and definition == _in_force(connection, programme.name):
        raise ProgrammeRefused(UNCHANGED)
    _refuse_fewer_words(connection, programme, definition)
    versions = programme_versions.c
    last = connection.execute(
        select(func.max(versions.version)).where(versions.name == programme.name)
    ).scalar()
    kept = KeptVersion(
        programme.name, programme.label, (last or 0) + 1, bool(definition), file_name,
        viewer.account, clock.now(),
    )  # fmt: skip
    connection.execute(
        insert(programme_versions).values(
            name=kept.name, version=kept.version, definition=definition, in_use=kept.in_use,
            file_name=file_name, stored_by=viewer.account, stored_at=kept.stored_at,
            change_number=change.change,
        )
    )  # fmt: skip
    record_audit(
        change, viewer, act="import_definition" if definition else "retire_programme",
        entity="programme", entity_id=kept.version,
        after={"programme": programme.label, "version": kept.version, "file": file_name},
    )  # fmt: skip
    return kept


def _in_force(connection: Connection, name: str) -> str:
    versions = programme_versions
    row = connection.execute(
        select(versions.c.definition, versions.c.in_use)
        .where(versions.c.name == name)
        .order_by(versions.c.id.desc())
        .limit(1)
    ).one_or_none()
    return shipped_definitions().get(name, "") if row is None else row.definition


def _refuse_fewer_words(connection: Connection, programme: Programme, definition: str) -> None:
    """A column or choice that entries hold must not vanish: they would fall out of figures."""
    before = programme_book(connection).get(programme.name)
    used = connection.execute(
        select(programme_entries.c.id)
        .where(programme_entries.c.programme == programme.name)
        .limit(1)
    ).first()
    if before is None or used is None or not definition:
        return
    now = {one.name: one for one in programme.fields}
    for field in before.programme.fields:
        mine = now.get(field.name)
        if mine is None or mine.kind is not field.kind:
            raise ProgrammeRefused(
                f"已有台账填过“{field.label}”这一栏（{field.name}），新的定义要保留它，可以改名称。"
            )
        for choice in field.choices:
            if mine.choice(choice.name) is None:
                raise ProgrammeRefused(
                    f"已有台账用过“{field.label}”的选项“{choice.label}”（{choice.name}），"
                    "新的定义要保留它，可以改名称。"
                )


def kept_versions(engine: Engine) -> tuple[KeptVersion, ...]:
    """Every definition that was decided here, the newest first."""
    versions = programme_versions
    with reading(engine) as connection:
        rows = connection.execute(select(versions).order_by(versions.c.id.desc())).all()
    return tuple(
        KeptVersion(
            row.name, _label(row.name, row.definition), row.version, row.in_use, row.file_name,
            row.stored_by, row.stored_at,
        )
        for row in rows
    )  # fmt: skip


def definition_of(engine: Engine, name: str) -> str:
    """The definition in force as a file; empty for a programme that is not in use."""
    with reading(engine) as connection:
        return _in_force(connection, name)


def _label(name: str, definition: str) -> str:
    programme = read_programme(definition or shipped_definitions().get(name, "")).programme
    return programme.label if programme is not None else name
