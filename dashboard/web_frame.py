"""What stands around Streamlit's answers: headers, closed paths, the Chinese page frame.

Pure ASGI classes: they see every request before Streamlit does, and judge by `scope["path"]`,
which a forged Host header cannot change.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import wording
from dashboard.parts.base_map import TileServer
from dashboard.parts.style import first_colours
from dashboard.settings import settings

STATIC = Path(__file__).parent / "static"

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        # No unsafe-eval: Vega falls back to its own interpreter.
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        # 'self' includes the websocket of the same host and port.
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it a browser also hides where our own forms come from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

# From now on this browser comes encrypted, also when somebody types http.
ENCRYPTED_ONLY = {"Strict-Transport-Security": "max-age=31536000"}

# Answered without a login by Streamlit: the machine interface (also when it is off) and counters.
_CLOSED = re.compile(r"/_stcore/(?:agent(?:/|$)|metrics/?$)")
# Ledgers and exports pass here: no cache of a browser or proxy may keep them.
_PRIVATE = ("/media/", "/_stcore/upload_file")


def content_policy(tiles: TileServer | None) -> str:
    """The policy of this server: another host may only be asked for tiles, where one is set."""
    if tiles is None:
        return CONTENT_SECURITY_POLICY
    # data: because the style of the tiles is an address that holds itself.
    return CONTENT_SECURITY_POLICY.replace(
        "img-src 'self'", f"img-src 'self' {tiles.origin}"
    ).replace("connect-src 'self'", f"connect-src 'self' {tiles.origin} data:")


class SecurityHeaders:
    """Every HTTP answer carries HEADERS; private ones are not stored by anyone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        own = {"Content-Security-Policy": content_policy(settings().map_tiles)}
        self._every = HEADERS | own | (ENCRYPTED_ONLY if settings().tls else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in self._every.items():
                    headers[name] = value
                if scope["path"].startswith(_PRIVATE):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, with_headers)


class ClosedDoors:
    """Machine interfaces that Duban does not offer do not exist; a request has one end."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _CLOSED.search(scope["path"]):
            await PlainTextResponse(wording.NO_SUCH_ADDRESS, 404)(scope, receive, send)
            return
        if scope["type"] == "http" and _has_two_lengths(scope):
            await PlainTextResponse(wording.FORM_REFUSED, 400, headers=_THE_LAST)(
                scope, receive, send
            )
            return
        await self.app(scope, receive, send)


_LENGTHS = {b"content-length", b"transfer-encoding"}
_THE_LAST = {"Connection": "close"}
"""Nothing more is taken from this connection."""


def _has_two_lengths(scope: Scope) -> bool:
    """Where a proxy believes the other of both, the rest would pass for its next request."""
    told = [name for name, _ in scope["headers"] if name in _LENGTHS]
    return len(told) > 1


class PageFrame:
    """Streamlit's document becomes a Chinese one: language, name, mark, scripts, styles."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _asks_for_a_document(scope):
            await self.app(scope, receive, send)
            return
        # The body is rewritten: it must come whole and plain, and never as "not modified".
        unwanted = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in unwanted]
        await self.app(scope, receive, _Rewriting(send))


class _Rewriting:
    """A `send` that holds an HTML answer back until it is whole, then sends it framed."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = MutableHeaders(raw=message["headers"]).get("content-type", "")
            if kind.startswith("text/html"):
                self.start = message
                return
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_framed(self.start)
            return
        await self.send(message)

    async def _send_framed(self, start: Message) -> None:
        body = framed(self.body.decode("utf-8")).encode("utf-8") if self.body else b""
        headers = MutableHeaders(raw=start["headers"])
        if body:
            headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified"):
            del headers[name]
        # Not "no-cache": the way back after a logout would show the page that was left.
        headers["Cache-Control"] = "no-store"
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})


def framed(document: str) -> str:
    """Streamlit's index.html with our frame; parts that are not there are left as they are."""
    for pattern, replacement in _frame():
        # Our texts hold no backslash, so `sub` reads them as they are.
        document = pattern.sub(replacement, document, count=1)
    return document


@cache
def _frame() -> tuple[tuple[re.Pattern[str], str], ...]:
    def asset(name: str) -> str:
        # The digest makes a new version a new address, so that no browser keeps an old one.
        digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
        return f"/app/static/{name}?v={digest}"

    names = ("polyfills.js", "zh.js", "history.js", "own_pages.js")
    scripts = "".join(f'<script src="{asset(name)}"></script>' for name in names)
    idle = settings().idle_minutes
    scripts += f'<script src="{asset("left_open.js")}" data-idle-minutes="{idle}"></script>'
    sheets = "".join(
        f'<link rel="stylesheet" href="{asset(name)}">' for name in ("pages.css", "paper.css")
    )
    rules = (
        (r'<html lang="en">', '<html lang="zh-CN">'),
        # Before everything: the frontend's modules are deferred and find the polyfills.
        (r"<head>", f"<head>{scripts}"),
        # In the body: so they stand after the frontend's own styles, which it puts into the head.
        (r"<body>", f"<body><style>{first_colours()}</style>{sheets}"),
        (r"<title>.*?</title>", f"<title>{wording.APP_NAME}</title>"),
        (r'<link rel="shortcut icon"[^>]*>', f'<link rel="icon" href="{asset("icon.png")}" />'),
        # The Latin face is not used; fetching it early costs a meeting room 100 kB each.
        (r'<link\s+rel="preload"[^>]*SourceSans[^>]*>', ""),
        # Inline, so the content policy refuses it; nothing reads what it sets.
        (r"<script>\s*window\.prerenderReady.*?</script>", ""),
        (r'<link rel="service-desc"[^>]*>', ""),
        # Until the frontend draws there: never an empty screen without a word.
        (
            r'<div id="root"></div>',
            f'<div id="root"><p class="opening">{wording.OPENING}</p></div>',
        ),
        (
            r"<noscript>.*?</noscript>",
            f"<noscript><style>.opening{{display:none}}</style><p>{wording.NEEDS_SCRIPTS}</p>"
            "</noscript>",
        ),
    )
    return tuple((re.compile(pattern, re.DOTALL), text) for pattern, text in rules)


def _asks_for_a_document(scope: Scope) -> bool:
    # "*/*" too: a page must be framed for any client that could show it. Streamlit's own
    # files and interfaces are never documents and keep their compression and caching.
    if scope["method"] not in {"GET", "HEAD"}:
        return False
    path: str = scope["path"]
    return not path.startswith(("/static/", "/media/", "/_stcore/", "/component/", "/app/static/"))
