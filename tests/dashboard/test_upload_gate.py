"""Who may put files into the server's memory, and how many, before a byte of them is read."""

from __future__ import annotations

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from dashboard import upload_gate
from dashboard.identity import SignedIn, cookie_name
from dashboard.settings import settings
from dashboard.upload_gate import MOST_FILES, UploadGate, page_is_of
from data_access import clock
from supervision.rights import needs_a_scope
from supervision.scope import Role, Viewer
from supervision.scope import Scope as ItemScope
from tests.own_loop import answer_of

PEOPLE = {role.value: number for number, role in enumerate(Role, start=1)}


def _whose(token: str | None) -> SignedIn | None:
    """A doorkeeper to whom everybody's token is the name of a role."""
    if token not in PEOPLE:
        return None
    role = Role(token)
    scope = ItemScope.whole_city() if needs_a_scope(frozenset({role})) else ItemScope()
    viewer = Viewer(token, "某人", frozenset({role}), scope)
    return SignedIn(PEOPLE[token], PEOPLE[token], viewer, must_change=False, way="password",
                    started_at=clock.instant())  # fmt: skip


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch):
    """The gate before a server that takes everything; files of one MB at most."""
    monkeypatch.setenv("DUBAN_MAX_FILE_MB", "1")
    settings.cache_clear()
    for role, number in PEOPLE.items():
        page_is_of(role, number)
    yield UploadGate(PlainTextResponse("taken", 204), _whose)
    settings.cache_clear()


def _put(
    gate: UploadGate,
    role: str,
    file: str,
    size: int = 1 << 20,
    method: str = "PUT",
    page: str | None = None,
) -> int:
    """The status that is answered to so many bytes from somebody of this role."""
    scope = {
        "type": "http",
        "method": method,
        "path": f"/_stcore/upload_file/{page or role}/{file}",
        "headers": [
            (b"cookie", f"{cookie_name()}={role}".encode()),
            (b"content-length", str(size).encode()),
        ],
    }
    answers: list[int] = []

    async def send(message: Message) -> None:
        if "status" in message:
            answers.append(message["status"])

    async def ask() -> None:
        await gate(scope, _no_body_is_read, send)

    answer_of(ask())
    [status] = answers
    return status


async def _no_body_is_read() -> Message:
    raise AssertionError("a file is judged before it is read")


@pytest.mark.parametrize("role", [*PEOPLE, "stranger"])
def test_files_are_taken_from_people_whose_pages_take_some(gate: UploadGate, role: str):
    takes = role in {
        "supervisor", "county_admin", "lead_unit", "callback", "sysadmin", "system",
    }  # fmt: skip
    for method in ("PUT", "DELETE"):
        assert _put(gate, role, "1", method=method) == (204 if takes else 403)


def test_one_account_has_so_much_in_memory_and_no_more(gate: UploadGate):
    assert [_put(gate, "supervisor", str(n)) for n in range(MOST_FILES)] == [204] * MOST_FILES
    assert _put(gate, "supervisor", "one more", 1) == 429
    assert _put(gate, "supervisor", "0") == 204, "the same file again is no other one"
    assert _put(gate, "county_admin", "0") == 204, "others are not held up"
    assert _put(gate, "supervisor", "3", method="DELETE") == 204
    assert _put(gate, "supervisor", "one more", 1) == 204


def test_what_is_too_large_to_be_kept_counts_for_nothing(gate: UploadGate):
    for n in range(MOST_FILES):
        assert _put(gate, "supervisor", f"large {n}", (1 << 20) + 1) == 204
    assert _put(gate, "supervisor", "1") == 204


def test_files_of_a_page_that_was_left_are_forgotten(
    gate: UploadGate, monkeypatch: pytest.MonkeyPatch
):
    for n in range(MOST_FILES):
        _put(gate, "supervisor", str(n))
    monkeypatch.setattr(upload_gate, "_OUTLIVES", 0.0)
    assert _put(gate, "supervisor", "another") == 204


def test_nobody_puts_a_file_into_somebody_elses_page(gate: UploadGate):
    assert _put(gate, "supervisor", "1", page="county_admin") == 403
    assert _put(gate, "supervisor", "1", method="DELETE", page="county_admin") == 403
    assert _put(gate, "supervisor", "1", page="of nobody") == 403
    page_is_of("county_admin", PEOPLE["supervisor"])
    assert _put(gate, "supervisor", "1", page="county_admin") == 204, "opened anew by another login"


def _goes_on(role: str, page: str) -> list[str]:
    """The protocols that reach Streamlit when somebody asks to go on with a page."""
    reached: list[str] = []

    async def streamlit(scope: Scope, _receive: Receive, _send: Send) -> None:
        reached.extend(HTTPConnection(scope).headers["sec-websocket-protocol"].split(", "))

    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "headers": [
            (b"cookie", f"{cookie_name()}={role}".encode()),
            (b"sec-websocket-protocol", f"streamlit, xsrf, {page}".encode()),
        ],
    }
    answer_of(UploadGate(streamlit, _whose)(scope, _no_body_is_read, _nothing_is_sent))
    return reached


async def _nothing_is_sent(_message: Message) -> None:
    raise AssertionError("the websocket is Streamlit's to answer")


@pytest.mark.usefixtures("gate")
def test_nobody_goes_on_with_a_page_of_another_login():
    """What it keeps, an uploaded ledger among it, would be his."""
    assert _goes_on("supervisor", "supervisor") == ["streamlit", "xsrf", "supervisor"]
    assert _goes_on("county_admin", "supervisor") == ["streamlit", "xsrf"]
    assert _goes_on("stranger", "supervisor") == ["streamlit", "xsrf"]
    assert _goes_on("county_admin", "unheard of") == ["streamlit", "xsrf", "unheard of"]
