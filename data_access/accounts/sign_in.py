"""Logging in and out, and changing one's own password; each is recorded, failures too."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, Engine, delete, false, insert, select, update

from data_access import clock
from data_access.accounts.known import Account, account_named, account_of
from data_access.accounts.passwords import hashed, is_outdated, is_right, refusal_of
from data_access.accounts.sessions import (
    LONGEST_BROWSER,
    PASSWORD,
    Client,
    Ended,
    SignedIn,
    end_sessions,
    open_session,
)
from data_access.audit_trail import AuditRow, add_audit_rows
from data_access.database import Transaction, reading, recording
from data_access.schema.accounts import accounts, failed_logins
from supervision.passwords import FAILURES_BEFORE_LOCK, LOCK_MINUTES

NOT_KNOWN = (
    f"账号或密码不正确。连续输错 {FAILURES_BEFORE_LOCK} 次，账号将锁定 {LOCK_MINUTES} 分钟。"
)
"""The same for a wrong name, a wrong password and a locked account: it tells nobody which."""
LONGEST_LOGIN = 60
TOLD_EACH = 20
"""Failures of unknown names from one address in an hour that have an audit row each."""
LONGEST_SUBJECT = 200
_LOCK = timedelta(minutes=LOCK_MINUTES)
_FORGET = timedelta(days=1)


class SignInRefused(Exception):
    """Nobody was logged in, or no password was changed; the text is a Chinese sentence."""


def sign_in(engine: Engine, login: str, password: str, *, client: Client) -> str:
    """Log in by password; returns the session's token. Raises SignInRefused."""
    login = _as_stored(login)
    with reading(engine) as connection:
        tried = _password_hash(connection, login)
    # Hashing takes a tenth of a second: not under the writers' lock.
    right = is_right(tried, password)
    renewed = hashed(password) if right and tried and is_outdated(tried) else None
    with recording(engine) as change:
        account = account_named(change.connection, login)
        # Asked again under the lock: guesses made all at once are counted one by one.
        locked = _is_locked(change.connection, login, account)
        right = right and _still_right(change.connection, login, password, tried)
        if right and not locked and account is not None and account.active:
            if renewed is not None:
                _renew_hash(change.connection, account.id, renewed)
            token: str | None = _welcome(change, account, way=PASSWORD, client=client)
        else:
            token = None
            _note_failure(change, login, account, client, locked=locked)
    if token is None:
        raise SignInRefused(NOT_KNOWN)
    return token


def sign_in_outside(engine: Engine, subject: str, *, way: str, client: Client) -> str:
    """Log in somebody a provider or proxy vouches for; the account must name the subject."""
    sound = subject.isprintable() and 0 < len(subject) <= LONGEST_SUBJECT
    named = accounts.c.outside_subject == subject if sound else false()
    with recording(engine) as change:
        found = change.connection.execute(select(accounts.c.id).where(named)).scalar_one_or_none()
        account = account_of(change.connection, found) if found is not None else None
        if account is not None and account.active:
            token: str | None = _welcome(change, account, way=way, client=client)
        else:
            token = None
            _audit(
                change,
                "?",
                "login_refused",
                None,
                client,
                {"way": way, "subject": subject if sound else "?"},
            )
    if token is None:
        raise SignInRefused("您的身份已确认，但本系统没有与之对应的账号，请联系系统管理员。")
    return token


def sign_out(engine: Engine, who: SignedIn, *, client: Client) -> None:
    """End this session."""
    with recording(engine) as change:
        end_sessions(change.connection, Ended.LOGOUT, session_id=who.session_id)
        _audit(change, who.viewer.account, "logout", who.account_id, client, None)


def change_password(engine: Engine, who: SignedIn, old: str, new: str, *, client: Client) -> None:
    """Change one's own password; other sessions of the account end. Raises SignInRefused.

    Wrong guesses of the old one count towards the lock, which ends the account's sessions:
    an open page that somebody left is no place to try passwords.
    """
    with reading(engine) as connection:
        tried = _password_hash(connection, who.viewer.account)
    if not is_right(tried, old):
        with recording(engine) as change:
            account = account_of(change.connection, who.account_id)
            if _note_failure(change, who.viewer.account, account, client, locked=False):
                end_sessions(change.connection, Ended.LOCKED, account_id=who.account_id)
        raise SignInRefused("原密码不正确。")
    if old == new:
        raise SignInRefused("新密码不能与原密码相同。")
    refusal = refusal_of(new, login=who.viewer.account, name=who.viewer.name)
    if refusal is not None:
        raise SignInRefused(refusal)
    new_hash = hashed(new)
    with recording(engine) as change:
        if _password_hash(change.connection, who.viewer.account) != tried:
            raise SignInRefused("密码刚刚已被修改，请重新登录。")
        change.connection.execute(
            update(accounts)
            .where(accounts.c.id == who.account_id)
            .values(
                password_hash=new_hash,
                password_set_at=clock.instant(),
                must_change=False,
                failures=0,
            )
        )
        end_sessions(
            change.connection, Ended.PASSWORD, account_id=who.account_id, but=who.session_id
        )
        _audit(change, who.viewer.account, "change_password", who.account_id, client, None)


def _as_stored(login: str) -> str:
    """What was typed as a login, as a store can be asked for it."""
    login = login.strip()[:LONGEST_LOGIN]
    return login if login.isprintable() else ""


