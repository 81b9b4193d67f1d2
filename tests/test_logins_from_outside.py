"""In a real browser: in by the city's provider, in by a proxy's word, and out of both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.identity import cookie_name
from data_access.accounts.known import LOCAL
from data_access.accounts.upkeep import AccountWanted, create_account
from data_access.database import open_engine
from supervision.scope import Role, Scope
from tests.openid_provider import CLIENT_ID, CLIENT_SECRET, Provider, openid_provider
from tests.serving import served
from tests.vouching_proxy import COMES_FROM, HEADER, VouchingProxy, vouching_proxy

pytestmark = pytest.mark.browser


class City(NamedTuple):
    """The server itself, the provider it asks, and a proxy before it."""

    address: str
    provider: Provider
    proxy: VouchingProxy


@pytest.fixture(scope="module")
def city_from_outside(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    """`duban serve` with one account, which provider and proxy know as uid-7."""
    folder = tmp_path_factory.mktemp("outside")
    shutil.copyfile(sqlite_template, folder / "city.sqlite3")
    store = f"sqlite:///{folder / 'city.sqlite3'}"
    engine = open_engine(store)
    wanted = AccountWanted("someone", "某人", frozenset({Role.LEADER}), Scope.whole_city(), "uid-7")
    create_account(engine, wanted, viewer=LOCAL)
    engine.dispose()
    with (
        openid_provider() as provider,
        served(
            folder,
            "--no-sample",
            DUBAN_DATABASE_URL=store,
            DUBAN_OIDC_ISSUER=provider.address,
            DUBAN_OIDC_CLIENT_ID=CLIENT_ID,
            DUBAN_OIDC_CLIENT_SECRET=CLIENT_SECRET,
            DUBAN_PROXY_ADDRESSES=COMES_FROM,
            DUBAN_PROXY_USER_HEADER=HEADER,
        ) as address,
        vouching_proxy(("127.0.0.1", int(urlsplit(address).port or 0)), "uid-7") as proxy,
    ):
        yield City(address, provider, proxy)


@pytest.fixture
def city(city_from_outside: City) -> City:
    """The same city, provider and proxy speaking of that account again."""
    city_from_outside.provider.subject = city_from_outside.proxy.names = "uid-7"
    return city_from_outside


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab in which nobody is logged in."""
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def _stands(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=30_000)
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")


def _leave(page: Page) -> None:
    page.get_by_test_id("stPopoverButton").filter(has_text="某人").click()
    expect(page.get_by_text("修改密码")).to_have_count(0)
    page.get_by_role("link", name="退出登录").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_text("您已退出登录。")).to_be_visible()


def test_in_by_the_provider_and_out(city: City, page: Page):
    page.goto(f"{city.address}/items")
    page.get_by_role("link", name="用统一身份登录").click()
    _stands(page, "事项清单")
    page.reload()
    _stands(page, "事项清单")
    [token] = [c for c in page.context.cookies() if c["name"] == cookie_name()]
    _leave(page)
    page.context.add_cookies([token])
    page.goto(f"{city.address}/items")
    expect(page.get_by_role("link", name="用统一身份登录")).to_be_visible()
    city.provider.subject = "uid-8"
    page.get_by_role("link", name="用统一身份登录").click()
    expect(page.get_by_role("alert")).to_contain_text("没有与之对应的账号")


def test_in_by_the_proxys_word_and_out(city: City, page: Page):
    page.goto(f"{city.proxy.address}/items")
    _stands(page, "事项清单")
    [token] = [c for c in page.context.cookies() if c["name"] == cookie_name()]
    page.goto(f"{city.address}/items")
    expect(page.get_by_label("密码")).to_be_visible()
    page.set_extra_http_headers({HEADER: "uid-7"})
    page.goto(f"{city.address}/items")
    expect(page.get_by_label("密码")).to_be_visible()
    page.set_extra_http_headers({})
    page.goto(f"{city.proxy.address}/items")
    _stands(page, "事项清单")
    _leave(page)
    page.context.add_cookies([token])
    city.proxy.names = None
    page.goto(f"{city.proxy.address}/items")
    expect(page.get_by_label("密码")).to_be_visible()
    city.proxy.names = "uid-8"
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("没有与之对应的账号")
    city.proxy.names = "uid-7"
    page.reload()
    _stands(page, "事项清单")
