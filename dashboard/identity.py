"""The door for who is looking: logins, sessions and one's own password.

Used by the login routes and the gate around Streamlit, and by `dashboard.viewer` in a page.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.engine import engine
from dashboard.settings import settings
from data_access import clock
from data_access.accounts.known import LOCAL
from data_access.accounts.last_use import LastUse
from data_access.accounts.last_use import last_use as _last_use
from data_access.accounts.passwords import AT_ONCE
from data_access.accounts.sample_accounts import SAMPLE_PASSWORD, SampleAccount, sample_accounts
from data_access.accounts.sessions import PASSWORD, Client, SessionLimits, SignedIn
from data_access.accounts.sessions import signed_in as _signed_in
from data_access.accounts.sign_in import SignInRefused, is_told
from data_access.accounts.sign_in import change_password as _change_password
from data_access.accounts.sign_in import sign_in as _sign_in
from data_access.accounts.sign_in import sign_in_outside as _sign_in_outside
from data_access.accounts.sign_in import sign_out as _sign_out
from data_access.writes.refused_access import item_exists, record_refused_access
from supervision.rights import NotPermitted, Right
from supervision.rights import require as _require
from supervision.scope import Viewer

__all__ = [
    "AT_ONCE", "LOCAL", "PASSWORD", "SAMPLE_PASSWORD", "Client", "LastUse", "SampleAccount",
    "SignInRefused", "SignedIn",
]  # fmt: skip


_P = ParamSpec("_P")
_R = TypeVar("_R")
_LOG = logging.getLogger("duban")
_refused: dict[str, tuple[str, int]] = {}
"""Account → the hour and how many refusals it had in it: who tries every number must not fill
the audit."""
_noting = threading.Lock()


def cookie_name() -> str:
    """The session's cookie; the prefix binds it to this host and to encryption where there is."""
    return "__Host-duban" if settings().tls else "duban_session"


def signed_in(token: str | None) -> SignedIn | None:
    """Whose living session this token is, asked of the store each time."""
    if not token:
        return None
    return _signed_in(engine(), token, limits=session_limits())


def session_limits() -> SessionLimits:
    """How long a login lasts, as the settings have it."""
    wanted = settings()
    return SessionLimits(
        idle=timedelta(minutes=wanted.idle_minutes),
        longest=timedelta(hours=wanted.session_hours),
    )


def last_use(who: SignedIn) -> LastUse:
    """How this person's account was used before this login."""
    return _last_use(engine(), who)


def sign_in(login: str, password: str, client: Client) -> str:
    """Log in; the session's token, or SignInRefused.

    The sample city's password is known to everybody: where others come in it opens nothing.
    """
    return _sign_in(engine(), login, "" if _is_known_to_all(password) else password, client=client)


def _is_known_to_all(password: str) -> bool:
    return settings().is_for_others and password == SAMPLE_PASSWORD


def sign_in_outside(subject: str, way: str, client: Client) -> str:
    """Log in whom a provider or proxy vouches for; the session's token, or SignInRefused."""
    return _sign_in_outside(engine(), subject, way=way, client=client)


def sign_out(who: SignedIn, client: Client) -> None:
    """End this session."""
    _sign_out(engine(), who, client=client)


def change_password(who: SignedIn, old: str, new: str, client: Client) -> None:
    """Change one's own password, or SignInRefused."""
    if _is_known_to_all(new):
        raise SignInRefused("这是演示账号的密码，人人都知道，请换一个。")
    _change_password(engine(), who, old, new, client=client)


def require(viewer: Viewer, right: Right) -> None:
    """NotPermitted, recorded, unless the viewer has the right."""
    with refusals_noted(viewer, right.label):
        _require(viewer, right)


def behind(right: Right, act: Callable[Concatenate[Engine, _P], _R]) -> Callable[_P, _R]:
    """An act on the store as pages do it: who has not the right is refused before it begins."""

    @wraps(act)
    def by_right(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        viewer = kwargs["viewer"]
        assert isinstance(viewer, Viewer)
        require(viewer, right)
        return act(engine(), *args, **kwargs)

    return by_right


@contextmanager
def refusals_noted(viewer: Viewer, asked: str) -> Iterator[None]:
    """Whoever is refused inside is recorded with what he asked for."""
    try:
        yield
    except NotPermitted:
        _note(viewer, asked)
        raise


def note_refused(viewer: Viewer, asked: str) -> None:
    """Record that somebody was refused at a gate, before any page ran."""
    _note(viewer, asked)


def note_unseen_item(viewer: Viewer, item_id: int) -> None:
    """Record that somebody asked for an item outside his scope."""
    if item_exists(engine(), item_id):
        _note(viewer, "事项详情", item_id)


def _note(viewer: Viewer, asked: str, item_id: int | None = None) -> None:
    hour = clock.instant().strftime("%Y-%m-%d %H")
    with _noting:
        before, so_far = _refused.get(viewer.account, (hour, 0))
        so_far = so_far + 1 if before == hour else 1
        _refused[viewer.account] = (hour, so_far)
    if not is_told(so_far):
        return
    try:
        record_refused_access(engine(), asked, viewer=viewer, item_id=item_id, so_far=so_far)
    except SQLAlchemyError as problem:
        # The refusal itself stands, also while somebody stores a ledger.
        _LOG.warning("a refused access was not recorded: %s", type(problem).__name__)


def accounts_to_try() -> list[SampleAccount]:
    """The sample city's accounts, told on the login page; none where they open nothing."""
    return [] if settings().is_for_others else sample_accounts(engine())
