"""How an account was used before the login that is open now: the login before it, and failures."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, select

from data_access.accounts.sessions import Client, SignedIn
from data_access.database import reading
from data_access.schema.accounts import login_sessions
from data_access.schema.base import audit


class EarlierLogin(NamedTuple):
    """The login before: when it began, when it was last seen in use, and from where."""

    started_at: datetime
    seen_at: datetime
    client: Client


class LastUse(NamedTuple):
    """The login before this one, and how many wrong passwords came between the two."""

    earlier: EarlierLogin | None
    failures: int


def last_use(engine: Engine, who: SignedIn) -> LastUse:
    """What a person should hear who has just logged in: it may have been somebody else."""
    with reading(engine) as connection:
        before = connection.execute(
            select(login_sessions)
            .where(
                login_sessions.c.account_id == who.account_id,
                login_sessions.c.id < who.session_id,
            )
            .order_by(login_sessions.c.id.desc())
            .limit(1)
        ).one_or_none()
        return LastUse(
            EarlierLogin(before.started_at, before.seen_at, Client(before.address, before.browser))
            if before is not None
            else None,
            _failures(connection, who),
        )


def _failures(connection: Connection, who: SignedIn) -> int:
    """Counted off the audit, by its order and not by its times, which a told day shifts."""
    of_account = (audit.c.entity == "account") & (audit.c.entity_id == who.account_id)
    later = connection.execute(
        select(func.count())
        .select_from(login_sessions)
        .where(login_sessions.c.account_id == who.account_id, login_sessions.c.id > who.session_id)
    ).scalar_one()
    # Each session began with one row: counted from the end, the row of this one and of the last.
    logins = (
        connection.execute(
            select(audit.c.id)
            .where(of_account, audit.c.act == "login")
            .order_by(audit.c.id.desc())
            .offset(later)
            .limit(2)
        )
        .scalars()
        .all()
    )
    if not logins:
        return 0
    this, before = logins[0], logins[1] if len(logins) > 1 else 0
    return connection.execute(
        select(func.count())
        .select_from(audit)
        .where(of_account, audit.c.act == "login_failed", audit.c.id < this, audit.c.id > before)
    ).scalar_one()
