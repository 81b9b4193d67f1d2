"""The chain of audit rows: grows under many writers, shows what was touched, refuses the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Thread

import pytest
from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from data_access.audit_trail import START, AuditRow, add_audit_rows, verified_chain
from data_access.database import Transaction, reading, recording, transaction, writing_aside
from data_access.schema.base import audit, audit_head

AT = datetime.fromisoformat("2026-11-25 09:30:12")
WRITERS, ACTS = 6, 15


def _tell(change: Transaction, *words: str) -> None:
    """One row for each word; no word at all breaks off half-way."""
    rows = (AuditRow(AT, "甲", "try", "account", 7, after=word.strip()) for word in words)
    add_audit_rows(change, rows)


def _filled(engine: Engine) -> None:
    """Six rows: two acts of one, one act of four, as imports and logins take turns."""
    for words in (("一",), ("二",), ("三", "四", "五", "六\n\"'😀")):
        with transaction(engine) as change:
            _tell(change, *words)


def test_an_empty_chain_begins_where_it_says(engine: Engine):
    verdict = verified_chain(engine)
    assert verdict.fault is None
    if verdict.length == 0:
        assert verdict.chain == START


def test_rows_of_many_acts_are_one_chain(engine: Engine):
    before = verified_chain(engine).length
    _filled(engine)
    with recording(engine) as change:
        _tell(change, "七")
    verdict = verified_chain(engine)
    assert (verdict.length, verdict.fault) == (before + 7, None)


def test_an_act_that_failed_leaves_no_row_and_no_gap(engine: Engine):
    _filled(engine)
    before = verified_chain(engine)
    with pytest.raises(AttributeError), transaction(engine) as change:
        _tell(change, "半途", None)  # type: ignore[arg-type]
    assert verified_chain(engine) == before
    _filled(engine)
    assert verified_chain(engine).fault is None


def test_writers_at_once_make_one_chain_and_lose_nothing(engine: Engine):
    before, faults = verified_chain(engine).length, []

    def write(who: int) -> None:
        for n in range(ACTS):
            with (transaction if n % 2 else recording)(engine) as change:
                _tell(change, f"{who}-{n}", f"{who}-{n}b")

    writers = [Thread(target=write, args=(who,)) for who in range(WRITERS)]
    for thread in writers:
        thread.start()
    while any(thread.is_alive() for thread in writers):
        faults += [fault] if (fault := verified_chain(engine).fault) else []
    for thread in writers:
        thread.join()
    verdict = verified_chain(engine)
    assert (verdict.length, verdict.fault) == (before + WRITERS * ACTS * 2, None)
    assert faults == [], "a chain that grows while it is walked is no fault"


def test_the_store_refuses_to_change_or_delete_a_row(engine: Engine):
    _filled(engine)
    before = verified_chain(engine)
    touches = ["UPDATE audit SET actor = '乙'", "DELETE FROM audit WHERE id = 1",
               "DELETE FROM audit"]  # fmt: skip
    if engine.dialect.name == "postgresql":
        touches.append("TRUNCATE audit")
    for touch in touches:
        with pytest.raises(DBAPIError, match="only added"), writing_aside(engine) as connection:
            connection.exec_driver_sql(touch)
    assert verified_chain(engine) == before


def _disarm(connection: Connection) -> None:
    """Somebody who owns the database takes the triggers away first."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("DROP TRIGGER audit_no_delete")
    else:
        connection.exec_driver_sql("DROP TRIGGER audit_only_added ON audit")


def _id(connection: Connection, nth: int) -> int:
    """The id of the nth row from the end."""
    return int(
        connection.execute(
            select(audit.c.id).order_by(audit.c.id.desc()).limit(1).offset(nth)
        ).scalar_one()
    )


def _changed(column: str, value: object) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(
        update(audit).where(audit.c.id == _id(connection, 3)).values({column: value})
    )


def _copied_in(connection: Connection, key: int | None = None) -> object:
    row = connection.execute(select(audit).where(audit.c.id == _id(connection, 0))).one()
    put_in = {**row._mapping, "id": row.id + 1 if key is None else key}
    return connection.execute(insert(audit).values(put_in))


TOUCHED: dict[str, Callable[[Connection], object]] = {
    "another person": _changed("actor", "乙"),
    "another instant": _changed("at", AT.replace(second=13)),
    "another value": _changed("after", "丁"),
    "a value taken away": _changed("after", None),
    "a reason added": _changed("reason", "补"),
    "another item": _changed("entity_id", 8),
    "another act number": _changed("change_number", 0),
    "another seal": _changed("chain", "f" * 64),
    "a row removed": lambda c: c.execute(delete(audit).where(audit.c.id == _id(c, 3))),
    "the last row removed": lambda c: c.execute(delete(audit).where(audit.c.id == _id(c, 0))),
    "the end cut off": lambda c: c.execute(delete(audit).where(audit.c.id >= _id(c, 3))),
    "everything removed": lambda c: c.execute(delete(audit)),
    "a row copied in": _copied_in,
    "a row before the first": lambda c: _copied_in(c, 0),
    "a row with an id that nobody gives": lambda c: _copied_in(c, -7),
    "the end forgotten": lambda c: c.execute(delete(audit_head)),
    "another end": lambda c: c.execute(update(audit_head).values(chain="0" * 64)),
}


def test_what_was_touched_behind_the_programs_back_is_found(engine: Engine):
    _filled(engine)
    with writing_aside(engine) as connection:
        _disarm(connection)
        rows = [dict(row) for row in connection.execute(select(audit)).mappings()]
        head = dict(connection.execute(select(audit_head)).mappings().one())
    for how, touch in TOUCHED.items():
        assert verified_chain(engine).fault is None
        with writing_aside(engine) as connection:
            touch(connection)
        assert "审计记录" in str(verified_chain(engine).fault), how
        with writing_aside(engine) as connection:
            for table, kept in ((audit, rows), (audit_head, [head])):
                connection.execute(delete(table))
                connection.execute(insert(table), kept)


def test_the_faulty_row_is_named(engine: Engine):
    _filled(engine)
    with writing_aside(engine) as connection:
        _disarm(connection)
        key = _id(connection, 3)
        connection.execute(update(audit).where(audit.c.id == key).values(actor="乙"))
    with reading(engine) as connection:
        nth = connection.execute(
            select(func.count()).select_from(audit).where(audit.c.id <= key)
        ).scalar_one()
    assert str(verified_chain(engine).fault).startswith(f"第 {nth} 条审计记录（编号 {key}）")
