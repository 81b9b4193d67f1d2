"""Pages stay with the login that opened them, and so do the files that are put into them.

Streamlit takes a file from whoever is logged in, as many as they like, and keeps each in memory
while the page is open; and it gives an open page, with what it keeps, to whoever knows its name.
"""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

import anyio
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from dashboard import wording
from dashboard.identity import SignedIn, cookie_name, note_refused
from dashboard.settings import settings
from supervision.rights import Right, may

MOST_FILES = 6
"""Files of the largest size that one account may have in memory; of smaller ones there are more."""
_UPLOAD = re.compile(r".*/_stcore/upload_file/([^/]+)/[^/]+")
_TAKING_FILES = (Right.RETURN_SHEETS, Right.MANAGE_ACCOUNTS, Right.MANAGE_REGISTERS)
_PROTOCOLS, _PAGE = "sec-websocket-protocol", 2
"""Where Streamlit's browser names the page it goes on with."""
_OUTLIVES = 600.0
"""Seconds after which Streamlit has forgotten the files of a page that was left."""


_pages: OrderedDict[str, int] = OrderedDict()
"""Streamlit's name of a page → the login that opened it; the one not seen for longest goes."""
_MOST_PAGES = 10_000
_paging = threading.Lock()


def page_is_of(page: str, login: int) -> None:
    """Files for this page are taken from this login alone; told at every run of a page.

    A page's name stands in the address of each upload, so proxies and their logs know it.
    """
    with _paging:
        _pages[page] = login
        _pages.move_to_end(page)
        while len(_pages) > _MOST_PAGES:
            _pages.popitem(last=False)


class UploadGate:
    """Refuses a file before it is read, and nobody takes over another login's page.

    Stands behind the login gate.
    """

    def __init__(self, app: ASGIApp, doorkeeper: Callable[[str | None], SignedIn | None]) -> None:
        self.app, self._doorkeeper, self._held = app, doorkeeper, _Held()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        upload = _UPLOAD.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if upload is not None:
            who = await self._asked_by(scope)
            if refused := self._refused(scope, upload, who):
                await _noted(who, wording.UPLOAD_REFUSED[refused[0]])
                await PlainTextResponse(*refused)(scope, receive, send)
                return
        if scope["type"] == "websocket":
            await self._begin_afresh_elsewhere(scope)
        await self.app(scope, receive, send)

    async def _begin_afresh_elsewhere(self, scope: Scope) -> None:
        """Who asks to go on with a page of another login is given a page of his own."""
        asked = HTTPConnection(scope)
        told = [part.strip() for part in asked.headers.get(_PROTOCOLS, "").split(",")]
        owner = _pages.get(told[_PAGE]) if len(told) > _PAGE else None
        if owner is None:
            return
        who = await self._asked_by(scope)
        if who is not None and who.session_id == owner:
            return
        await _noted(who, wording.PAGE_OF_OTHERS)
        kept = ", ".join(told[:_PAGE]).encode("latin-1")
        name = _PROTOCOLS.encode()
        scope["headers"] = [
            (key, kept if key == name else value) for key, value in scope["headers"]
        ]

    async def _asked_by(self, scope: Scope) -> SignedIn | None:
        token = HTTPConnection(scope).cookies.get(cookie_name())
        return await anyio.to_thread.run_sync(self._doorkeeper, token)

    def _refused(
        self, scope: Scope, upload: re.Match[str], who: SignedIn | None
    ) -> tuple[str, int] | None:
        if who is None or not any(may(who.viewer, right) for right in _TAKING_FILES):
            return wording.NO_FILES_FROM_YOU, 403
        if _pages.get(upload[1]) != who.session_id:
            return wording.NO_FILES_FOR_OTHERS, 403
        if scope["method"] == "DELETE":
            self._held.let_go(who.account_id, upload[0])
        elif scope["method"] == "PUT":
            told = HTTPConnection(scope).headers.get("content-length", "")
            # Who does not say how long a file is may send the longest.
            largest = settings().max_file_bytes
            size = int(told) if told.isdecimal() and len(told) < 16 else largest
            # What is larger than any file may be, Streamlit does not keep.
            file, page = upload[0], upload[1]
            if size <= largest and not self._held.take(who.account_id, file, page, size):
                return wording.TOO_MANY_FILES, 429
        return None


async def _noted(who: SignedIn | None, asked: str) -> None:
    """A refusal of somebody who is logged in is in the audit, as many as that takes."""
    if who is not None:
        await anyio.to_thread.run_sync(note_refused, who.viewer, asked)


class _Held:
    """What each account has in memory, by the addresses of its files."""

    def __init__(self) -> None:
        self._files: dict[int, dict[str, tuple[str, float, int]]] = {}
        self._lock = threading.Lock()

    def take(self, account: int, file: str, page: str, size: int) -> bool:
        """Take one more of this account, unless it would be too much."""
        with self._lock:
            kept = {
                address: told
                for address, told in self._files.get(account, {}).items()
                if address != file and _is_kept(*told)
            }
            self._files[account] = kept
            together = size + sum(length for _, _, length in kept.values())
            if together > MOST_FILES * settings().max_file_bytes:
                return False
            kept[file] = (page, time.monotonic(), size)
            return True

    def let_go(self, account: int, file: str) -> None:
        """The person has taken the file back."""
        with self._lock:
            self._files.get(account, {}).pop(file, None)


def _is_kept(page: str, since: float, _size: int) -> bool:
    is_open = runtime.exists() and runtime.get_instance().is_active_session(page)
    return is_open or time.monotonic() - since < _OUTLIVES
