"""What people see when their login or act had to wait too long for others who write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from streamlit.testing.v1 import AppTest

from dashboard import login_oidc, login_routes, wording
from dashboard.login_pages import Endpoint, guarded
from data_access import database
from data_access.database import transaction
from data_access.writes import in_line
from supervision.scope import Role
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.looking import GOOD_PASSWORD, account, looks
from tests.own_loop import answer_of

FORM = urlencode({"login": "someone", "password": GOOD_PASSWORD, "next": "/items"}).encode()


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A store of its own that the doors of this test open; nobody is patient."""
    monkeypatch.setattr(database, "PATIENT_MS", 50)
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        yield opened


def _asked(endpoint: Endpoint, method: str, path: str, body: bytes = b"") -> Response:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body}

    scope = {
        "type": "http", "method": method, "path": path, "query_string": b"", "headers": [],
        "scheme": "http", "server": ("127.0.0.1", 8501), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    return answer_of(endpoint(Request(scope, receive)))  # type: ignore[arg-type]


def _text(answer: Response) -> str:
    return bytes(answer.body).decode()


def test_a_login_that_could_not_be_taken_down_lets_nobody_in_and_says_why(city: Engine):
    account(city, Role.SUPERVISOR)
    log_in = guarded(login_routes._log_in)
    with transaction(city):
        waited = _asked(log_in, "POST", "/login", FORM)
    assert waited.status_code == 503
    assert wording.BUSY_LOGIN in _text(waited)
    assert "set-cookie" not in waited.headers
    assert "http-equiv" not in _text(waited), "a form is not sent again by itself"
    assert _asked(log_in, "POST", "/login", FORM).headers["location"] == "/items"


def test_a_page_that_could_not_be_answered_asks_again_by_itself():
    async def fails(_request: Request) -> Response:
        raise OSError("the store is gone")

    asked_again = _text(_asked(guarded(fails), "GET", "/login"))
    assert '<meta http-equiv="refresh" content="10">' in asked_again
    assert wording.NOT_CHECKED in asked_again
    assert "本页每 10 秒自动重试" in asked_again


def test_a_way_back_from_the_provider_that_failed_begins_at_the_provider_anew():
    [back] = [route for route in login_oidc.routes() if route.path == login_oidc.CALLBACK]
    # Without the cookie that the way there was given, as after a restart.
    told = _text(_asked(back.endpoint, "GET", back.path))
    assert '<meta http-equiv="refresh" content="10;url=/login/oidc">' in told


def _acts() -> None:
    from dashboard.asgi import show_reference_number
    from dashboard.engine import engine
    from data_access.database import recording

    try:
        with recording(engine()):
            pass
    except Exception as problem:
        show_reference_number(problem)


def test_an_act_that_could_not_be_done_says_so_and_is_no_defect(city: Engine):
    page = AppTest.from_function(_acts)
    with transaction(city):
        page.run(timeout=60)
    assert [told.value for told in page.warning] == [wording.BUSY_ACT]
    assert not page.error
    page.run()
    assert not page.warning


def test_an_account_that_could_not_be_made_says_so_in_its_place(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SYSADMIN)
    desk = Desk("accounts.py").press("新建账号")
    desk.write("账号", "wangwu").write("姓名", "王五").choose("角色", "督查督办员")
    with transaction(city):
        desk.press("建立账号")
    assert desk.refusals == [in_line.BUSY]
    desk.press("建立账号")
    assert desk.app.code, "pressed again it is done, and its password shown"


def test_a_view_that_could_not_be_saved_says_so_and_keeps_its_name(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("items.py").write("把现在的筛选保存为", "逾期的")
    with transaction(city):
        desk.press("保存视图")
    assert desk.refusals == [in_line.BUSY]
    desk.press("保存视图")
    assert "已保存视图“逾期的”。" in desk.said
