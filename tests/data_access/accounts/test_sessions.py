"""A session lives by use, time and rights; what ended it counts from the next question on."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update

from data_access import clock
from data_access.accounts.known import LOCAL, account_list
from data_access.accounts.sessions import (
    Client,
    SessionLimits,
    SignedIn,
    open_session,
    signed_in,
    token_hash,
)
from data_access.accounts.upkeep import (
    AccountRefused,
    AccountWanted,
    change_account,
    create_account,
    end_session_of,
    reset_password,
    set_active,
)
from data_access.database import BUSY_MS, reading, recording, writing_aside
from data_access.schema.accounts import login_sessions
from supervision.scope import Role, Scope, Viewer
from tests.looking import HERE, account

LIMITS = SessionLimits(idle=timedelta(minutes=30), longest=timedelta(hours=12))
ADMIN = Viewer("root", "管理员", frozenset({Role.SYSADMIN}), Scope())


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The clock's hands, which a test may put forward."""
    at = [clock.instant()]
    monkeypatch.setattr(clock, "instant", lambda: at[0])
    return at


def _open(engine: Engine, key: int, client: Client = HERE) -> str:
    with recording(engine) as change:
        return open_session(change.connection, key, way="password", client=client)


def _who(engine: Engine, token: str) -> SignedIn | None:
    return signed_in(engine, token, limits=LIMITS)


def _why(engine: Engine, token: str) -> str | None:
    with reading(engine) as connection:
        found: str | None = connection.execute(
            select(login_sessions.c.ended_why).where(
                login_sessions.c.token_hash == token_hash(token)
            )
        ).scalar_one()
        return found


def test_a_session_ends_when_it_is_not_used_for_too_long(engine: Engine, hands: list[datetime]):
    token = _open(engine, account(engine, Role.LEADER))
    hands[0] += timedelta(minutes=30)
    assert _who(engine, token) is not None
    hands[0] += timedelta(minutes=30, seconds=1)
    assert _who(engine, token) is None
    assert _why(engine, token) == "idle"
    hands[0] -= timedelta(minutes=30)
    assert _who(engine, token) is None, "what is over stays over"


def test_use_prolongs_a_session_until_its_longest_time(engine: Engine, hands: list[datetime]):
    token = _open(engine, account(engine, Role.LEADER))
    for _ in range(36):
        hands[0] += timedelta(minutes=20)
        assert _who(engine, token) is not None
    hands[0] += timedelta(seconds=1)
    assert _who(engine, token) is None
    assert _why(engine, token) == "too_long"


def test_a_session_is_asked_for_quickly_while_somebody_else_writes(
    engine: Engine, hands: list[datetime]
):
    used, over = (
        _open(engine, account(engine, Role.LEADER, login=login)) for login in ("ab", "cd")
    )
    with writing_aside(engine) as importing:
        importing.execute(update(login_sessions).values(address="10.0.0.1"))
        began = time.monotonic()
        hands[0] += timedelta(minutes=2)
        assert _who(engine, used) is not None
        hands[0] += timedelta(hours=1)
        assert _who(engine, over) is None, "over, though it cannot be written down now"
        assert time.monotonic() - began < BUSY_MS / 1000, "it waited as writers do"
    assert _why(engine, over) is None
    assert _who(engine, over) is None
    assert _why(engine, over) == "idle"


def test_a_token_that_nobody_gave_out_is_nobody(engine: Engine):
    _open(engine, account(engine, Role.LEADER))
    for token in ("", "x", "no\x00token", "é" * 50, "x" * 5_000):
        assert _who(engine, token) is None


def test_the_store_keeps_the_hash_of_a_token_and_not_the_token(engine: Engine):
    token = _open(engine, account(engine, Role.LEADER))
    with reading(engine) as connection:
        row = connection.execute(select(login_sessions)).one()
    assert row.token_hash == token_hash(token)
    assert token not in str(row)
    assert _who(engine, row.token_hash) is None, "who reads the store cannot log in with it"
    assert len(token) >= 43


def test_a_browser_may_call_itself_anything(engine: Engine):
    key = account(engine, Role.LEADER)
    token = _open(engine, key, Client("9" * 500, "啊" * 5_000))
    assert _who(engine, token) is not None


def test_changed_rights_end_the_sessions_of_the_account(engine: Engine):
    key = account(engine, Role.SUPERVISOR)
    token, other = _open(engine, key), _open(engine, account(engine, Role.LEADER, login="other"))
    wanted = AccountWanted("someone", "某人", frozenset({Role.LEADER}), Scope.whole_city())
    change_account(engine, key, wanted, row_version=1, viewer=ADMIN)
    assert _who(engine, token) is None
    assert _why(engine, token) == "rights"
    assert _who(engine, other) is not None
    again = _who(engine, _open(engine, key))
    assert again is not None
    assert again.viewer.roles == {Role.LEADER}


def test_an_account_switched_off_is_out_at_the_next_question(engine: Engine):
    key = account(engine, Role.SUPERVISOR)
    token = _open(engine, key)
    set_active(engine, key, active=False, row_version=1, viewer=ADMIN)
    assert _who(engine, token) is None
    set_active(engine, key, active=True, row_version=2, viewer=ADMIN)
    assert _who(engine, token) is None, "an old session does not come back with the account"


