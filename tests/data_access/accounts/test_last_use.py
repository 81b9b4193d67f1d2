"""What somebody hears after a login: when and where the account was used before, what failed."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from data_access import clock
from data_access.accounts.last_use import EarlierLogin, LastUse, last_use
from data_access.accounts.sessions import Client, SessionLimits, SignedIn, signed_in
from data_access.accounts.sign_in import SignInRefused, sign_in
from supervision.passwords import FAILURES_BEFORE_LOCK
from supervision.scope import Role
from tests.looking import GOOD_PASSWORD, HERE, account

ELSEWHERE = Client("10.1.2.3", "Firefox")


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The clock's hands, which a test may put forward."""
    at = [clock.instant()]
    monkeypatch.setattr(clock, "instant", lambda: at[0])
    return at


def _enter(engine: Engine, client: Client = HERE, login: str = "someone") -> SignedIn:
    token = sign_in(engine, login, GOOD_PASSWORD, client=client)
    who = signed_in(engine, token, limits=SessionLimits())
    assert who is not None
    return who


def _fail(engine: Engine, times: int, login: str = "someone") -> None:
    for _ in range(times):
        with suppress(SignInRefused):
            sign_in(engine, login, "Wrong-Password#1", client=ELSEWHERE)


def test_the_first_login_has_none_before_it_but_may_have_failures(engine: Engine):
    account(engine, Role.SUPERVISOR)
    _fail(engine, 2)
    assert last_use(engine, _enter(engine)) == LastUse(None, 2)


def test_the_login_before_is_told_with_its_place_and_its_last_use(
    engine: Engine, hands: list[datetime]
):
    account(engine, Role.SUPERVISOR)
    began = hands[0]
    token = sign_in(engine, "someone", GOOD_PASSWORD, client=ELSEWHERE)
    hands[0] += timedelta(minutes=20)
    assert signed_in(engine, token, limits=SessionLimits())
    hands[0] += timedelta(days=3)
    told = last_use(engine, _enter(engine))
    assert told.earlier == EarlierLogin(began, began + timedelta(minutes=20), ELSEWHERE)


def test_only_wrong_passwords_between_the_two_logins_count(engine: Engine, hands: list[datetime]):
    account(engine, Role.SUPERVISOR)
    account(engine, Role.SUPERVISOR, login="other")
    _fail(engine, 1)
    first = _enter(engine)
    _fail(engine, 3)
    _fail(engine, 2, login="other")
    second = _enter(engine)
    _fail(engine, FAILURES_BEFORE_LOCK + 2)
    assert [last_use(engine, who).failures for who in (first, second)] == [1, 3]
    hands[0] += timedelta(minutes=16)
    third = _enter(engine)
    assert last_use(engine, third).failures == FAILURES_BEFORE_LOCK + 2, "a lock hides none"
    assert last_use(engine, first).failures == 1, "later logins change nothing of an open one"


def test_the_uses_of_others_are_nobodys_business(engine: Engine):
    account(engine, Role.SUPERVISOR)
    account(engine, Role.SUPERVISOR, login="other")
    _enter(engine, ELSEWHERE, login="other")
    assert last_use(engine, _enter(engine)).earlier is None
