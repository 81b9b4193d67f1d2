"""Nothing without login, asked over plain HTTP of `duban serve` on a store of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, create_engine, text

from data_access.accounts.known import LOCAL
from data_access.accounts.upkeep import AccountWanted, create_account
from data_access.database import open_engine
from supervision.scope import Role, Scope
from tests.looking import GOOD_PASSWORD, account
from tests.serving import WEBSOCKET, Answer, asked, served
from tests.stores import own_database, told_url

UPLOAD = "/_stcore/upload_file/anybody/1"
CLOSED_TO_STRANGERS = (
    "/", "/items", "/item?id=1", "/nowhere", "/password", "/index.html", "/login/anything",
    "/media/abc.xlsx", "/_stcore/health", "/_stcore/host-config", "/_stcore/script-health-check",
    "/component/x/index.html", "/_stcore/stream", UPLOAD, "/static/../media/abc.xlsx",
    "/login/../media/abc.xlsx", "/oauth2callback", "/auth/login", "/%2e%2e/media/abc.xlsx",
)  # fmt: skip


class City(NamedTuple):
    """A running server and the store behind it."""

    address: str
    engine: Engine


@pytest.fixture(scope="module")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """`duban serve` with a supervisor `someone`."""
    folder = tmp_path_factory.mktemp("gate")
    shutil.copyfile(sqlite_template, folder / "city.sqlite3")
    store = f"sqlite:///{folder / 'city.sqlite3'}"
    engine = open_engine(store)
    account(engine, Role.SUPERVISOR)
    with served(folder, "--no-sample", DUBAN_DATABASE_URL=store) as address:
        yield City(address, engine)
    engine.dispose()


def _logged_in(city: City, **other: str) -> str:
    told = _log_in(city, **other)
    assert told.status == 303
    return told.cookie


def _log_in(city: City, password: str = GOOD_PASSWORD, next_page: str = "/") -> Answer:
    return asked(
        city.address, "/login", {"login": "someone", "password": password, "next": next_page}
    )


def _passes(city: City, cookie: str) -> bool:
    return asked(city.address, "/items", headers={"Cookie": cookie}).status == 200


@pytest.mark.parametrize("path", CLOSED_TO_STRANGERS)
def test_a_stranger_gets_nothing(city: City, path: str):
    told = asked(city.address, path)
    if told.status == 303:
        assert told.headers["Location"].startswith("/login")
        assert told.headers["Cache-Control"] == "no-store"
    else:
        assert (told.status, told.text) == (401, "请先登录。")
    assert "Set-Cookie" not in told.headers


def test_a_stranger_uploads_and_listens_to_nothing(city: City):
    for headers in ({}, {"Cookie": "duban_session=made-up"}):
        for method in ("PUT", "POST", "DELETE", "OPTIONS"):
            assert asked(city.address, UPLOAD, "x", method=method, headers=headers).status == 401
        for path in ("/_stcore/stream", "/login", "/login/_stcore/stream", "/static/x"):
            socket = asked(city.address, path, headers={**WEBSOCKET, **headers})
            assert socket.status != 101
    assert asked(city.address, "/_stcore/stream", headers=WEBSOCKET).status == 403
    assert asked(city.address, "/_stcore/metrics").status == 404


def test_who_is_logged_in_passes_to_pages_and_the_websocket(city: City):
    cookie = _logged_in(city)
    page = asked(city.address, "/items", headers={"Cookie": cookie})
    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store", "no way back to it after the logout"
    assert asked(city.address, "/_stcore/health", headers={"Cookie": cookie}).status == 200
    opened = asked(city.address, "/_stcore/stream", headers={**WEBSOCKET, "Cookie": cookie})
    assert opened.status == 101


def test_the_login_page_tells_nothing_of_the_city(city: City):
    told = asked(city.address, "/login")
    assert told.status == 200
    assert told.headers["Cache-Control"] == "no-store"
    words = re.sub(r"<[^>]+>|\s", "", told.text)
    assert "演示账号" not in words, "a city's own store names no accounts"
    assert "someone" not in words


def test_the_cookie_is_read_by_no_script_and_sent_by_no_other_site(city: City):
    told = _log_in(city)
    name, _, flags = told.headers["Set-Cookie"].partition("=")
    assert name == "duban_session"
    kept = {flag.strip().lower() for flag in flags.split(";")[1:]}
    assert kept == {"httponly", "path=/", "samesite=lax"}
    assert told.headers["Strict-Transport-Security"] is None


def test_behind_tls_the_cookie_is_bound_to_the_host_and_http_is_over(
    sqlite_template: Path, tmp_path: Path
):
    shutil.copyfile(sqlite_template, tmp_path / "city.sqlite3")
    store = f"sqlite:///{tmp_path / 'city.sqlite3'}"
    engine = open_engine(store)
    account(engine, Role.SUPERVISOR)
    with served(tmp_path, "--no-sample", DUBAN_DATABASE_URL=store, DUBAN_TLS="1") as address:
        told = _log_in(City(address, engine))
        out = asked(address, "/logout", "", headers={"Cookie": told.cookie})
    engine.dispose()
    name, _, flags = told.headers["Set-Cookie"].partition("=")
    assert name == "__Host-duban"
    kept = {flag.strip().lower() for flag in flags.split(";")[1:]}
    assert kept == {"httponly", "path=/", "samesite=lax", "secure"}
    assert told.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "__Host-duban=" in out.headers["Set-Cookie"]
    assert "secure" in out.headers["Set-Cookie"].lower(), "or the browser keeps the old one"


def test_a_logout_ends_the_token_also_for_who_kept_it(city: City):
    cookie = _logged_in(city)
    out = asked(city.address, "/logout", "", headers={"Cookie": cookie})
    assert (out.status, out.headers["Location"]) == (303, "/login")
    assert 'duban_session=""' in out.headers["Set-Cookie"]
    assert not _passes(city, cookie)
    media = asked(city.address, "/media/abc.xlsx", headers={"Cookie": cookie})
    assert media.status == 401
    again = asked(city.address, "/_stcore/stream", headers={**WEBSOCKET, "Cookie": cookie})
    assert again.status == 403


def test_logging_in_again_ends_the_session_this_browser_had(city: City):
    before = _logged_in(city)
    form = {"login": "someone", "password": GOOD_PASSWORD}
    now = asked(city.address, "/login", form, headers={"Cookie": before}).cookie
    assert now != before
    assert (_passes(city, now), _passes(city, before)) == (True, False)


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/items?figure=open", "/items?figure=open"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("/\t/evil.example", "/"),
        (" //evil.example", "/"),
        ("/" + "x" * 3_000, "/"),
        ("", "/"),
        ("/%2F/evil.example", "/%2F/evil.example"),
        ("/%0d%0aSet-Cookie:a=b", "/%0d%0aSet-Cookie:a=b"),
    ],
)
def test_a_login_leads_to_a_page_of_this_server_only(city: City, wanted: str, led_to: str):
    told = _log_in(city, next_page=wanted)
    assert (told.status, told.headers["Location"]) == (303, led_to)
    assert told.headers.get_all("Set-Cookie") == [told.headers["Set-Cookie"]]


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example", "///evil.example"])
def test_the_way_to_the_login_page_leads_back_to_no_other_server(city: City, path: str):
    led = asked(city.address, path).headers["Location"]
    assert led.startswith("/login")
    shown = asked(city.address, led).text
    [after] = re.findall(r'name="next" value="([^"]*)"', shown)
    assert after == "/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
def test_a_form_of_another_site_is_refused(city: City, headers: dict[str, str]):
    form = {"login": "someone", "password": GOOD_PASSWORD}
    told = asked(city.address, "/login", form, headers=headers)
    assert told.status == 403
    assert "不是从本系统的页面提交" in told.text
    assert "Set-Cookie" not in told.headers
    cookie = _logged_in(city)
    for path in ("/logout", "/password"):
        told = asked(city.address, path, "", headers={**headers, "Cookie": cookie})
        assert told.status == 403
    assert _passes(city, cookie)


@pytest.mark.parametrize(
    "form",
    [
        "login=someone&password=" + "x" * 20_000,
        "&".join(f"a{n}=1" for n in range(30)),
        "login=%00&x" * 1_600,
    ],
    ids=["larger than 16 KB", "too many fields", "both"],
)
def test_a_form_that_no_page_of_ours_sends_is_refused(city: City, form: str):
    told = asked(city.address, "/login", form)
    assert told.status == 413
    assert "已拒绝" in told.text


def test_odd_letters_in_a_form_are_no_fault(city: City):
    for login in ("no\x00body", "\ud83d".encode("utf-16", "surrogatepass").hex(), "‮张三", " " * 90):
        told = asked(city.address, "/login", {"login": login, "password": "\x00" * 200})
        assert told.status == 200
        assert "账号或密码不正确" in told.text
    told = asked(city.address, "/login", "login=%ff%fe&password=%ed%a0%80")
    assert told.status == 200
    script = '"><script>alert(1)</script>'
    assert script not in asked(city.address, "/login", {"login": script, "password": "x"}).text


def test_a_one_time_password_opens_the_password_page_and_nothing_else(city: City):
    wanted = AccountWanted("newcomer", "某人", frozenset({Role.AUDITOR}), Scope())
    first = create_account(city.engine, wanted, viewer=LOCAL)
    cookie = asked(city.address, "/login", {"login": "newcomer", "password": first}).cookie
    page = asked(city.address, "/items", headers={"Cookie": cookie})
    assert (page.status, page.headers["Location"]) == (303, "/password")
    assert asked(city.address, "/media/x", headers={"Cookie": cookie}).status == 401
    stream = asked(city.address, "/_stcore/stream", headers={**WEBSOCKET, "Cookie": cookie})
    assert stream.status == 403
    own = {"Cookie": cookie}
    form = {"old": first, "new": "Dongjiang-River#88", "again": "Dongjiang-River#89"}
    assert "两次输入的新密码不一致" in asked(city.address, "/password", form, headers=own).text
    form["again"] = form["new"]
    assert asked(city.address, "/password", form, headers=own).headers["Location"] == "/"
    assert _passes(city, cookie)


@pytest.mark.postgres
def test_while_the_store_does_not_answer_nobody_passes_and_a_sentence_says_so(
    postgres_url: str, postgres_template: str, tmp_path: Path
):
    with own_database(postgres_url, template=postgres_template) as made:
        engine = open_engine(told_url(made))
        account(engine, Role.SUPERVISOR)
        engine.dispose()
        store = told_url(made)
        with served(tmp_path, "--no-sample", DUBAN_DATABASE_URL=store) as address:
            city = City(address, engine)
            cookie = _logged_in(city)
            assert _passes(city, cookie)
            _answer(postgres_url, made.database, yes=False)
            for path in ("/items", "/login", "/logout", "/password"):
                told = asked(address, path, headers={"Cookie": cookie})
                assert told.status == 503, path
                assert "暂时无法核对登录" in told.text
                assert not re.search(r"Traceback|psycopg|sqlalchemy|postgres", told.text)
            refused = _log_in(city)
            assert (refused.status, "Set-Cookie" in refused.headers) == (503, False)
            media = asked(address, "/media/x", headers={"Cookie": cookie})
            assert (media.status, media.text[:8]) == (503, "暂时无法核对登录")
            stream = asked(address, "/_stcore/stream", headers={**WEBSOCKET, "Cookie": cookie})
            assert stream.status == 403
            _answer(postgres_url, made.database, yes=True)
            assert _passes(city, cookie), "it works again without a restart"
    log = (tmp_path / "server.log").read_text()
    assert "does not answer" in log
    for secret in (GOOD_PASSWORD, cookie.partition("=")[2], "argon2"):
        assert secret not in log


def _answer(server: str, name: str | None, *, yes: bool) -> None:
    """Let the database take connections, or end those it has and take no more."""
    outside = create_engine(server, isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {yes}'))
        if not yes:
            ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
            connection.execute(text(ending), {"name": name})
    outside.dispose()
