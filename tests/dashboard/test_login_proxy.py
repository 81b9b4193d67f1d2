"""Who a proxy vouches for and where it says a request comes from: believed from it alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, select

from data_access.accounts.known import LOCAL
from data_access.accounts.upkeep import AccountWanted, create_account
from data_access.database import open_engine, reading
from data_access.schema.accounts import login_sessions
from supervision.scope import Role, Scope
from tests.looking import GOOD_PASSWORD, account
from tests.serving import Answer, asked, served


class City(NamedTuple):
    """A running server and the store behind it."""

    address: str
    engine: Engine


@pytest.fixture(scope="module")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """`duban serve` behind a proxy at 127.0.0.9 that vouches for an account."""
    folder = tmp_path_factory.mktemp("proxy")
    shutil.copyfile(sqlite_template, folder / "city.sqlite3")
    store = f"sqlite:///{folder / 'city.sqlite3'}"
    engine = open_engine(store)
    account(engine, Role.SUPERVISOR)
    vouched = AccountWanted("proxied", "某人", frozenset({Role.LEADER}), Scope.whole_city(), "王_7")
    create_account(engine, vouched, viewer=LOCAL)
    with served(
        folder,
        "--no-sample",
        DUBAN_DATABASE_URL=store,
        DUBAN_PROXY_USER_HEADER="X-Known-User",
        DUBAN_PROXY_ADDRESSES="127.0.0.9, 127.0.1.0/24",
    ) as address:
        yield City(address, engine)
    engine.dispose()


PROXY, STRANGER = "127.0.0.9", "127.0.0.8"
KNOWN = (("X-Known-User", "王_7".encode()),)


def _by_proxy(city: City, *headers: tuple[str, bytes], come_from: str = PROXY,
              path: str = "/login?next=/items", **other: str) -> Answer:  # fmt: skip
    return asked(city.address, path, come_from=come_from, many=headers, **other)


def test_the_proxy_is_believed_and_opens_a_session_of_our_own(city: City):
    for proxy in (PROXY, "127.0.1.200"):
        told = _by_proxy(city, *KNOWN, come_from=proxy)
        assert (told.status, told.headers["Location"]) == (303, "/items")
        assert told.headers["Set-Cookie"].startswith("duban_session=")


@pytest.mark.parametrize(
    ("come_from", "headers"),
    [
        (STRANGER, KNOWN),
        ("127.0.0.1", KNOWN),
        ("127.0.2.1", KNOWN),
        (STRANGER, (*KNOWN, ("X-Forwarded-For", b"127.0.0.9"))),
        ("127.0.0.1", (*KNOWN, ("X-Forwarded-For", b"127.0.0.9"))),
        ("127.0.0.1", (*KNOWN, ("Forwarded", b"for=127.0.0.9"), ("X-Real-IP", b"127.0.0.9"))),
        (PROXY, (*KNOWN, *KNOWN)),
        (PROXY, (("X-Known-User", b"somebody"), *KNOWN)),
        (PROXY, (*KNOWN, ("x-known-user", b"somebody"))),
        (PROXY, (("X_Known_User", "王_7".encode()),)),
        (PROXY, (("X-Known_User", "王_7".encode()),)),
        (PROXY, (("X-Known-User", b""),)),
        (PROXY, (("X-Known-User", b"\xff\xfe"),)),
        (PROXY, (("Remote-User", "王_7".encode()),)),
    ],
)
def test_anyone_else_and_anything_doubtful_is_shown_the_login_page(
    city: City, come_from: str, headers: tuple[tuple[str, bytes], ...]
):
    told = _by_proxy(city, *headers, come_from=come_from)
    assert told.status == 200
    assert 'name="password"' in told.text
    assert "Set-Cookie" not in told.headers


def test_whom_the_proxy_names_without_an_account_is_told_so(city: City):
    for name in (b"somebody", b"someone", b"proxied", "王_7, 王_7".encode()):
        told = _by_proxy(city, ("X-Known-User", name))
        assert told.status == 200
        assert "没有与之对应的账号" in told.text
        assert "Set-Cookie" not in told.headers


def test_a_session_of_the_proxy_lives_by_the_proxys_word_only(city: City):
    cookie = _by_proxy(city, *KNOWN).cookie
    own = {"Cookie": cookie}

    def passes(*headers: tuple[str, bytes], come_from: str = PROXY) -> bool:
        told = asked(city.address, "/items", come_from=come_from, headers=own, many=headers)
        return told.status == 200

    assert passes(*KNOWN)
    assert not passes(*KNOWN, come_from=STRANGER), "a stolen cookie"
    assert not passes(), "logged out at the proxy"
    assert not passes(("X-Known-User", b"somebody")), "another person at the same browser"
    out = _by_proxy(city, *KNOWN, path="/logout", method="POST", headers=own)
    assert (out.status, out.headers["Location"]) == (303, "/logout")
    assert not passes(*KNOWN)
    left = _by_proxy(city, *KNOWN, path="/logout")
    assert "您已退出登录" in left.text
    assert "Set-Cookie" not in left.headers


def _address_of_the_last_login(city: City) -> str:
    with reading(city.engine) as connection:
        address: str = connection.execute(
            select(login_sessions.c.address).order_by(login_sessions.c.id.desc()).limit(1)
        ).scalar_one()
        return address


@pytest.mark.parametrize(
    ("come_from", "forwarded", "noted"),
    [
        (STRANGER, b"10.1.1.1", STRANGER),
        ("127.0.0.1", b"10.1.1.1", "127.0.0.1"),
        (PROXY, b"10.1.1.1", "10.1.1.1"),
        (PROXY, b"6.6.6.6, 10.1.1.1", "10.1.1.1"),
        (PROXY, b"6.6.6.6, 10.1.1.1, 127.0.1.7", "10.1.1.1"),
        (PROXY, b"10.1.1.1, <script>", PROXY),
        (PROXY, b"", PROXY),
        (PROXY, b"2001:db8::7", "2001:db8::7"),
    ],
)
def test_the_address_of_a_login_is_told_by_listed_proxies_only(
    city: City, come_from: str, forwarded: bytes, noted: str
):
    asked(
        city.address,
        "/login",
        {"login": "someone", "password": GOOD_PASSWORD},
        come_from=come_from,
        many=(("X-Forwarded-For", forwarded),),
    )
    assert _address_of_the_last_login(city) == noted
