"""Somebody who is logged in, for tests that look at pages without a browser."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.runtime.context import ContextProxy, StreamlitCookies

from dashboard.identity import cookie_name
from data_access import clock
from data_access.accounts.known import LOCAL, account_named
from data_access.accounts.sessions import Client, SignedIn, open_session
from data_access.accounts.upkeep import AccountWanted, create_account
from data_access.database import recording
from supervision.rights import UNIT_ROLES, needs_a_scope
from supervision.scope import Role, Scope, Viewer

GOOD_PASSWORD = "Heyuan-Sunny#71"
HERE = Client("127.0.0.1", "test")


def anybody(_token: str | None) -> SignedIn:
    """A doorkeeper for faces without a store: everyone is the same supervisor."""
    viewer = Viewer("test", "测试", frozenset({Role.SUPERVISOR}), Scope.whole_city())
    return SignedIn(1, 1, viewer, must_change=False, way="password",
                    started_at=clock.instant())  # fmt: skip


def account(
    engine: Engine, *roles: Role, scope: Scope | None = None, login: str = "someone"
) -> int:
    """A new account with these roles; its id. As wide a scope as they may have, unless told."""
    held = frozenset(roles)
    seen = scope or _usual_scope(held)
    wanted = AccountWanted(login, "某人", held, seen)
    create_account(engine, wanted, viewer=LOCAL, password=GOOD_PASSWORD)
    with recording(engine) as change:
        made = account_named(change.connection, login)
    assert made is not None
    return made.id


def _usual_scope(roles: frozenset[Role]) -> Scope:
    if roles & UNIT_ROLES:
        return Scope(departments=frozenset({"市教育局"}))
    return Scope.whole_city() if needs_a_scope(roles) else Scope()


def looks(
    monkeypatch: pytest.MonkeyPatch, engine: Engine, *roles: Role, scope: Scope | None = None
) -> str:
    """Let the pages of this test be looked at with these roles; the session's token.

    Streamlit's page test has no browser, so the cookie of one is laid before it; the session
    itself is real.
    """
    key = account(engine, *roles, scope=scope)
    with recording(engine) as change:
        token = open_session(change.connection, key, way="password", client=HERE)
    cookies = StreamlitCookies({cookie_name(): token})
    monkeypatch.setattr(ContextProxy, "cookies", cookies)
    return token