def _password_hash(connection: Connection, login: str) -> str | None:
    stored: str | None = connection.execute(
        select(accounts.c.password_hash).where(accounts.c.login == login)
    ).scalar_one_or_none()
    return stored


def _still_right(connection: Connection, login: str, password: str, tried: str | None) -> bool:
    """Whether a password that was right is so under the lock too.

    Another login may have renewed the hash meanwhile: only then it is compared again here.
    """
    now = _password_hash(connection, login)
    return now == tried or is_right(now, password)


def _renew_hash(connection: Connection, account_id: int, renewed: str) -> None:
    """Today's costs for the same password: nothing that a person or an auditor would notice."""
    connection.execute(
        update(accounts).where(accounts.c.id == account_id).values(password_hash=renewed)
    )


def _is_locked(connection: Connection, login: str, account: Account | None) -> bool:
    until = account.locked_until if account is not None else _unknown_locked(connection, login)
    return until is not None and until > clock.instant()


def _welcome(change: Transaction, account: Account, *, way: str, client: Client) -> str:
    change.connection.execute(
        update(accounts).where(accounts.c.id == account.id).values(failures=0, locked_until=None)
    )
    token = open_session(change.connection, account.id, way=way, client=client)
    _audit(change, account.viewer.account, "login", account.id, client, {"way": way})
    return token


def _note_failure(
    change: Transaction, login: str, account: Account | None, client: Client, *, locked: bool
) -> bool:
    """Count towards the lock; whether this failure locks.

    What was typed as a login is not kept: it may be a password. Who tries names by the thousand
    does not fill the audit: from some number on its rows say how many there were.
    """
    locks = False
    if not locked and account is None:
        locks = _count_unknown(change.connection, login, clock.instant())
    elif not locked and account is not None:
        locks = _count(change.connection, account.id, clock.instant())
    told: dict[str, object] = {"locked": locked, "locks": locks}
    if account is None:
        so_far = _tried_from(change.connection, client.address, clock.instant())
        if not is_told(so_far):
            return locks
        told |= {"unknown": True, "so_far": so_far}
    name = account.viewer.account if account is not None else "?"
    _audit(change, name, "login_failed", account.id if account else None, client, told)
    return locks


def _count(connection: Connection, account_id: int, now: datetime) -> bool:
    so_far = connection.execute(
        select(accounts.c.failures).where(accounts.c.id == account_id)
    ).scalar_one()
    locks = int(so_far) + 1 >= FAILURES_BEFORE_LOCK
    connection.execute(
        update(accounts)
        .where(accounts.c.id == account_id)
        .values(failures=0 if locks else so_far + 1, locked_until=now + _LOCK if locks else None)
    )
    return locks


def is_told(so_far: int) -> bool:
    """The first ones each; then the 100th, the 1,000th and so on."""
    return so_far <= TOLD_EACH or (so_far >= 100 and set(str(so_far)[1:]) == {"0"})


def _tried_from(connection: Connection, address: str, now: datetime) -> int:
    """How often names that nobody has were tried from this address in this hour, now included."""
    # No login has a line break in it: this one's count is no login's.
    key = _hash_of(f"\n{address}\n{now:%Y-%m-%d %H}")
    of_this = failed_logins.c.login_hash == key
    so_far = connection.execute(
        select(failed_logins.c.failures).where(of_this)
    ).scalar_one_or_none()
    if so_far is None:
        connection.execute(insert(failed_logins).values(login_hash=key, failures=1, last_at=now))
        return 1
    connection.execute(
        update(failed_logins).where(of_this).values(failures=so_far + 1, last_at=now)
    )
    return int(so_far) + 1


def _hash_of(login: str) -> str:
    return hashlib.sha256(login.casefold().encode()).hexdigest()


def _unknown_locked(connection: Connection, login: str) -> datetime | None:
    found: datetime | None = connection.execute(
        select(failed_logins.c.locked_until).where(failed_logins.c.login_hash == _hash_of(login))
    ).scalar_one_or_none()
    return found


def _count_unknown(connection: Connection, login: str, now: datetime) -> bool:
    connection.execute(delete(failed_logins).where(failed_logins.c.last_at < now - _FORGET))
    key = _hash_of(login)
    known = connection.execute(
        select(failed_logins.c.failures).where(failed_logins.c.login_hash == key)
    ).scalar_one_or_none()
    failures = (known or 0) + 1
    locks = failures >= FAILURES_BEFORE_LOCK
    values = {
        "failures": 0 if locks else failures,
        "locked_until": now + _LOCK if locks else None,
        "last_at": now,
    }
    if known is None:
        connection.execute(insert(failed_logins).values(login_hash=key, **values))
    else:
        connection.execute(
            update(failed_logins).where(failed_logins.c.login_hash == key).values(**values)
        )
    return locks


def _audit(
    change: Transaction,
    actor: str,
    act: str,
    account_id: int | None,
    client: Client,
    told: dict[str, object] | None,
) -> None:
    after = {
        "address": client.address[:60],
        "browser": client.browser[:LONGEST_BROWSER],
        **(told or {}),
    }
    row = AuditRow(
        at=clock.now(),
        actor=actor,
        act=act,
        entity="account",
        entity_id=account_id,
        after=msgspec.json.encode(after).decode(),
    )
    add_audit_rows(change, [row])
