"""Who is logged in: a random token in the browser, its hash and its times in the store.

A session is looked up at every question; what ended it (logout, a lock, changed rights, time)
counts from the next one on.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Row, bindparam, insert, select, update
from sqlalchemy.exc import OperationalError

from data_access import clock
from data_access.accounts.known import Account, account_of
from data_access.database import reading, writing_if_free
from data_access.schema.accounts import accounts, login_sessions
from supervision.scope import Viewer
from supervision.vocabulary import Worded

PASSWORD = "password"
"""The way of a login by one's own password; others name who vouched: `oidc`, `proxy`."""
_TOUCH_EVERY = timedelta(minutes=1)
# Built once: it is asked at every rerun, and building takes longer than asking.
_OF_TOKEN = select(login_sessions).where(login_sessions.c.token_hash == bindparam("token"))
LONGEST_BROWSER = 200


class Ended(Worded):
    """Why a session ended."""

    LOGOUT = "logout", "本人退出"
    IDLE = "idle", "久未操作"
    TOO_LONG = "too_long", "超过最长时间"
    PASSWORD = "password", "密码已修改"
    LOCKED = "locked", "密码连续输错"
    RIGHTS = "rights", "权限已调整"
    DISABLED = "disabled", "账号已停用"
    BY_ADMIN = "by_admin", "管理员结束"


class Client(NamedTuple):
    """Where a login comes from, as the server sees it."""

    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a login lasts: without use, and at all."""

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A living session: who it is, and whether the password must be changed first.

    `subject` is the name under which a provider or proxy knows the person.
    """

    session_id: int
    account_id: int
    viewer: Viewer
    must_change: bool
    way: str
    started_at: datetime
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class LivingSession:
    """A session as the administrator sees it: whose, by which way, from where, since when."""

    session_id: int
    login: str
    name: str
    way: str
    client: Client
    started_at: datetime
    seen_at: datetime


def living_sessions(engine: Engine, *, limits: SessionLimits) -> list[LivingSession]:
    """Every session that would still be let in, the last used first."""
    now = clock.instant()
    question = (
        select(login_sessions, accounts.c.login, accounts.c.name)
        .join(accounts, accounts.c.id == login_sessions.c.account_id)
        .where(
            login_sessions.c.ended_at.is_(None),
            login_sessions.c.seen_at >= now - limits.idle,
            login_sessions.c.started_at >= now - limits.longest,
            accounts.c.active,
        )
        .order_by(login_sessions.c.seen_at.desc(), login_sessions.c.id.desc())
    )
    with reading(engine) as connection:
        return [
            LivingSession(
                session_id=row.id,
                login=row.login,
                name=row.name,
                way=row.way,
                client=Client(row.address, row.browser),
                started_at=row.started_at,
                seen_at=row.seen_at,
            )
            for row in connection.execute(question)
        ]


def token_hash(token: str) -> str:
    """What the store knows of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(connection: Connection, account_id: int, *, way: str, client: Client) -> str:
    """A new session of an account, in the transaction of its login; returns the token."""
    token, now = secrets.token_urlsafe(32), clock.instant()
    connection.execute(
        insert(login_sessions).values(
            account_id=account_id,
            token_hash=token_hash(token),
            way=way,
            address=client.address[:60],
            browser=client.browser[:LONGEST_BROWSER],
            started_at=now,
            seen_at=now,
        )
    )
    connection.execute(
        update(accounts).where(accounts.c.id == account_id).values(last_login_at=now)
    )
    return token


def signed_in(engine: Engine, token: str, *, limits: SessionLimits) -> SignedIn | None:
    """Whose session this token is; None when there is none or it has ended.

    Notes that the session was used, at most once a minute.
    """
    now = clock.instant()
    with reading(engine) as connection:
        row = connection.execute(_OF_TOKEN, {"token": token_hash(token)}).one_or_none()
        account = account_of(connection, row.account_id) if row is not None else None
    if row is None or account is None or row.ended_at is not None:
        return None
    if (why := _over(row, account, now, limits)) is not None:
        _end(engine, row.id, why)
        return None
    if now - row.seen_at >= _TOUCH_EVERY:
        _touch(engine, row.id, now)
    return SignedIn(
        session_id=row.id,
        account_id=account.id,
        viewer=account.viewer,
        # Whom somebody else vouches for has no use for a one-time password.
        must_change=account.must_change and row.way == PASSWORD,
        way=row.way,
        started_at=row.started_at,
        subject=account.outside_subject,
    )


def _over(
    row: Row[tuple[object, ...]], account: Account, now: datetime, limits: SessionLimits
) -> Ended | None:
    if not account.active:
        return Ended.DISABLED
    if now - row.seen_at > limits.idle:
        return Ended.IDLE
    if now - row.started_at > limits.longest:
        return Ended.TOO_LONG
    return None


def _touch(engine: Engine, session_id: int, now: datetime) -> None:
    # A page must not fail because somebody imports a ledger just now: the next question notes it.
    try:
        with writing_if_free(engine) as connection:
            connection.execute(
                update(login_sessions).where(login_sessions.c.id == session_id).values(seen_at=now)
            )
    except OperationalError:
        return


def _end(engine: Engine, session_id: int, why: Ended) -> None:
    # It is over whether or not that can be written down now.
    try:
        with writing_if_free(engine) as connection:
            end_sessions(connection, why, session_id=session_id)
    except OperationalError:
        return


def end_sessions(
    connection: Connection,
    why: Ended,
    *,
    session_id: int | None = None,
    account_id: int | None = None,
    but: int | None = None,
) -> int:
    """End one session, or all of an account but one; returns how many were living."""
    of = (
        login_sessions.c.id == session_id
        if session_id is not None
        else login_sessions.c.account_id == account_id
    )
    ending = (
        update(login_sessions)
        .where(of, login_sessions.c.ended_at.is_(None))
        .values(ended_at=clock.instant(), ended_why=why.value)
    )
    if but is not None:
        ending = ending.where(login_sessions.c.id != but)
    return connection.execute(ending).rowcount
