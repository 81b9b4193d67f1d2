"""The door for who is looking: logins, sessions and one's own password.

Used by the login routes and the gate around Streamlit, and by `dashboard.viewer` in a page.
"""

from __future__ import annotations

from datetime import timedelta

from dashboard.engine import engine
from dashboard.settings import settings
from data_access.accounts.known import LOCAL
from data_access.accounts.last_use import LastUse
from data_access.accounts.last_use import last_use as _last_use
from data_access.accounts.passwords import AT_ONCE
from data_access.accounts.sample_accounts import SAMPLE_PASSWORD, SampleAccount, sample_accounts
from data_access.accounts.sessions import PASSWORD, Client, SessionLimits, SignedIn
from data_access.accounts.sessions import signed_in as _signed_in
from data_access.accounts.sign_in import SignInRefused
from data_access.accounts.sign_in import change_password as _change_password
from data_access.accounts.sign_in import sign_in as _sign_in
from data_access.accounts.sign_in import sign_in_outside as _sign_in_outside
from data_access.accounts.sign_in import sign_out as _sign_out

__all__ = [
    "AT_ONCE", "LOCAL", "PASSWORD", "SAMPLE_PASSWORD", "Client", "LastUse", "SampleAccount",
    "SignInRefused", "SignedIn",
]  # fmt: skip


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


def accounts_to_try() -> list[SampleAccount]:
    """The sample city's accounts, told on the login page; none where they open nothing."""
    return [] if settings().is_for_others else sample_accounts(engine())
