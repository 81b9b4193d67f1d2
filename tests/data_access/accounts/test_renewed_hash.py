"""Hashes that were made at lower costs are renewed by the login that proves the password."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, update

from data_access.accounts import sign_in as signing
from data_access.accounts.sign_in import SignInRefused, sign_in
from data_access.database import reading, writing_aside
from data_access.schema.accounts import accounts
from data_access.schema.base import audit
from supervision.scope import Role
from tests.looking import GOOD_PASSWORD, HERE, account

TODAYS = "$argon2id$v=19$m=19456,t=2,p=1$"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1)


@pytest.fixture
def older(engine: Engine) -> str:
    """The stored hash of `someone`, made at costs that are too low by now."""
    account(engine, Role.SUPERVISOR)
    stored = CHEAP.hash(GOOD_PASSWORD)
    with writing_aside(engine) as connection:
        connection.execute(update(accounts).values(password_hash=stored))
    return stored


def _stored(engine: Engine) -> str:
    with reading(engine) as connection:
        return str(connection.execute(select(accounts.c.password_hash)).scalar_one())


def _acts(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(select(audit.c.act).order_by(audit.c.id)).scalars())


def test_a_login_renews_a_hash_of_lower_costs_and_the_password_stays(engine: Engine, older: str):
    assert sign_in(engine, "someone", GOOD_PASSWORD, client=HERE)
    renewed = _stored(engine)
    assert older != renewed
    assert renewed.startswith(TODAYS)
    assert sign_in(engine, "someone", GOOD_PASSWORD, client=HERE)
    assert _stored(engine) == renewed, "a hash of today's costs is left alone"
    assert _acts(engine)[-2:] == ["login", "login"], "renewing is no act of anybody"


def test_a_wrong_password_renews_nothing(engine: Engine, older: str):
    with pytest.raises(SignInRefused):
        sign_in(engine, "someone", "Wrong-Password#1", client=HERE)
    assert _stored(engine) == older


def test_a_login_that_is_not_recorded_renews_nothing(
    engine: Engine, older: str, monkeypatch: pytest.MonkeyPatch
):
    def fails(*_told: object, **_named: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(signing, "add_audit_rows", fails)
    with pytest.raises(OSError, match="disk is full"):
        sign_in(engine, "someone", GOOD_PASSWORD, client=HERE)
    assert _stored(engine) == older


def test_logins_at_once_that_all_renew_all_get_in(
    engine: Engine, older: str, monkeypatch: pytest.MonkeyPatch
):
    compared, together, opened = signing.is_right, Barrier(3), []

    def all_compare_the_older(stored: str | None, password: str) -> bool:
        right = compared(stored, password)
        if stored == older:
            together.wait(timeout=30)
        return right

    monkeypatch.setattr(signing, "is_right", all_compare_the_older)
    logins = [
        Thread(target=lambda: opened.append(sign_in(engine, "someone", GOOD_PASSWORD, client=HERE)))
        for _ in range(3)
    ]
    for thread in logins:
        thread.start()
    for thread in logins:
        thread.join()
    assert len(set(opened)) == 3
    assert _acts(engine)[-3:] == ["login"] * 3
