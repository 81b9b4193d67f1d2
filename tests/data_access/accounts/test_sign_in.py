"""Logins, failures and one's own password, on both engines and by the real clock's hands."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import IntegrityError

from data_access import clock
from data_access.accounts import passwords
from data_access.accounts.known import LOCAL, account_named
from data_access.accounts.sessions import SessionLimits, SignedIn, signed_in
from data_access.accounts.sign_in import (
    NOT_KNOWN,
    SignInRefused,
    change_password,
    sign_in,
    sign_in_outside,
    sign_out,
)
from data_access.accounts.upkeep import AccountWanted, create_account, set_active
from data_access.audit_trail import verified_chain
from data_access.database import reading, recording
from data_access.schema.accounts import accounts, failed_logins, login_sessions
from data_access.schema.base import audit
from supervision.passwords import FAILURES_BEFORE_LOCK, LOCK_MINUTES
from supervision.scope import Role, Scope
from tests.looking import GOOD_PASSWORD, HERE, account

NEW_PASSWORD = "Dongjiang-River#88"


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The clock's hands, which a test may put forward."""
    at = [clock.instant()]
    monkeypatch.setattr(clock, "instant", lambda: at[0])
    return at


def _fails(engine: Engine, login: str, password: str = "Wrong-Password#1") -> str:
    with pytest.raises(SignInRefused) as refused:
        sign_in(engine, login, password, client=HERE)
    return str(refused.value)


def _who(engine: Engine, token: str) -> SignedIn | None:
    return signed_in(engine, token, limits=SessionLimits())


def _known(engine: Engine, token: str) -> SignedIn:
    who = _who(engine, token)
    assert who is not None
    return who


def _audited(engine: Engine, act: str) -> list[dict[str, object]]:
    with reading(engine) as connection:
        rows = connection.execute(select(audit).where(audit.c.act == act).order_by(audit.c.id))
        return [{"actor": row.actor, **json.loads(row.after or "{}")} for row in rows]


def test_the_right_password_opens_a_session_of_the_account(engine: Engine):
    account(engine, Role.SUPERVISOR)
    who = _known(engine, sign_in(engine, " someone ", GOOD_PASSWORD, client=HERE))
    assert (who.viewer.account, who.viewer.roles) == ("someone", {Role.SUPERVISOR})
    assert (who.way, who.must_change) == ("password", False)
    assert _audited(engine, "login") == [
        {"actor": "someone", "address": HERE.address, "browser": HERE.browser, "way": "password"}
    ]


@pytest.mark.parametrize("login", ["someone", "nobody"])
def test_five_failures_lock_a_name_whether_it_is_known_or_not(
    engine: Engine, hands: list[datetime], login: str
):
    account(engine, Role.SUPERVISOR)
    told = {_fails(engine, login) for _ in range(FAILURES_BEFORE_LOCK + 3)}
    assert told == {NOT_KNOWN}
    counted = [(row["locked"], row["locks"]) for row in _audited(engine, "login_failed")]
    assert counted == [(False, False)] * 4 + [(False, True)] + [(True, False)] * 3
    hands[0] += timedelta(minutes=LOCK_MINUTES, seconds=1)
    assert _fails(engine, login) == NOT_KNOWN
    assert _audited(engine, "login_failed")[-1]["locked"] is False


def test_a_lock_holds_against_the_right_password_until_its_time_is_over(
    engine: Engine, hands: list[datetime]
):
    account(engine, Role.SUPERVISOR)
    for _ in range(FAILURES_BEFORE_LOCK):
        _fails(engine, "someone")
    assert _fails(engine, "someone", GOOD_PASSWORD) == NOT_KNOWN
    hands[0] += timedelta(minutes=LOCK_MINUTES) - timedelta(seconds=1)
    assert _fails(engine, "someone", GOOD_PASSWORD) == NOT_KNOWN
    hands[0] += timedelta(seconds=1)
    assert _who(engine, sign_in(engine, "someone", GOOD_PASSWORD, client=HERE))


def test_a_login_in_between_begins_the_count_anew(engine: Engine):
    account(engine, Role.SUPERVISOR)
    for _ in range(3):
        for _ in range(FAILURES_BEFORE_LOCK - 1):
            _fails(engine, "someone")
        assert sign_in(engine, "someone", GOOD_PASSWORD, client=HERE)


