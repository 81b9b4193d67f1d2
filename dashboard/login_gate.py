"""Nothing without login: who it is, is asked before Streamlit sees a request or websocket."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import quote

import anyio
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import wording
from dashboard.identity import SignedIn, cookie_name
from dashboard.login_pages import told_page
from dashboard.proxy import still_vouched

OPEN = ("/login", "/login/oidc", "/login/oidc/callback", "/logout", "/healthz")
OPEN_BELOW = ("/app/static/", "/static/")
"""Our own and Streamlit's unchanging files: they tell nothing of the city."""
WHILE_CHANGING = ("/password",)

Doorkeeper = Callable[[str | None], SignedIn | None]
"""Session token → whose living session it is."""
_LOG = logging.getLogger("duban")


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
            await self.app(scope, receive, send)
            return
        await _refuse(scope, receive, send, to="/password" if who is not None else "/login")


def _is_open(scope: Scope) -> bool:
    path: str = scope["path"]
    plain = scope["type"] == "http" and ".." not in path
    return plain and (path in OPEN or path.startswith(OPEN_BELOW))


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
        answer = RedirectResponse(to + after, 303, headers={"Cache-Control": "no-store"})
        await answer(scope, receive, send)
        return
    await PlainTextResponse(wording.LOGIN_FIRST, 401)(scope, receive, send)


async def _refuse_unchecked(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1011})
    elif _wants_a_page(scope):
        await told_page(wording.NOT_CHECKED, 503)(scope, receive, send)
    else:
        await PlainTextResponse(wording.NOT_CHECKED, 503)(scope, receive, send)


def _wants_a_page(scope: Scope) -> bool:
    path: str = scope["path"]
    if "/_stcore/" in path or path.startswith(("/media/", "/component/")):
        return False
    return "text/html" in HTTPConnection(scope).headers.get("accept", "text/html")
