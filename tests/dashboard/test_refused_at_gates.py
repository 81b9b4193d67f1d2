"""Who is logged in and refused before any page runs is in the audit, so often and no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message

from dashboard import handing_out, identity, view_acts
from dashboard.handing_out import OwnFiles
from dashboard.identity import SignedIn, cookie_name
from dashboard.login_gate import OwnPagesOnly
from dashboard.upload_gate import UploadGate, page_is_of
from data_access import clock
from data_access.audit_trail import verified_chain
from data_access.database import reading
from data_access.schema.base import audit
from supervision.rights import NotPermitted
from supervision.scope import Role, Viewer
from supervision.scope import Scope as ItemScope
from tests.app_store import store_of_the_app
from tests.own_loop import answer_of

TAKEN = PlainTextResponse("taken")


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A store in which nobody was refused yet."""
    identity._refused.clear()
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        yield opened
    identity._refused.clear()


def _whose(token: str | None) -> SignedIn | None:
    """A doorkeeper to whom two tokens are people: one whose pages take files, one whose do not."""
    role = {"desk": Role.SUPERVISOR, "leader": Role.LEADER}.get(token or "")
    if token is None or role is None:
        return None
    viewer = Viewer(token, "某人", frozenset({role}), ItemScope.whole_city())
    return SignedIn(len(token), 1, viewer, must_change=False, way="password",
                    started_at=clock.instant())  # fmt: skip


def _asked(gate: ASGIApp, token: str, path: str, method: str = "GET", **headers: str) -> int:
    scope = {
        "type": "http", "method": method, "path": path, "query_string": b"",
        "headers": [
            (b"cookie", f"{cookie_name()}={token}".encode()), (b"host", b"duban"),
            *((name.encode(), value.encode()) for name, value in headers.items()),
        ],
    }  # fmt: skip
    answers: list[int] = []

    async def send(message: Message) -> None:
        if "status" in message:
            answers.append(message["status"])

    answer_of(gate(scope, None, send))  # type: ignore[arg-type]
    return answers[0]


def recorded(engine: Engine) -> list[tuple[str, str]]:
    question = select(audit.c.actor, audit.c.after).where(audit.c.act == "access_refused")
    with reading(engine) as connection:
        return [(actor, after) for actor, after in connection.execute(question)]


def test_a_file_that_is_not_taken_is_recorded_with_its_reason(city: Engine):
    gate = UploadGate(TAKEN, _whose)
    page_is_of("page", 4)
    upload = "/_stcore/upload_file/{}/1"
    assert _asked(gate, "leader", upload.format("page"), "PUT") == 403
    assert _asked(gate, "desk", upload.format("of another"), "PUT") == 403
    assert _asked(gate, "desk", upload.format("page"), "PUT") == 200
    told = recorded(city)
    assert [actor for actor, _ in told] == ["leader", "desk"]
    assert "没有这项权限" in told[0][1]
    assert "别人的页面" in told[1][1]
    assert verified_chain(city).fault is None


def test_a_right_to_share_views_that_somebody_lacks_is_recorded(city: Engine):
    clerk = Viewer("clerk", "某人", frozenset({Role.SYSADMIN}), ItemScope())
    with pytest.raises(NotPermitted):
        view_acts.save_view("名", page="items", query="", shared=True, viewer=clerk)
    assert [actor for actor, _ in recorded(city)] == ["clerk"]


def test_strangers_and_floods_do_not_fill_the_audit(city: Engine):
    gate = UploadGate(TAKEN, _whose)
    for _ in range(105):
        assert _asked(gate, "leader", "/_stcore/upload_file/page/1", "PUT") == 403
        assert _asked(gate, "stranger", "/_stcore/upload_file/page/1", "PUT") == 403
    told = recorded(city)
    assert len(told) == 21
    assert '"so_far":100' in told[-1][1]


def test_a_form_that_another_site_sends_in_somebodys_browser_is_recorded(city: Engine):
    gate = OwnPagesOnly(TAKEN, _whose)
    assert _asked(gate, "desk", "/logout", "POST", origin="http://evil.example") == 403
    assert _asked(gate, "desk", "/logout", "POST", origin="http://duban") == 200
    assert [actor for actor, _ in recorded(city)] == ["desk"]


def test_a_file_that_was_made_for_somebody_else_is_recorded_and_an_unknown_one_is_not(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    class Server:
        class media_file_mgr:  # noqa: N801
            read_file = staticmethod(lambda _name: None)

    monkeypatch.setattr(handing_out.runtime, "get_instance", Server)
    monkeypatch.setitem(handing_out._owners, "abc", {"desk"})
    gate = OwnFiles(TAKEN, _whose)
    assert _asked(gate, "desk", "/media/abc.xlsx") == 200
    assert _asked(gate, "leader", "/media/unknown.xlsx") == 404
    assert _asked(gate, "leader", "/media/abc.xlsx") == 404
    [(actor, after)] = recorded(city)
    assert actor == "leader"
    assert "别人生成的文件" in after