def test_guesses_made_all_at_once_are_counted_one_by_one(engine: Engine):
    account(engine, Role.SUPERVISOR)
    for _ in range(FAILURES_BEFORE_LOCK - 1):
        _fails(engine, "someone")
    together, opened = Barrier(4), []

    def guess(password: str) -> None:
        together.wait()
        try:
            opened.append(sign_in(engine, "someone", password, client=HERE))
        except SignInRefused:
            return

    tries = [Thread(target=guess, args=(f"Wrong-Password#{n}",)) for n in range(4)]
    for thread in tries:
        thread.start()
    for thread in tries:
        thread.join()
    assert opened == []
    assert [row["locks"] for row in _audited(engine, "login_failed")].count(True) == 1
    assert verified_chain(engine).fault is None


def test_a_name_nobody_has_costs_one_comparison_like_a_wrong_password(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    account(engine, Role.SUPERVISOR)
    compared, compare = [], passwords._HASHER.verify
    monkeypatch.setattr(
        type(passwords._HASHER),
        "verify",
        lambda _hasher, stored, typed: (compared.append(stored[:30]), compare(stored, typed)),
    )
    for login in ("someone", "nobody", "no\x00body", "x" * 500, ""):
        compared.clear()
        assert _fails(engine, login) == NOT_KNOWN
        assert compared == ["$argon2id$v=19$m=19456,t=2,p=1"], login


def test_what_was_typed_as_an_unknown_name_is_kept_as_a_hash_only(engine: Engine):
    _fails(engine, "My-Own-Password#1")
    with reading(engine) as connection:
        told = [str(row) for row in connection.execute(select(failed_logins))]
        told += [str(row) for row in connection.execute(select(audit))]
    assert "My-Own-Password#1" not in "".join(told)
    assert [row["actor"] for row in _audited(engine, "login_failed")] == ["?"]


def test_names_nobody_has_are_forgotten_after_a_day(engine: Engine, hands: list[datetime]):
    for n in range(5):
        _fails(engine, f"nobody{n}")
    hands[0] += timedelta(days=1, seconds=1)
    _fails(engine, "nobody9")
    with reading(engine) as connection:
        kept = connection.execute(select(func.count()).select_from(failed_logins)).scalar_one()
    # The name, and how many were tried from this address.
    assert kept == 2


def test_an_account_switched_off_is_answered_like_a_wrong_password(engine: Engine):
    key = account(engine, Role.SUPERVISOR)
    set_active(engine, key, active=False, row_version=1, viewer=LOCAL)
    assert _fails(engine, "someone", GOOD_PASSWORD) == NOT_KNOWN


def test_nothing_that_opens_a_login_is_readable_in_the_store(engine: Engine):
    wanted = AccountWanted("someone", "某人", frozenset({Role.AUDITOR}), Scope())
    first = create_account(engine, wanted, viewer=LOCAL)
    token = sign_in(engine, "someone", first, client=HERE)
    change_password(engine, _known(engine, token), first, NEW_PASSWORD, client=HERE)
    _fails(engine, "someone", "Third-Password#3")
    with reading(engine) as connection:
        told = "".join(
            str(row)
            for table in (accounts, login_sessions, failed_logins, audit)
            for row in connection.execute(select(table))
        )
    for secret in (first, token, NEW_PASSWORD, "Third-Password#3"):
        assert secret not in told
    assert "$argon2id$" in told


def test_an_error_of_the_store_tells_no_values(engine: Engine):
    account(engine, Role.AUDITOR)
    account(engine, Role.AUDITOR, login="other")
    with pytest.raises(IntegrityError, match="accounts") as failed, recording(engine) as change:
        change.connection.execute(
            update(accounts).values(password_hash="$argon2id$secret", login="same")
        )
    assert "argon2id" not in str(failed.value)


def test_logging_out_ends_this_session_and_its_token_opens_nothing(engine: Engine):
    account(engine, Role.SUPERVISOR)
    mine, other = (sign_in(engine, "someone", GOOD_PASSWORD, client=HERE) for _ in range(2))
    assert mine != other
    sign_out(engine, _known(engine, mine), client=HERE)
    assert _who(engine, mine) is None
    assert _who(engine, other) is not None
    assert [row["actor"] for row in _audited(engine, "logout")] == ["someone"]


def test_a_one_time_password_must_be_changed_and_opens_once(engine: Engine):
    wanted = AccountWanted("someone", "某人", frozenset({Role.AUDITOR}), Scope())
    first = create_account(engine, wanted, viewer=LOCAL)
    who = _known(engine, token := sign_in(engine, "someone", first, client=HERE))
    assert who.must_change
    change_password(engine, who, first, NEW_PASSWORD, client=HERE)
    assert not _known(engine, token).must_change
    assert _fails(engine, "someone", first) == NOT_KNOWN
    assert sign_in(engine, "someone", NEW_PASSWORD, client=HERE)


def test_a_new_password_that_is_not_taken_changes_nothing(engine: Engine):
    account(engine, Role.SUPERVISOR)
    who = _known(engine, sign_in(engine, "someone", GOOD_PASSWORD, client=HERE))
    for old, new, told in (
        ("Wrong-Password#1", NEW_PASSWORD, "原密码不正确"),
        (GOOD_PASSWORD, GOOD_PASSWORD, "不能与原密码相同"),
        (GOOD_PASSWORD, "Short#1", "至少 10 个字符"),
        (GOOD_PASSWORD, "Someone-Sunny#71", "不能包含账号或姓名"),
        (GOOD_PASSWORD, "Password@123", "太常见"),
        (GOOD_PASSWORD, "aaaaaaaaaaaaaaaaaaaa", "太常见"),
    ):
        with pytest.raises(SignInRefused, match=told):
            change_password(engine, who, old, new, client=HERE)
    assert sign_in(engine, "someone", GOOD_PASSWORD, client=HERE)
    assert _audited(engine, "change_password") == []


def test_a_changed_password_ends_the_other_sessions_of_the_account_only(engine: Engine):
    account(engine, Role.SUPERVISOR)
    account(engine, Role.SUPERVISOR, login="colleague")
    mine, other = (sign_in(engine, "someone", GOOD_PASSWORD, client=HERE) for _ in range(2))
    colleague = sign_in(engine, "colleague", GOOD_PASSWORD, client=HERE)
    change_password(engine, _known(engine, mine), GOOD_PASSWORD, NEW_PASSWORD, client=HERE)
    assert _who(engine, other) is None
    assert _who(engine, mine) is not None
    assert _who(engine, colleague) is not None


def test_an_open_page_is_no_place_to_try_passwords(engine: Engine):
    account(engine, Role.SUPERVISOR)
    who = _known(engine, token := sign_in(engine, "someone", GOOD_PASSWORD, client=HERE))
    for n in range(FAILURES_BEFORE_LOCK):
        with pytest.raises(SignInRefused):
            change_password(engine, who, f"Wrong-Password#{n}", NEW_PASSWORD, client=HERE)
    assert _who(engine, token) is None
    assert _fails(engine, "someone", GOOD_PASSWORD) == NOT_KNOWN


def test_whom_somebody_vouches_for_is_let_in_by_the_subject_of_the_account(engine: Engine):
    wanted = AccountWanted("someone", "某人", frozenset({Role.AUDITOR}), Scope(), "uid-7")
    create_account(engine, wanted, viewer=LOCAL)
    who = _known(engine, sign_in_outside(engine, "uid-7", way="oidc", client=HERE))
    assert (who.viewer.account, who.way, who.subject) == ("someone", "oidc", "uid-7")
    assert not who.must_change, "a one-time password is of no use to them"


def test_a_subject_that_no_account_names_is_let_in_nowhere(engine: Engine):
    wanted = AccountWanted("someone", "某人", frozenset({Role.AUDITOR}), Scope(), "uid-7")
    create_account(engine, wanted, viewer=LOCAL)
    account(engine, Role.LEADER, login="unbound")
    for subject in ("uid-8", "someone", "UID-7", "", "uid-7\x00", "uid-7" * 60):
        with pytest.raises(SignInRefused, match="没有与之对应的账号"):
            sign_in_outside(engine, subject, way="proxy", client=HERE)
    assert [row["way"] for row in _audited(engine, "login_refused")] == ["proxy"] * 6


def test_an_account_switched_off_is_not_let_in_by_anybodys_word(engine: Engine):
    wanted = AccountWanted("someone", "某人", frozenset({Role.AUDITOR}), Scope(), "uid-7")
    create_account(engine, wanted, viewer=LOCAL)
    with reading(engine) as connection:
        made = account_named(connection, "someone")
    assert made is not None
    set_active(engine, made.id, active=False, row_version=1, viewer=LOCAL)
    with pytest.raises(SignInRefused):
        sign_in_outside(engine, "uid-7", way="oidc", client=HERE)
