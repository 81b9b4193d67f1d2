"""Who only tells of something waits until a ledger is stored; who waits too long is told so."""

from __future__ import annotations

import time
from threading import Event, Thread

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from data_access import database
from data_access.accounts.sign_in import sign_in
from data_access.database import is_busy, recording, transaction, writing_aside, writing_if_free
from supervision.scope import Role
from tests.looking import GOOD_PASSWORD, HERE, account


def _ledger_is_stored(engine: Engine, begun: Event, over: Event) -> None:
    with transaction(engine):
        begun.set()
        over.wait(timeout=30)


def test_a_login_during_the_storing_of_a_ledger_comes_through_when_it_is_stored(engine: Engine):
    account(engine, Role.SUPERVISOR)
    begun, over, opened = Event(), Event(), []
    ledger = Thread(target=_ledger_is_stored, args=(engine, begun, over))
    login = Thread(
        target=lambda: opened.append(sign_in(engine, "someone", GOOD_PASSWORD, client=HERE))
    )
    ledger.start()
    assert begun.wait(timeout=30)
    login.start()
    time.sleep(0.5)
    assert opened == []
    over.set()
    login.join(timeout=30)
    ledger.join(timeout=30)
    assert len(opened) == 1


def test_a_writer_whose_patience_ends_is_known_as_one_who_waited(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "PATIENT_MS", 50)
    with (
        transaction(engine),
        pytest.raises(OperationalError) as waited,
        recording(engine),
    ):
        raise AssertionError("two wrote at once")
    assert is_busy(waited.value)
    with recording(engine) as change:
        assert change.change > 0, "the next one gets through"


def test_patience_is_put_back_for_the_next_use_of_a_connection(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "PATIENT_MS", 50)
    question = "PRAGMA busy_timeout" if engine.dialect.name == "sqlite" else "SHOW lock_timeout"
    with engine.connect() as connection:
        usual = connection.exec_driver_sql(question).scalar_one()
    with recording(engine) as change:
        told = change.connection.exec_driver_sql(question).scalar_one()
    assert str(told) in ("50", "50ms")
    with writing_if_free(engine) as connection:
        assert str(connection.exec_driver_sql(question).scalar_one()) in ("100", "100ms")
    with engine.connect() as connection:
        assert connection.exec_driver_sql(question).scalar_one() == usual


def test_other_troubles_of_the_store_are_not_taken_for_waiting(engine: Engine):
    account(engine, Role.SUPERVISOR)
    with pytest.raises(IntegrityError) as doubled, writing_aside(engine) as connection:
        connection.exec_driver_sql("INSERT INTO change_counter (id, value) VALUES (1, 1)")
    with pytest.raises(Exception, match="no_such_table") as missing, engine.connect() as other:
        other.exec_driver_sql("SELECT * FROM no_such_table")
    assert not is_busy(doubled.value)
    assert not is_busy(missing.value)
    assert not is_busy(ValueError())
