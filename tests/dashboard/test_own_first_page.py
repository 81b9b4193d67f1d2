"""A link that names the page one starts on leads there: Streamlit knows that page as `/` only."""

from __future__ import annotations

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message
from streamlit.testing.v1 import AppTest

from dashboard.identity import SignedIn, cookie_name
from dashboard.login_gate import LoginGate
from data_access import clock
from supervision.scope import Role, Scope, Viewer
from tests.own_loop import answer_of


def _whose(token: str | None) -> SignedIn:
    """A doorkeeper who takes the token for the role."""
    viewer = Viewer("one", "某人", frozenset({Role(token)}), Scope.whole_city())
    return SignedIn(1, 1, viewer, must_change=False, way="password", started_at=clock.instant())


def _told(role: Role, path: str, query: str = "", method: str = "GET") -> tuple[int, str]:
    scope = {
        "type": "http", "method": method, "path": path, "query_string": query.encode(),
        "headers": [(b"cookie", f"{cookie_name()}={role.value}".encode())],
    }  # fmt: skip
    told: list[Message] = []

    async def send(message: Message) -> None:
        told.append(message)

    answer_of(LoginGate(PlainTextResponse("page"), _whose)(scope, None, send))  # type: ignore[arg-type]
    headers = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return told[0]["status"], headers.get("location", "")


@pytest.mark.parametrize(
    ("role", "path", "query", "led_to"),
    [
        (Role.LEADER, "/overview", "unit=3&period=year", "/?unit=3&period=year"),
        (Role.SYSADMIN, "/accounts/", "", "/"),
        (Role.AUDITOR, "/audit", "page=%0d%0aSet-Cookie:x", "/?page=%0d%0aSet-Cookie:x"),
    ],
)
def test_it_leads_to_the_start_with_what_it_asks(role: Role, path: str, query: str, led_to: str):
    assert _told(role, path, query) == (303, led_to)


@pytest.mark.parametrize(
    ("role", "path", "method"),
    [
        (Role.SUPERVISOR, "/desk", "GET"),
        (Role.SYSADMIN, "/overview", "GET"),
        (Role.LEADER, "/overview/_stcore/health", "GET"),
        (Role.LEADER, "/overview", "POST"),
        (Role.LEADER, "/", "GET"),
    ],
)
def test_every_other_request_goes_on(role: Role, path: str, method: str):
    assert _told(role, path, method=method) == (200, "")


def offer_pages() -> None:
    import streamlit as st
    from streamlit.navigation.page import StreamlitPage

    from dashboard.pages import pages_of
    from supervision.scope import Role, Scope, Viewer

    def offered(role: Role) -> list[StreamlitPage]:
        return pages_of(Viewer("one", "某人", frozenset({role}), Scope.whole_city()))

    first, again, other = offered(Role.LEADER), offered(Role.LEADER), offered(Role.SYSADMIN)
    addresses = [page.url_path for page in first]
    assert addresses == [page.url_path for page in again]
    assert [page.url_path for page in (first[0], again[0], other[0])] == ["", "", ""]
    assert not {id(page) for page in first} & {id(page) for page in again}, "a run marks its page"
    st.text("offered")


def test_every_run_is_offered_pages_of_its_own():
    run = AppTest.from_function(offer_pages).run()
    assert not run.exception
    assert run.text[0].value == "offered"
