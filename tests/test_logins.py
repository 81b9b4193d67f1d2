"""Logins in a real browser: in, reload, out; a first password; what an open page may still do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine, func, select, update

from dashboard.identity import cookie_name
from data_access import clock
from data_access.accounts.known import LOCAL, account_named
from data_access.accounts.sessions import token_hash
from data_access.accounts.upkeep import AccountWanted, change_account, create_account
from data_access.database import open_engine, reading, writing_aside
from data_access.schema.accounts import login_sessions
from data_access.schema.items import items, reassignment_flags
from supervision.scope import Role, Scope
from supervision.vocabulary import ItemState
from tests.looking import GOOD_PASSWORD

pytestmark = pytest.mark.browser
OVER = "登录已失效"


@pytest.fixture
def store(served_app: str, sample_store: str) -> Iterator[Engine]:
    """The store behind the served app."""
    assert served_app
    engine = open_engine(sample_store)
    yield engine
    engine.dispose()


@pytest.fixture
def visitor(browser: Browser, served_app: str) -> Iterator[BrowserContext]:
    """A browser in which nobody is logged in."""
    context = browser.new_context(
        base_url=served_app, locale="zh-CN", viewport={"width": 1366, "height": 768}
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


def _supervisor(engine: Engine, login: str, password: str | None = GOOD_PASSWORD) -> str:
    """An account of its own for a test; the password of its first login."""
    wanted = _wanted(login, Role.SUPERVISOR)
    return create_account(engine, wanted, viewer=LOCAL, password=password)


def _wanted(login: str, role: Role) -> AccountWanted:
    return AccountWanted(login, "某人", frozenset({role}), Scope.whole_city())


def _type_in(page: Page, login: str, password: str) -> None:
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def _settled(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=30_000)
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")


def _token(context: BrowserContext) -> str:
    [token] = [c["value"] for c in context.cookies() if c["name"] == cookie_name()]
    return token


def test_in_by_password_stays_at_a_reload_and_out_is_out_for_good(
    visitor: BrowserContext, store: Engine
):
    _supervisor(store, "walker")
    page = visitor.new_page()
    page.goto("/items?figure=open")
    expect(page.get_by_label("账号")).to_be_focused()
    _type_in(page, "walker", "Wrong-Password#1")
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不正确")
    expect(page.get_by_label("账号")).to_have_value("walker")
    _type_in(page, "walker", GOOD_PASSWORD)
    page.wait_for_url("**/items?figure=open")
    _settled(page, "事项清单")
    page.reload()
    _settled(page, "事项清单")
    assert page.evaluate("document.cookie").find(cookie_name()) == -1
    other, token = visitor.new_page(), _token(visitor)
    other.goto("/items")
    _settled(other, "事项清单")

    page.goto("/logout")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login")
    page.go_back()
    page.go_back()
    expect(page.get_by_label("密码")).to_be_visible()
    assert page.get_by_text("事项清单").count() == 0
    visitor.add_cookies([{"name": cookie_name(), "value": token, "url": page.url}])
    page.goto("/items")
    expect(page.get_by_label("密码")).to_be_visible()
    other.get_by_role("button", name="下一页").click()
    expect(other.get_by_text(OVER)).to_be_visible()
    expect(other.get_by_test_id("stDataFrame")).to_have_count(0)


def test_a_first_password_is_changed_before_anything_is_seen(
    visitor: BrowserContext, store: Engine
):
    first = _supervisor(store, "newcomer", password=None)
    page = visitor.new_page()
    page.goto("/items")
    _type_in(page, "newcomer", first)
    page.wait_for_url("**/password")
    page.goto("/overview")
    expect(page.get_by_text("请先设定自己的密码")).to_be_visible()
    page.get_by_label("一次性密码").fill(first)
    for name in ("新密码", "再输一次新密码"):
        page.get_by_label(name, exact=True).fill("Dongjiang-River#88")
    page.get_by_role("button", name="确定").click()
    _settled(page, "总览")


def test_a_page_left_open_says_so_after_too_long(visitor: BrowserContext, store: Engine):
    _supervisor(store, "sleeper")
    page, untouched = visitor.new_page(), visitor.new_page()
    page.goto("/login?next=/items")
    _type_in(page, "sleeper", GOOD_PASSWORD)
    _settled(page, "事项清单")
    untouched.clock.install()
    untouched.goto("/items")
    _settled(untouched, "事项清单")
    long_ago = clock.instant() - timedelta(minutes=31)
    with writing_aside(store) as connection:
        connection.execute(
            update(login_sessions)
            .where(login_sessions.c.token_hash == token_hash(_token(visitor)))
            .values(seen_at=long_ago)
        )
    page.get_by_role("button", name="下一页").click()
    expect(page.get_by_text(OVER)).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("密码")).to_be_visible()
    untouched.clock.fast_forward(30 * 60_000)
    expect(untouched.get_by_role("heading", level=1)).to_have_text("事项清单")
    untouched.clock.fast_forward(2 * 60_000)
    expect(untouched.get_by_label("密码")).to_be_visible()


def test_after_changed_rights_an_open_page_and_dialog_do_nothing_and_say_so(
    visitor: BrowserContext, store: Engine
):
    _supervisor(store, "demoted")
    with reading(store) as connection:
        item = connection.execute(
            select(items.c.id).where(items.c.state == ItemState.IN_ROUND).limit(1)
        ).scalar_one()
        made = account_named(connection, "demoted")
    assert made is not None
    page, listed = visitor.new_page(), visitor.new_page()
    page.goto(f"/login?next=/item%3Fid%3D{item}")
    _type_in(page, "demoted", GOOD_PASSWORD)
    _settled(page, "事项详情")
    page.get_by_role("button", name=re.compile("^(更多|办理)")).click()
    page.get_by_role("button", name="拟重新交办").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("说明").fill("回访称只修了一半")
    listed.goto("/items")
    _settled(listed, "事项清单")

    change_account(store, made.id, _wanted("demoted", Role.LEADER), row_version=1, viewer=LOCAL)
    dialog.get_by_role("button", name="确认标记").click()
    expect(page.get_by_text(OVER).first).to_be_visible()
    came: list[str] = []
    listed.on("download", lambda file: came.append(file.url))
    listed.get_by_role("button", name="导出 Excel").click()
    expect(listed.get_by_text("登录已失效，请重新登录后再下载。")).to_be_visible()
    assert came == []
    listed.get_by_role("button", name="下一页").click()
    expect(listed.get_by_text(OVER)).to_be_visible()
    with reading(store) as connection:
        flags = connection.execute(
            select(func.count())
            .select_from(reassignment_flags)
            .where(reassignment_flags.c.flagged_by == "demoted")
        ).scalar_one()
    assert flags == 0

    page.goto("/login?next=/items")
    _type_in(page, "demoted", GOOD_PASSWORD)
    _settled(page, "事项清单")
    assert page.get_by_role("button", name="拟重新交办").count() == 0
    assert page.get_by_text("台账导入").count() == 0


def test_a_locked_account_is_told_no_more_than_anyone(visitor: BrowserContext, store: Engine):
    _supervisor(store, "locked")
    page, told = visitor.new_page(), set()
    for password in ["Wrong-Password#1"] * 5 + [GOOD_PASSWORD]:
        page.goto("/login")
        _type_in(page, "locked", password)
        told.add(page.get_by_role("alert").inner_text())
    assert len(told) == 1
    assert "锁定 15 分钟" in told.pop()
