"""Who is looking is asked at every run; what a page kept belongs to one login."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine, update
from streamlit.runtime.context import ContextProxy, StreamlitCookies
from streamlit.testing.v1 import AppTest

from dashboard.engine import engine as opened
from dashboard.identity import cookie_name
from dashboard.settings import settings
from data_access import clock
from data_access.accounts.known import LOCAL
from data_access.accounts.sessions import open_session
from data_access.accounts.upkeep import set_active
from data_access.database import open_engine, recording, writing_aside
from data_access.schema.accounts import accounts, login_sessions
from supervision.scope import Role
from tests.looking import HERE, account, looks

OVER = "登录已失效（久未操作、已退出或权限有变动），请重新登录。"


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """A prepared store that the pages of this test open."""
    shutil.copyfile(sqlite_template, tmp_path / "store.sqlite3")
    monkeypatch.setenv("DUBAN_DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite3'}")
    _forget()
    engine = open_engine(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    yield engine
    engine.dispose()
    _forget()


def _forget() -> None:
    settings.cache_clear()
    st.cache_data.clear()
    opened.cache_clear()


def _page() -> None:
    import streamlit as st

    from dashboard.viewer import viewer_with
    from supervision.rights import Right

    who = viewer_with(Right.IMPORT_LEDGER)
    st.text(f"{who.account}看见{st.session_state.setdefault('ledger', who.account)}的台账")


def _told(page: AppTest) -> list[str]:
    assert not page.exception
    return [text.value for text in page.text] + [warning.value for warning in page.warning]


def test_what_was_kept_for_one_login_is_not_shown_to_the_next(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    page = AppTest.from_function(_page).run()
    assert _told(page) == ["someone看见someone的台账"]
    other = account(city, Role.SUPERVISOR, login="other")
    with recording(city) as change:
        token = open_session(change.connection, other, way="password", client=HERE)
    monkeypatch.setattr(ContextProxy, "cookies", StreamlitCookies({cookie_name(): token}))
    assert _told(page.run()) == ["other看见other的台账"]


def test_without_the_right_a_page_stops_with_a_sentence(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.AUDITOR)
    told = _told(AppTest.from_function(_page).run())
    assert told == ["您的角色不能导入台账，可以办理的角色：督查督办员、县(区)专班。"]


@pytest.mark.parametrize("how", ["switched off", "too long", "password to change", "no cookie"])
def test_a_login_that_is_over_stops_the_page_at_its_next_run(
    city: Engine, monkeypatch: pytest.MonkeyPatch, how: str
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    page = AppTest.from_function(_page).run()
    assert len(_told(page)) == 1
    if how == "switched off":
        set_active(city, 1, active=False, row_version=1, viewer=LOCAL)
    elif how == "no cookie":
        monkeypatch.setattr(ContextProxy, "cookies", StreamlitCookies({}))
    else:
        with writing_aside(city) as connection:
            long_ago = clock.instant() - timedelta(minutes=31)
            connection.execute(
                update(login_sessions).values(seen_at=long_ago)
                if how == "too long"
                else update(accounts).values(must_change=True)
            )
    assert _told(page.run()) == [OVER]
