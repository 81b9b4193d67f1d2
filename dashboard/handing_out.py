"""Files on their way out: each is for the login whose button made it, or a sentence says why not.

Streamlit keeps a made file under an address that cannot be guessed, and hands it to whoever
knows it; of a file that was not made it says nothing that helps.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import PurePosixPath

import anyio
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse, DeferredFileResponsePayload
from streamlit.runtime import app_session
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError

from dashboard import wording
from dashboard.defects import noted_defect
from dashboard.engine import is_busy
from dashboard.identity import SignedIn, cookie_name, note_refused
from supervision.rights import NotPermitted

MEDIA = "/media/"
taker: ContextVar[str] = ContextVar("taker")
"""The token of the session that the file being made is for; whoever makes a file sets it."""
_MOST = 10_000
"""Files whose owners are remembered: Streamlit keeps a file for a few runs of a page only."""
_owners: OrderedDict[str, set[str]] = OrderedDict()
_owning = threading.Lock()


class DownloadRefused(Exception):
    """No file is handed out; the text is a Chinese sentence."""


class HandingOut(DeferredFileHandler):
    """Makes the file of a pressed button and remembers whose it is, or tells why there is none."""

    async def handle(
        self,
        request: BackendOperationRequest,
        session_id: str,  # noqa: ARG002
    ) -> BackendOperationResponse:
        """The file's address, or the sentence that stands under the button."""
        asked = request.deferred_file.file_id
        try:
            url = await asyncio.to_thread(_made, self._get_media_file_mgr(), asked)
        except MediaFileStorageError as refusal:
            return BackendOperationResponse(
                request_id=request.request_id, error_msg=_why_not(refusal.__cause__)
            )
        return BackendOperationResponse(
            request_id=request.request_id, deferred_file=DeferredFileResponsePayload(url=url)
        )


def hand_out_by_session() -> None:
    """From now on pages of this process ask HandingOut for their files."""
    app_session.DeferredFileHandler = HandingOut  # type: ignore[attr-defined]


def _made(files: MediaFileManager, asked: str) -> str:
    url = files.execute_deferred(asked)
    with _owning:
        # Two people may be given the same bytes under the same name: a template.
        _owners.setdefault(_name(url), set()).add(taker.get())
        _owners.move_to_end(_name(url))
        while len(_owners) > _MOST:
            _owners.popitem(last=False)
    return url


def _why_not(problem: BaseException | None) -> str:
    if problem is None:
        return wording.FILE_OF_AN_OLD_PAGE
    if isinstance(problem, DownloadRefused | NotPermitted):
        return str(problem)
    if is_busy(problem):
        return wording.FILE_WAITS
    assert isinstance(problem, Exception)
    return wording.DEFECT_SHOWN.format(number=noted_defect(problem))


class OwnFiles:
    """Of Streamlit's kept files a session gets its own; what pages show alike, everybody gets."""

    def __init__(self, app: ASGIApp, doorkeeper: Callable[[str | None], SignedIn | None]) -> None:
        self.app, self._doorkeeper = app, doorkeeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(MEDIA):
            token = HTTPConnection(scope).cookies.get(cookie_name())
            if not _may_take(scope["path"], token):
                if _name(scope["path"]) in _owners:
                    await anyio.to_thread.run_sync(self._note, token)
                await PlainTextResponse(wording.NO_SUCH_ADDRESS, 404)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _note(self, token: str | None) -> None:
        """Nobody guesses an address that another session was given: it was passed on."""
        who = self._doorkeeper(token)
        if who is not None:
            note_refused(who.viewer, wording.FILE_OF_OTHERS)


def _may_take(path: str, token: str | None) -> bool:
    with _owning:
        if token in _owners.get(_name(path), ()):
            return True
    kept = runtime.get_instance().media_file_mgr.read_file(path.removeprefix(MEDIA))
    return kept is not None and kept.kind == MediaFileKind.MEDIA


def _name(path: str) -> str:
    """What Streamlit tells files apart by: the last part of the address without its ending."""
    return PurePosixPath(path).stem
