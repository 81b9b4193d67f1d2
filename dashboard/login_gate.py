"""Nothing without login, nothing from other sites: asked before Streamlit sees a request."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import quote

import anyio
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import wording
from dashboard.identity import SignedIn, cookie_name, note_refused
from dashboard.login_pages import PRIVATE, told_page
from dashboard.pages import is_first_page
from dashboard.proxy import still_vouched
from dashboard.settings import settings

OPEN = ("/login", "/login/oidc", "/login/oidc/callback", "/logout", "/healthz")
OPEN_BELOW = ("/app/static/", "/static/")
"""Our own and Streamlit's unchanging files: they tell nothing of the city."""
WHILE_CHANGING = ("/password",)

Doorkeeper = Callable[[str | None], SignedIn | None]
"""Session token → whose living session it is."""
_LOG = logging.getLogger("duban")


class OwnPagesOnly:
    """Takes websockets, uploads and forms from this server's own pages.

    Streamlit believes every port of this machine, too; a cookie knows no ports, so a page of
    another service on it could act as whoever is logged in here.
    """

    def __init__(self, app: ASGIApp, doorkeeper: Doorkeeper) -> None:
        self.app, self._doorkeeper = app, doorkeeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _only_reads(scope) or _comes_from_own_page(scope):
            await self.app(scope, receive, send)
            return
        await anyio.to_thread.run_sync(self._note, HTTPConnection(scope).cookies.get(cookie_name()))
        if scope["type"] == "websocket":
            # Before it was accepted: the browser is answered 403.
            await send({"type": "websocket.close", "code": 1008})
        else:
            await told_page(wording.FOREIGN_FORM, 403)(scope, receive, send)

    def _note(self, token: str | None) -> None:
        """In whose browser the other site was: the cookie came along, so it is the same site."""
        try:
            who = self._doorkeeper(token)
        except Exception:
            # The store does not answer: the refusal stands without its row.
            _LOG.warning("a foreign request was not recorded", exc_info=True)
            return
        if who is not None:
            note_refused(who.viewer, wording.REQUEST_OF_ANOTHER_SITE)


def _only_reads(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in {"GET", "HEAD", "OPTIONS"}


def _comes_from_own_page(scope: Scope) -> bool:
    """Whether the browser names a page of this server, or nothing that asks is a browser."""
    headers = HTTPConnection(scope).headers
    # An unencrypted page of our name is not ours: whoever stands on the way could write it.
    schemes = ("https",) if settings().tls else ("http", "https")
    own = {None, *(f"{scheme}://{headers.get('host', '')}" for scheme in schemes)}
    site = headers.get("sec-fetch-site", "same-origin")
    return headers.get("origin") in own and site in {"same-origin", "none"}


class LoginGate:
    """Passes on who is logged in; sends documents to the login page, refuses everything else.

    Fails closed: when the store does not answer, nobody passes.
    """

    def __init__(self, app: ASGIApp, doorkeeper: Doorkeeper) -> None:
        self.app, self._doorkeeper = app, doorkeeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_open(scope):
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        token = asked.cookies.get(cookie_name())
        try:
            who = await anyio.to_thread.run_sync(self._doorkeeper, token)
        except Exception:
            # Whatever the store's driver raises means the same: who it is cannot be told.
            _LOG.warning("login gate: the store does not answer", exc_info=True)
            await _refuse_unchecked(scope, receive, send)
            return
        if who is not None and not still_vouched(asked, who):
            who = None
        if who is not None and (not who.must_change or scope["path"] in WHILE_CHANGING):
            way = _to_the_start(scope) if _asks_for_the_start(scope, who) else self.app
            await way(scope, receive, send)
            return
        await _refuse(scope, receive, send, to="/password" if who is not None else "/login")


def _is_open(scope: Scope) -> bool:
    path: str = scope["path"]
    plain = scope["type"] == "http" and ".." not in path
    return plain and (path in OPEN or path.startswith(OPEN_BELOW))


def _asks_for_the_start(scope: Scope, who: SignedIn) -> bool:
    """Whether a link names this person's first page, which others have under that name."""
    return _only_reads(scope) and is_first_page(who.viewer, scope["path"].strip("/"))


def _to_the_start(scope: Scope) -> ASGIApp:
    asked = scope["query_string"].decode("latin-1")
    return RedirectResponse(f"/?{asked}" if asked else "/", 303, PRIVATE)


async def _refuse(scope: Scope, receive: Receive, send: Send, *, to: str) -> None:
    if scope["type"] == "websocket":
        # Before it was accepted: the browser is answered 403.
        await send({"type": "websocket.close", "code": 1008})
        return
    if scope["method"] in {"GET", "HEAD"} and _wants_a_page(scope):
        asked = scope["path"] + (
            f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
        )
        after = f"?next={quote(asked, safe='')}" if to == "/login" and asked != "/" else ""
        answer = RedirectResponse(to + after, 303, PRIVATE)
        await answer(scope, receive, send)
        return
    await PlainTextResponse(wording.LOGIN_FIRST, 401)(scope, receive, send)


async def _refuse_unchecked(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1011})
    elif _wants_a_page(scope):
        await told_page(wording.NOT_CHECKED, 503, again="")(scope, receive, send)
    else:
        await PlainTextResponse(wording.NOT_CHECKED, 503)(scope, receive, send)


def _wants_a_page(scope: Scope) -> bool:
    path: str = scope["path"]
    if "/_stcore/" in path or path.startswith(("/media/", "/component/")):
        return False
    return "text/html" in HTTPConnection(scope).headers.get("accept", "text/html")