def test_a_session_opened_while_the_account_went_off_is_nobody(engine: Engine):
    key = account(engine, Role.SUPERVISOR)
    set_active(engine, key, active=False, row_version=1, viewer=ADMIN)
    token = _open(engine, key)
    assert _who(engine, token) is None
    assert _why(engine, token) == "disabled"


def test_a_reset_password_and_an_administrators_word_end_sessions(engine: Engine):
    key = account(engine, Role.SUPERVISOR)
    first, second = _open(engine, key), _open(engine, key)
    who = _who(engine, first)
    assert who is not None
    end_session_of(engine, who.session_id, viewer=ADMIN)
    assert (_who(engine, first), _why(engine, first)) == (None, "by_admin")
    assert _who(engine, second) is not None
    reset_password(engine, key, row_version=1, viewer=ADMIN)
    assert (_who(engine, second), _why(engine, second)) == (None, "password")


def test_the_last_administrator_is_kept(engine: Engine):
    key = account(engine, Role.SYSADMIN, login="first")
    leader = AccountWanted("first", "某人", frozenset({Role.LEADER}), Scope.whole_city())
    with pytest.raises(AccountRefused, match="最后一个可用的系统管理员"):
        set_active(engine, key, active=False, row_version=1, viewer=ADMIN)
    with pytest.raises(AccountRefused, match="最后一个可用的系统管理员"):
        change_account(engine, key, leader, row_version=1, viewer=ADMIN)
    second = account(engine, Role.SYSADMIN, login="second")
    set_active(engine, second, active=False, row_version=1, viewer=ADMIN)
    with pytest.raises(AccountRefused, match="最后一个可用的系统管理员"):
        change_account(engine, key, leader, row_version=1, viewer=ADMIN)
    set_active(engine, second, active=True, row_version=2, viewer=ADMIN)
    set_active(engine, key, active=False, row_version=1, viewer=ADMIN)


def test_nobody_changes_or_switches_off_their_own_account(engine: Engine):
    key = account(engine, Role.SYSADMIN, login="root")
    account(engine, Role.SYSADMIN, login="second")
    wanted = AccountWanted("root", "某人", frozenset({Role.AUDITOR}), Scope())
    with pytest.raises(AccountRefused, match="自己"):
        change_account(engine, key, wanted, row_version=1, viewer=ADMIN)
    with pytest.raises(AccountRefused, match="自己"):
        set_active(engine, key, active=False, row_version=1, viewer=ADMIN)


def test_what_somebody_else_changed_meanwhile_is_not_written_over(engine: Engine):
    key = account(engine, Role.SUPERVISOR)
    wanted = AccountWanted("someone", "某人", frozenset({Role.LEADER}), Scope.whole_city())
    change_account(engine, key, wanted, row_version=1, viewer=ADMIN)
    with pytest.raises(AccountRefused, match="刚被别人改过"):
        change_account(engine, key, wanted, row_version=1, viewer=ADMIN)
    with pytest.raises(AccountRefused, match="刚被别人改过"):
        set_active(engine, key, active=False, row_version=1, viewer=ADMIN)


NOT_TO_BE = (
    ("张三", "张三", {Role.LEADER}, Scope.whole_city(), "账号用字母"),
    ("a b", "张三", {Role.LEADER}, Scope.whole_city(), "账号用字母"),
    ("ab\n", "张三", {Role.LEADER}, Scope.whole_city(), "账号用字母"),
    ("a" * 61, "张三", {Role.LEADER}, Scope.whole_city(), "账号用字母"),
    ("Terminal", "张三", {Role.LEADER}, Scope.whole_city(), "另有所指"),
    ("sample", "张三", {Role.LEADER}, Scope.whole_city(), "另有所指"),
    ("ab", " ", {Role.LEADER}, Scope.whole_city(), "请填写姓名"),
    ("ab", "张\u202e三", {Role.LEADER}, Scope.whole_city(), "请填写姓名"),
    ("ab", "张三", set(), Scope(), "至少选择一个角色"),
    ("ab", "张三", {Role.AUDITOR, Role.SYSADMIN}, Scope(), "三员分立"),
    ("ab", "张三", {Role.AUDITOR, Role.LEADER}, Scope.whole_city(), "三员分立"),
    ("ab", "张三", {Role.LEADER}, Scope(), "请选择可见范围"),
    ("ab", "张三", {Role.AUDITOR}, Scope.whole_city(), "不设可见范围"),
    ("ab", "张三", {Role.LEADER}, Scope(reporting_units=frozenset({"没有县"})), "登记册里没有"),
)


def test_an_account_that_must_not_be_is_refused_and_leaves_no_trace(engine: Engine):
    for login, name, roles, scope, told in NOT_TO_BE:
        wanted = AccountWanted(login, name, frozenset(roles), scope)
        with pytest.raises(AccountRefused, match=told):
            create_account(engine, wanted, viewer=ADMIN)
    assert account_list(engine) == []


def test_a_login_is_given_once(engine: Engine):
    account(engine, Role.LEADER)
    wanted = AccountWanted("someone", "别人", frozenset({Role.AUDITOR}), Scope())
    with pytest.raises(AccountRefused, match="已经存在"):
        create_account(engine, wanted, viewer=LOCAL)
