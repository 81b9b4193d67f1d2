"""A made file is for the session that asked; a file that was not made is told in a sentence."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.responses import PlainTextResponse
from starlette.types import Message
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime import app_session
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from dashboard import downloads, handing_out, wording
from dashboard.downloads import Made, Offer
from dashboard.handing_out import HandingOut, OwnFiles, hand_out_by_session
from dashboard.identity import cookie_name
from data_access import database
from data_access.accounts.sessions import Ended, end_sessions
from data_access.database import recording, transaction
from supervision.rights import Right
from supervision.scope import Role
from tests.app_store import store_of_the_app
from tests.looking import looks
from tests.own_loop import answer_of

OFFER = Offer("督办事项清单", [], "清单_1.xlsx", Right.EXPORT)


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A store of its own that the doors of this test open."""
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        yield opened


@pytest.fixture
def files() -> MediaFileManager:
    """Streamlit's keeper of files, as a server has it."""
    return MediaFileManager(MemoryMediaFileStorage("/media"))


Ask = Callable[[str, str | None], int]


@pytest.fixture
def status(files: MediaFileManager, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Asks for a path with a session's token; what OwnFiles lets through is answered 200."""

    class Server:
        media_file_mgr = files

    monkeypatch.setattr(runtime, "get_instance", Server)
    gate = OwnFiles(PlainTextResponse("passed"), lambda _token: None)

    def ask(path: str, token: str | None) -> int:
        told: list[Message] = []

        async def send(message: Message) -> None:
            told.append(message)

        cookie = [(b"cookie", f"{cookie_name()}={token}".encode())] if token else []
        scope = {"type": "http", "method": "GET", "path": path, "headers": cookie}
        answer_of(gate(scope, None, send))  # type: ignore[arg-type]
        return int(told[0]["status"])

    return ask


def _pressed(
    files: MediaFileManager, content: Callable[[], bytes], name: str = OFFER.file_name
) -> BackendOperationResponse:
    asked = files.add_deferred(content, downloads.XLSX, "1", name)
    return _asked(files, asked)


def _asked(files: MediaFileManager, file_id: str) -> BackendOperationResponse:
    request = BackendOperationRequest(request_id="1")
    request.deferred_file.file_id = file_id
    return answer_of(HandingOut(lambda: files).handle(request, "anybody"))


def _button(rows: int = 3) -> Callable[[], bytes]:
    return downloads._later(OFFER, lambda _taker, mark: Made(mark.words.encode(), rows))


def _for(token: str, content: bytes) -> Callable[[], bytes]:
    def made() -> bytes:
        handing_out.taker.set(token)
        return content

    return made


def test_pages_ask_this_for_their_files():
    hand_out_by_session()
    made = app_session.AppSession._create_backend_operation_dispatcher
    assert "DeferredFileHandler" in made.__code__.co_names, "or Streamlit builds it elsewhere now"
    assert made.__globals__["DeferredFileHandler"] is HandingOut


def test_a_file_is_for_the_session_whose_button_made_it(
    city: Engine, files: MediaFileManager, status: Ask, monkeypatch: pytest.MonkeyPatch
):
    token = looks(monkeypatch, city, Role.SUPERVISOR)
    url = _pressed(files, _button()).deferred_file.url
    assert url.startswith("/media/")
    assert status(url, token) == 200
    assert status(url.removesuffix(".xlsx"), token) == 200
    for other in ("another", None):
        assert status(url, other) == 404
        assert status(url.removesuffix(".xlsx"), other) == 404


def test_who_was_given_the_same_bytes_may_take_them_too(files: MediaFileManager, status: Ask):
    first = _pressed(files, _for("one", b"a template")).deferred_file.url
    second = _pressed(files, _for("two", b"a template")).deferred_file.url
    assert first == second
    assert [status(first, token) for token in ("one", "two", "three")] == [200, 200, 404]


def test_what_pages_show_alike_is_for_everybody_and_unknown_names_for_nobody(
    files: MediaFileManager, status: Ask
):
    picture = files.add(b"\x89PNG", "image/png", "1")
    kept_aside = files.add(b"rows", downloads.XLSX, "2", "x.xlsx", is_for_static_download=True)
    assert status(picture, "anybody") == 200
    assert status(kept_aside, "anybody") == 404, "a download that nobody owns"
    for unknown in ("/media/none.xlsx", "/media/", "/media/a/b", "/media/../media/none"):
        assert status(unknown, "anybody") == 404
    assert status("/items", None) == 200


def test_owners_are_remembered_for_so_many_files_only(
    files: MediaFileManager, status: Ask, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(handing_out, "_MOST", 2)
    urls = [
        _pressed(files, _for("one", content)).deferred_file.url for content in (b"1", b"2", b"3")
    ]
    assert [status(url, "one") for url in urls] == [404, 200, 200]


def test_a_session_that_is_over_is_told_to_log_in(
    city: Engine, files: MediaFileManager, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    button = _button()
    with recording(city) as change:
        end_sessions(change.connection, Ended.LOGOUT, account_id=1)
    told = _pressed(files, button)
    assert told.error_msg == "登录已失效，请重新登录后再下载。"
    assert not told.deferred_file.url


def test_a_right_that_is_missing_is_told_with_who_has_it(
    city: Engine, files: MediaFileManager, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.CALLBACK)
    assert _pressed(files, _button()).error_msg.startswith("您的角色不能导出名单")


def test_a_store_that_is_being_written_is_told_with_what_to_do(
    city: Engine, files: MediaFileManager, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    monkeypatch.setattr(database, "PATIENT_MS", 50)
    with transaction(city):
        told = _pressed(files, _button())
    assert told.error_msg == wording.FILE_WAITS
    assert _pressed(files, _button()).deferred_file.url


def test_a_button_that_the_server_has_forgotten_asks_for_a_new_page(files: MediaFileManager):
    assert _asked(files, "gone").error_msg == "这一页太旧了，请刷新页面后再下载。"


def test_a_defect_is_told_by_number_and_logged_without_values(
    files: MediaFileManager, caplog: pytest.LogCaptureFixture
):
    def broken() -> bytes:
        raise ValueError("张三 13800001234")

    with caplog.at_level(logging.DEBUG):
        told = _pressed(files, broken)
    assert re.search(r"已记录（编号 \w{6}）", told.error_msg)
    assert "ValueError" in caplog.text
    assert "张三" not in caplog.text
