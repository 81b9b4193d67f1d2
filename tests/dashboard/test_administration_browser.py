"""The administration pages in a real browser: one click opens, tabs stay, others stay out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import Troubles, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(browser: Browser, served_app: str, troubles: Troubles) -> Iterator[Page]:
    """A system administrator's tab; the test fails on any trouble."""
    context = browser.new_context(
        base_url=served_app, locale="zh-CN", viewport={"width": 1366, "height": 768}
    )
    sign_in(context, "sysadmin")
    tab = context.new_page()
    troubles.watch(tab)
    yield tab
    context.close()
    assert troubles.told == []


def settled(page: Page) -> None:
    page.wait_for_timeout(300)
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")
    page.wait_for_timeout(300)


def click_row(page: Page, place: int) -> None:
    """The first cell of a row of the table in sight, rows counted from 0."""
    box = page.locator('[data-testid="stDataFrame"]:visible').first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 36 * (place + 1.5))
    settled(page)


def test_an_administrator_begins_with_the_accounts_and_opens_one_by_a_click(desk: Page):
    desk.goto("/")
    expect(desk.get_by_role("heading", name="账号管理")).to_be_visible()
    settled(desk)
    click_row(desk, 0)
    expect(desk.get_by_text("修改姓名、角色和可见范围")).to_be_visible()
    desk.get_by_role("button", name="回到账号列表").click()
    expect(desk.get_by_text("点一行查看和办理")).to_be_visible()


def test_a_tab_opens_at_the_first_click_and_is_open_again_on_the_way_back(desk: Page):
    desk.goto("/registers")
    settled(desk)
    desk.get_by_role("tab", name="面对面场次").click()
    expect(desk.get_by_role("button", name="登记场次")).to_be_visible()
    settled(desk)
    click_row(desk, 0)
    expect(desk.get_by_role("heading", name="更正场次")).to_be_visible()
    desk.get_by_role("button", name="回到场次").click()
    expect(desk.get_by_role("button", name="登记场次")).to_be_visible()
    desk.get_by_role("tab", name="字典").click()
    expect(desk.get_by_text("来自导入的台账")).to_be_visible()


def test_the_template_for_accounts_is_downloaded(desk: Page):
    desk.goto("/")
    settled(desk)
    desk.get_by_role("tab", name="批量导入").click()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="下载模板").click()
    assert download.value.suggested_filename == "账号导入模板.xlsx"


def test_a_reset_password_is_shown_until_it_is_taken_down(desk: Page):
    desk.goto("/")
    settled(desk)
    # An account that no other test on the same server logs in with.
    desk.get_by_role("textbox", name="查找").fill("callback")
    desk.keyboard.press("Enter")
    settled(desk)
    click_row(desk, 0)
    desk.get_by_role("button", name="重置密码").click()
    desk.get_by_role("button", name="确认重置").click()
    expect(desk.locator('[data-testid="stCode"]')).to_be_visible()
    settled(desk)
    desk.get_by_role("button", name="我已记下").click()
    expect(desk.locator('[data-testid="stCode"]')).to_have_count(0)


@pytest.mark.parametrize("address", ["accounts", "departments", "registers"])
def test_a_supervisor_is_not_let_into_administration(page: Page, address: str, troubles: Troubles):
    page.goto(f"/{address}")
    settled(page)
    expect(page.get_by_text("页面不存在")).to_be_visible()
    expect(page.get_by_role("link", name="账号管理")).to_have_count(0)
    troubles.told.clear()
