"""What the menu of one's name says of one's logins, and when a word about failures comes up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.runtime.context import ContextProxy, StreamlitCookies
from streamlit.testing.v1 import AppTest

from dashboard.identity import LastUse, cookie_name
from dashboard.login_notice import use_words
from data_access import clock
from data_access.accounts.last_use import EarlierLogin
from data_access.accounts.sessions import Client
from data_access.accounts.sign_in import SignInRefused, sign_in
from supervision.scope import Role
from tests.app_store import store_of_the_app
from tests.looking import GOOD_PASSWORD, account

EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0"
WORD = "这次登录之前，有 2 次密码输错。如果不是您本人，请修改密码并告诉系统管理员。"


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A store of its own that the doors of this test open."""
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        yield opened


def _menu() -> None:
    from dashboard.login_notice import last_use_told
    from dashboard.viewer import signed_in

    last_use_told(signed_in())


def _enters(engine: Engine, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    token = sign_in(engine, "someone", GOOD_PASSWORD, client=Client(address, EDGE))
    monkeypatch.setattr(ContextProxy, "cookies", StreamlitCookies({cookie_name(): token}))


def _fails(engine: Engine, times: int) -> None:
    for _ in range(times):
        with suppress(SignInRefused):
            sign_in(engine, "someone", "Wrong-Password#1", client=Client("10.9.9.9", "x"))


def test_the_menu_says_when_and_from_where_the_account_was_used_before(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    account(city, Role.AUDITOR)
    _enters(city, monkeypatch, "10.1.2.3")
    _enters(city, monkeypatch, "10.4.5.6")
    page = AppTest.from_function(_menu).run(timeout=60)
    told = [caption.value.replace("\u2060", "").replace("\\", "") for caption in page.caption]
    assert told[0].startswith("本次登录　")
    assert told[1].startswith("上次登录　")
    assert told[2:] == ["上次来自　Edge · Windows，10.1.2.3"]
    assert not page.toast


def test_wrong_passwords_are_told_once_after_the_login_and_stay_in_the_menu(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    account(city, Role.AUDITOR)
    _fails(city, 2)
    _enters(city, monkeypatch, "10.1.2.3")
    page = AppTest.from_function(_menu).run(timeout=60)
    assert [toast.value for toast in page.toast] == [WORD]
    page.run()
    assert not page.toast
    assert page.caption[-1].value == "此前密码输错　2 次"


def test_a_tab_opened_long_after_the_login_brings_no_news(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    account(city, Role.AUDITOR)
    _fails(city, 2)
    _enters(city, monkeypatch, "10.1.2.3")
    later = clock.instant() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "instant", lambda: later)
    page = AppTest.from_function(_menu).run(timeout=60)
    assert not page.toast
    assert page.caption[-1].value == "此前密码输错　2 次"


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2025-03-04 09:12:40", "2025年3月4日 09:12"),
        ("2025-03-04 17:40:00", "2025年3月4日 09:12 至 17:40"),
        ("2025-03-05 00:20:00", "2025年3月4日 09:12 至 2025年3月5日 00:20"),
    ],
)
def test_an_earlier_login_is_told_from_its_beginning_to_its_last_use(until: str, told: str):
    began, seen = (datetime.fromisoformat(at) for at in ("2025-03-04 09:12:00", until))
    earlier = EarlierLogin(began, seen, Client("10.0.0.1", EDGE))
    assert use_words(LastUse(earlier, 3)) == {
        "上次登录": told,
        "上次来自": "Edge · Windows，10.0.0.1",
        "其间密码输错": "3 次",
    }
